"""Invariants over all rules, and one case at least for each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from harness.attribution.rule import Rule
from harness.attribution.table import TABLE
from harness.domain.facts.device import LogEntry
from harness.domain.facts.traffic import Envelope
from harness.domain.verdict import Verdict
from harness.domain.vocabulary import Outcome, Party
from tests.attribution.build import TIKTOK, exchange, judged, no_client_tls, verdict_of
from tests.attribution.log_in_facts import API, FEED, login, login_failed
from tests.attribution.proxy_texts import LEFT, TRUST
from tests.attribution.recorded_rows import ROWS
from tests.attribution.rules.between_cases import BETWEEN_CASES
from tests.attribution.rules.capture_cases import CAPTURE_CASES
from tests.attribution.rules.rule_case import RuleCase
from tests.attribution.rules.scenario_cases import SCENARIO_CASES
from tests.attribution.test_opaque import tunnel
from tests.attribution.truths import TRUTHS

CASES: list[RuleCase] = [*SCENARIO_CASES, *CAPTURE_CASES, *BETWEEN_CASES]


@pytest.mark.parametrize(
    ("rule", "party", "verdict"), CASES, ids=[f"{row[0]}-{row[1]}" for row in CASES]
)
def test_a_rule_fires_and_names_whom_it_should(
    rule: str, party: str, verdict: Callable[[], Verdict]
) -> None:
    made = verdict()
    assert (made.rule, made.party.value) == (rule, party), (made.candidates, made.summary)
    assert abs(sum(entry.weight for entry in made.candidates) - 1.0) < 1e-9
    assert "{" not in made.summary


def test_every_rule_is_fired_by_a_case() -> None:
    fired = {rule for rule, _, _ in CASES}
    fired |= {verdict_of(*row.facts).rule for row in ROWS}
    fired |= {judged(*facts, **script).rule for _, facts, script, _, _ in TRUTHS}
    fired |= {judged(tunnel()).rule}
    fired |= {judged(login(), (3.0, drift()), result="passed").rule}
    fired |= {judged(login(), (3.0, losses()), result="passed").rule}
    assert {rule.id for rule in TABLE} - fired == set()


def drift() -> Any:
    from harness.domain.facts.screen import LocatorMatch

    return LocatorMatch("login", "button", "text: Log in", ("id: abc",))


def losses(told: str = "The app was deleted; lost: 4 drafts.") -> Any:
    from harness.domain.facts.removal import LossesFound

    return LossesFound("uninstall_install", "done", {"draft": 4}, told=told, advice=("Keep it.",))


def test_an_experiment_tells_what_it_cost_and_advises_from_it() -> None:
    made = judged(login(), (3.0, losses()), result="passed")
    assert (made.rule, made.outcome, made.party) == ("experiment_completed", "passed", "none")
    assert made.summary == "The app was deleted; lost: 4 drafts."
    assert made.advice == ("Keep it.",)
    assert judged(login(), (3.0, losses("")), result="passed").summary.startswith("The experiment")
    assert judged(login(), (3.0, losses()), result="broken").rule != "experiment_completed"


def test_ids_are_unique_and_plain() -> None:
    ids = [rule.id for rule in TABLE]
    assert len(ids) == len(set(ids))
    assert all(rule_id.replace("_", "").isalnum() and rule_id.islower() for rule_id in ids)


@pytest.mark.parametrize("rule", TABLE, ids=[rule.id for rule in TABLE])
def test_a_rule_gives_its_reason_and_what_would_overturn_it(rule: Rule) -> None:
    assert len(rule.because) > 20
    assert len(rule.overturned_by) > 20
    assert rule.summary.endswith(".") or rule.summary.endswith("}")
    blames = rule.party in {Party.SERVER, Party.CLIENT, Party.NETWORK, Party.DEVICE, Party.ACCOUNT}
    assert not blames or rule.outcome in {Outcome.FAILED, Outcome.BLOCKED}
    assert rule.party is not Party.HARNESS or rule.outcome is Outcome.INCONCLUSIVE


def test_the_last_rule_always_applies_and_blames_nobody() -> None:
    last = TABLE[-1]
    assert (last.id, last.party) == ("unexplained", Party.UNKNOWN)
    assert judged(needs=()).rule == last.id


def test_our_own_machinery_stands_before_the_product() -> None:
    order = [rule.id for rule in TABLE]
    assert order.index("harness_proxy_died") < order.index("http_server_error")
    assert order.index("device_airplane_mode") < order.index("network_nothing_passes")
    assert order.index("network_nothing_passes") < order.index("tcp_refused")
    assert order.index("tcp_refused") < order.index("http_server_error")


def test_no_rule_knows_the_app_or_the_simulator() -> None:
    from pathlib import Path

    import harness.attribution

    folder = Path(harness.attribution.__file__).parent
    text = "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.py")).lower()
    code = "\n".join(line for line in text.splitlines() if '"""' not in line)
    for word in ("musically", "tiktokv", "aweme", "passport/", "hypercorn", "simphone", "simulat"):
        assert word not in code, word


def test_an_entry_of_the_log_is_a_witness_for_a_refusal() -> None:
    log = (3.0, LogEntry("x", "W", "SSLPeerUnverifiedException", "tls_refused"))
    with_log = judged(no_client_tls(TRUST, 2.0, host=API), FEED, log)
    without = judged(no_client_tls(TRUST, 2.0, host=API), FEED)
    assert with_log.confidence > without.confidence


def test_a_code_of_the_profile_may_blame_the_service() -> None:
    from tests.attribution.build import PLAIN

    answer = exchange(
        2.0,
        host="accounts.plainnotes.example",
        path="/v2/sign-in",
        method="POST",
        envelope=Envelope("problem", 51),
    )
    assert judged(answer, profile=PLAIN).party is Party.SERVER
    assert TIKTOK.name != PLAIN.name


def test_a_late_failure_of_a_hang_is_told_with_its_wait() -> None:
    verdict = judged(login_failed(LEFT, wait=10.0, client_open=False), FEED)
    assert "10.0 s" in verdict.evidence[0].statement


def test_a_canary_that_arrived_leaves_the_question_open() -> None:
    from harness.domain.facts.capture import CaptureVisibility

    verdict = judged(CaptureVisibility("decrypted", "system"), needs=())
    assert verdict.rule == "unexplained"
