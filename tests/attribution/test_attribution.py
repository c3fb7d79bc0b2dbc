"""Whole verdicts on scenarios: the table of truths, and what goes with a verdict."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.facts.device import AppCrash, DeviceConditions
from harness.domain.facts.screen import LocatorMatch
from harness.domain.facts.storage import ContentLook, StoredValue
from harness.domain.facts.traffic import Envelope
from harness.domain.vocabulary import Layer, Level, Outcome, Party, Visibility
from tests.attribution.build import PLAIN, exchange, judged, no_connect
from tests.attribution.log_in_facts import API, APP, CANARY, FEED, HERE, REFUSED, login, screen
from tests.attribution.truths import TRUTHS


@pytest.mark.parametrize(
    ("facts", "script", "outcome", "party"),
    [truth[1:] for truth in TRUTHS],
    ids=[truth[0] for truth in TRUTHS],
)
def test_the_verdict_says_what_truly_happened(
    facts: tuple[Any, ...], script: dict[str, Any], outcome: str, party: str
) -> None:
    verdict = judged(*facts, **script)
    said = (verdict.rule, verdict.candidates, verdict.summary)
    assert (verdict.outcome.value, verdict.party.value) == (outcome, party), said
    assert verdict.confidence >= 0.7 or verdict.next_control is not None or party == "none"
    assert verdict.summary
    assert "{" not in verdict.summary


def test_an_outage_of_the_log_in_is_told_surely_and_in_plain_words() -> None:
    verdict = judged(login(status=500), login(3.0, status=503), FEED, HERE, CANARY)
    assert verdict.confidence >= 0.9
    assert verdict.summary == (
        "TikTok's log-in service is failing; your phone, app and account show no fault."
    )
    assert any("Do not delete the app" in sentence for sentence in verdict.advice)
    assert verdict.visibility is Visibility.OPEN
    assert verdict.next_control is None


def test_slowness_and_drift_are_notes_of_a_passed_try() -> None:
    drift = (3.0, LocatorMatch("login", "button", "text: Log in", ("id: abc",)))
    verdict = judged(login(head=6.0, ended=6.0), drift, result="passed")
    assert (verdict.outcome, verdict.party) == (Outcome.PASSED, Party.NONE)
    assert verdict.rule == "passed_with_locator_drift"
    assert any("drift" in note for note in verdict.notes)
    assert any("Slow" in note for note in verdict.notes)


def test_a_retry_that_worked_and_background_trouble_are_notes_only() -> None:
    telemetry = exchange(2.5, host="mon.tiktokv.com", status=500)
    verdict = judged(login(status=503), login(3.0), telemetry, result="passed")
    assert verdict.outcome is Outcome.PASSED
    assert any("tried again" in note for note in verdict.notes)
    assert any("background" in note for note in verdict.notes)


def test_a_failed_call_that_a_retry_mended_blames_nobody() -> None:
    verdict = judged(login(status=503), login(3.0), FEED)
    assert verdict.party is Party.UNKNOWN


def test_what_fails_after_the_step_is_late_and_does_not_count() -> None:
    verdict = judged(FEED, login(22.0, status=503), step_end=20.0, needs=())
    assert verdict.party is Party.UNKNOWN


def test_a_5xx_from_another_step_explains_a_step_without_needs() -> None:
    verdict = judged(login(status=503), FEED, needs=())
    assert verdict.party is Party.SERVER


def test_the_same_rules_serve_an_app_described_by_other_data() -> None:
    wrong = exchange(
        2.0,
        host="accounts.plainnotes.example",
        path="/v2/sign-in",
        method="POST",
        envelope=Envelope("problem", 41),
    )
    verdict = judged(wrong, profile=PLAIN)
    assert (verdict.outcome, verdict.party) == (Outcome.FAILED, Party.ACCOUNT)
    broken = judged(
        exchange(2.0, host="api-eu1.plainnotes.example", path="/v2/notes", status=500),
        exchange(1.0, host="accounts.plainnotes.example", path="/v2/sign-in", method="POST"),
        profile=PLAIN,
        needs=("notes",),
    )
    assert broken.summary.startswith("Plain Notes' note service is failing")


def test_evidence_above_broken_ground_is_discarded() -> None:
    verdict = judged(no_connect(REFUSED, 2.0, host=API), FEED, screen(5.0, "no_internet"))
    levels = {(row.layer.value, row.level.value) for row in verdict.evidence}
    assert ("tcp", "counted") in levels
    assert ("ui", "discarded") in levels
    assert ("application", "none") in levels


def test_conflicting_evidence_is_kept() -> None:
    verdict = judged(login(status=503), FEED, HERE, screen(5.0, "wrong_password"))
    assert verdict.party is Party.SERVER
    crash = judged(
        (1.0, DeviceConditions(airplane=True)),
        (4.0, AppCrash(APP, "NPE")),
    )
    assert crash.party is Party.DEVICE
    assert any("client" in row.statement for row in crash.conflicts)


def test_another_apps_crash_is_not_ours() -> None:
    verdict = judged((4.0, AppCrash("com.other.app", "NPE")), login(status=503), FEED)
    assert verdict.party is Party.SERVER


def test_a_second_phone_that_works_speaks_against_the_service() -> None:
    from harness.domain.facts.control import ControlMade

    other = ControlMade("second_phone", "ok", "It works on phone 2.")
    with_it = judged(login(status=503), other)
    without = judged(login(status=503))
    assert with_it.confidence < without.confidence
    worse = judged(login(status=503), ControlMade("second_phone", "failed", "Fails there too."))
    assert worse.confidence > without.confidence


def test_what_happened_before_the_try_is_not_held_against_it() -> None:
    verdict = judged(FEED, CANARY, result="passed")
    assert verdict.outcome is Outcome.PASSED
    assert verdict.id == "phone-1-log-in-1"
    assert verdict.started is not None
    assert verdict.started.endswith("Z")


def test_what_the_phone_hides_is_said_as_evidence() -> None:
    verdict = judged(
        (0.3, StoredValue("follower_count", None, "app_file", "closed")),
        (0.4, StoredValue("account", "<a>", "app_file")),
        (0.5, StoredValue("total", 9, "told")),
        (0.6, ContentLook("draft", unseen="closed")),
        result="passed",
    )
    said = {row.statement: row.level for row in verdict.evidence if row.layer is Layer.STORAGE}
    assert said == {
        "What the phone has stored of follower_count is not visible: closed.": Level.NONE,
        "The account's owner told us of about 9 for total.": Level.COUNTED,
        "Content draft: nothing was seen. Not visible: closed.": Level.NONE,
    }


def test_what_our_proxy_hides_of_the_phone_is_said() -> None:
    broken = (1.0, DeviceConditions(validated=False, private_dns="hostname"))
    usual = (1.0, DeviceConditions(validated=False, private_dns="opportunistic"))
    told = judged(login(), broken, result="passed")
    assert told.outcome is Outcome.PASSED
    assert [note for note in told.notes if "through the private DNS" in note]
    (plain,) = judged(login(), usual, result="passed").notes
    assert plain.startswith("Android finds no internet; our proxy")
    assert not judged(login(), (1.0, DeviceConditions(validated=True)), result="passed").notes
