"""What a capture needs to know, and the command line that follows from it."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass, field
from pathlib import Path

from harness.adapters.proxy.wireguard import WireguardListener
from harness.domain.resolve import ResolveMap
from harness.ports import InstrumentError

ADDON = Path(__file__).resolve().parents[2] / "recorder" / "addon.py"
SECRETS_VARIABLE = "HARNESS_SECRETS"
_SHAPING = (
    # eager mirrors the origin's HTTP version to the app and shows a dead origin at CONNECT,
    # as the app would meet it; its stall is worked around by the recorder (stall.py).
    "connection_strategy=eager",
    # A sloppy origin that works without us must work through us; the recorder checks itself.
    "validate_inbound_headers=false",
    # Sizes of what passes undecrypted (the recorder keeps no byte of it).
    "show_ignored_hosts=true",
    # mitm.it must stay what it is for the app.
    "onboarding=false",
    "termlog_verbosity=warn",
)


@dataclass(frozen=True, slots=True)
class ProxyPlan:
    """One phone's capture. Paths are made absolute by whoever starts it."""

    observations: Path
    """File to append to: <out>/observations.jsonl of a bare capture, else a part file."""
    mitm: Path | None = None
    """File for redacted flows; may be changed while running."""
    device: str | None = None
    port: int = 0
    """Port on 127.0.0.1; 0 = a free one, which is then kept over restarts."""
    profile: str | None = None
    resolve: ResolveMap = field(default_factory=ResolveMap)
    upstream_ca: Path | None = None
    """PEM of authorities that origins may use besides the public ones."""
    run_key: bytes = b""
    """Key of this run's pseudonyms; empty = one is drawn."""
    known_secrets: tuple[str, ...] = ()
    """Secret values of this run (password, user name): taken out of all that is written."""
    foreign_hosts: str = "record"
    """record or pass: hosts that match no role of the profile pass untouched, unrecorded."""
    wireguard: WireguardListener | None = None
    """The phone comes by a tunnel; `port` is then one of UDP."""
    auto_pass_after: int = 0
    """Refused certificates of a host after which it is passed through; 0 = never."""
    host: str = platform.node() or "localhost"


@dataclass(frozen=True, slots=True)
class PrivateFiles:
    """Files of a running proxy that nobody else may read."""

    folder: Path  # confdir with the authority, mode 0700
    run_key: Path
    ready: Path
    control: Path
    log: Path
    losses: Path
    wireguard: Path | None = None  # keys of both sides
    upstream: Path | None = None  # bundle of public and further authorities


def mitmdump_binary() -> Path:
    """mitmdump of this interpreter's environment. Raises InstrumentError("tools", …)."""
    found = Path(sys.executable).parent / "mitmdump"
    if not found.exists():
        raise InstrumentError(
            "tools", "find mitmdump", f"{found} is not there", advice="Run: make setup"
        )
    return found


def command(plan: ProxyPlan, files: PrivateFiles, port: int) -> list[str]:
    """The argument list; no secret is in it."""
    options = [
        *_SHAPING,
        f"confdir={files.folder}",
        f"harness_observations={plan.observations.absolute()}",
        f"harness_host={plan.host}",
        f"harness_run_key_file={files.run_key}",
        f"harness_ready_file={files.ready}",
        f"harness_control_file={files.control}",
        f"harness_losses_file={files.losses}",
        f"harness_foreign_hosts={plan.foreign_hosts}",
        f"harness_auto_pass_after={plan.auto_pass_after}",
        "harness_watch_stdin=true",
        *(f"harness_resolve={rule}" for rule in plan.resolve.rules),
    ]
    if plan.mitm is not None:
        options.append(f"harness_mitm={plan.mitm.absolute()}")
    if plan.device is not None:
        options.append(f"harness_device={plan.device}")
    if plan.profile is not None:
        options.append(f"harness_profile={plan.profile}")
    if files.upstream is not None:
        options.append(f"ssl_verify_upstream_trusted_ca={files.upstream}")
    listen = ["--listen-host", "127.0.0.1", "--listen-port", str(port)]
    if plan.wireguard is not None:
        listen = ["--mode", f"wireguard:{files.wireguard}@{plan.wireguard.listen}:{port}"]
    settings = [part for option in options for part in ("--set", option)]
    return [str(mitmdump_binary()), "-q", "-s", str(ADDON), *listen, *settings]


def environment(plan: ProxyPlan) -> dict[str, str]:
    """Ours, so that the recorder finds the harness; secrets travel here, not on a disk."""
    root = str(ADDON.parents[2])
    path = os.environ.get("PYTHONPATH")
    return os.environ | {
        "PYTHONPATH": f"{root}{os.pathsep}{path}" if path else root,
        "PYTHONUNBUFFERED": "1",
        SECRETS_VARIABLE: "\n".join(plan.known_secrets),
    }
