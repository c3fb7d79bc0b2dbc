"""The command line of mitmdump."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.proxy import plan as proxy_plan
from harness.adapters.proxy.plan import ADDON, PrivateFiles, ProxyPlan, command, environment
from harness.adapters.proxy.wireguard import WireguardListener
from harness.domain.resolve import ResolveMap, parse_resolve
from harness.ports import InstrumentError

FILES = PrivateFiles(
    folder=Path("/private"),
    run_key=Path("/private/run.key"),
    ready=Path("/private/ready.json"),
    control=Path("/private/control.json"),
    losses=Path("/private/losses"),
    log=Path("/private/log"),
    upstream=Path("/private/upstream.pem"),
)
PLAN = ProxyPlan(
    observations=Path("/out/observations.jsonl"),
    mitm=Path("/out/capture.mitm"),
    device="phone-1",
    profile="tiktok",
    resolve=ResolveMap((parse_resolve("a.test:443:127.0.0.1:9"),)),
    known_secrets=("hunter2",),
    auto_pass_after=2,
)


def options() -> dict[str, str]:
    words = command(PLAN, FILES, 15801)
    pairs = [words[index + 1] for index, word in enumerate(words) if word == "--set"]
    return dict(pair.split("=", 1) for pair in pairs)


def test_it_listens_on_loopback_only_with_our_script_and_no_page_of_its_own() -> None:
    words = command(PLAN, FILES, 15801)
    assert words[words.index("--listen-host") + 1] == "127.0.0.1"
    assert words[words.index("--listen-port") + 1] == "15801"
    assert words[words.index("-s") + 1] == str(ADDON)
    assert ADDON.exists()
    assert options()["onboarding"] == "false"


def test_options_follow_the_plan() -> None:
    seen = options()
    assert seen["connection_strategy"] == "eager"
    assert seen["validate_inbound_headers"] == "false"
    assert seen["harness_mitm"] == "/out/capture.mitm"
    assert seen["harness_device"] == "phone-1"
    assert seen["harness_profile"] == "tiktok"
    assert seen["harness_auto_pass_after"] == "2"
    assert seen["harness_resolve"] == "a.test:443:127.0.0.1:9"
    assert seen["ssl_verify_upstream_trusted_ca"] == "/private/upstream.pem"


def test_secrets_are_in_the_environment_and_not_in_the_arguments() -> None:
    assert "hunter2" not in " ".join(command(PLAN, FILES, 0))
    assert environment(PLAN)["HARNESS_SECRETS"] == "hunter2"


def test_a_missing_mitmdump_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy_plan.sys, "executable", "/nowhere/python")
    with pytest.raises(InstrumentError, match="make setup"):
        proxy_plan.mitmdump_binary()


def test_a_tunnel_takes_the_place_of_the_proxys_port() -> None:
    plan = replace(PLAN, wireguard=WireguardListener("127.0.0.1", "10.0.2.2"))
    words = command(plan, replace(FILES, wireguard=Path("/private/wg.json")), 15801)
    assert words[words.index("--mode") + 1] == "wireguard:/private/wg.json@127.0.0.1:15801"
    assert "--listen-port" not in words
