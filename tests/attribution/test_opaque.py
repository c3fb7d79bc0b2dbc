"""Traffic that cannot be read: honest about it, and never "server fine" for want of sight."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.facts.capture import CaptureGap
from harness.domain.facts.control import ControlMade
from harness.domain.facts.device import DeviceConditions
from harness.domain.facts.screen import Screen, ScreenMessage
from harness.domain.facts.traffic import Connection
from harness.domain.vocabulary import Outcome, Party, Visibility
from tests.attribution.build import connection, exchange, judged, probe, site

API = "api16-normal-c-useast1a.tiktokv.com"
FINE = (1.0, DeviceConditions(airplane=False, network=True, validated=True))


def tunnel(opened: float = 2.0, **changes: Any) -> Connection:
    base: dict[str, Any] = {
        "host": API,
        "passed_through": True,
        "client_tls_done": None,
        "server_tls_done": None,
        "server_tls_begun": None,
        "client_tls_begun": None,
        "bytes_up": 1500,
        "bytes_down": 30_000,
        "closed": opened + 2,
    }
    return connection(opened, **(base | changes))


def says(text_id: str) -> tuple[float, Screen]:
    return 15.0, Screen("app", None, messages=(ScreenMessage(text_id, text_id),))


def test_without_a_sign_nobody_is_blamed() -> None:
    verdict = judged(tunnel())
    assert (verdict.outcome, verdict.party) == (Outcome.INCONCLUSIVE, Party.UNKNOWN)
    assert verdict.visibility is Visibility.OPAQUE
    assert verdict.next_control is not None


def test_the_apps_own_words_still_count() -> None:
    assert judged(tunnel(), says("wrong_password")).party is Party.ACCOUNT
    assert judged(tunnel(), says("captcha"), result="blocked").outcome is Outcome.BLOCKED


def test_an_error_text_with_a_fine_network_leans_to_the_service_but_not_surely() -> None:
    verdict = judged(tunnel(), says("something_wrong"), FINE, probe(host=API), site("ok"))
    assert verdict.party is Party.SERVER
    assert verdict.confidence < 0.9


def test_a_connection_that_gives_nothing_back_is_a_hang() -> None:
    silent = tunnel(bytes_down=5000, closed=12.5)
    verdict = judged(silent, FINE, probe(host=API), says("no_internet"))
    assert (verdict.rule, verdict.party) == ("opaque_no_answer", Party.SERVER)


def test_a_spare_connection_is_no_hang() -> None:
    before = tunnel(opened=2.0, bytes_down=5000, closed=90.0, asked_last=3.0)
    during = tunnel(opened=2.0, bytes_down=5000, closed=90.0, asked_last=13.0)
    late: dict[str, Any] = {"step_begun": 12.0, "step_end": 60.0}
    assert judged(during, FINE, probe(host=API), **late).rule == "opaque_no_answer"
    verdict = judged(before, FINE, probe(host=API), **late)
    assert (verdict.rule, verdict.party) == ("opaque_never_asked", Party.CLIENT)
    assert verdict.confidence < 0.8


SPARE = tunnel(bytes_down=5000, closed=90.0, asked_last=3.0)
GAP = CaptureGap(4.0, 5.0, "killed")


@pytest.mark.parametrize(
    ("facts", "changes"),
    [
        ((SPARE, says("something_wrong")), {}),  # the app learned it somewhere
        ((SPARE, tunnel(3.0, closed=90.0)), {}),  # one that was not watched
        ((SPARE, tunnel(3.0, closed=90.0, asked_last=20.0)), {}),
        ((SPARE, exchange(20.0, host=API, path="/aweme/v1/feed/")), {}),
        ((SPARE, (5.0, GAP)), {}),
        ((SPARE,), {"result": "broken"}),
        ((SPARE,), {"needs": ()}),
        ((), {}),
    ],
)
def test_never_asked_needs_connections_that_were_watched(
    facts: tuple[Any, ...], changes: dict[str, Any]
) -> None:
    late: dict[str, Any] = {"step_begun": 12.0, "step_end": 60.0}
    assert judged(FINE, *facts, **(late | changes)).rule != "opaque_never_asked"


def test_a_short_answer_after_the_request_makes_a_hang_less_sure() -> None:
    late: dict[str, Any] = {"step_begun": 12.0, "step_end": 60.0}
    sure, unsure = (
        judged(
            tunnel(bytes_down=5000, closed=90.0, asked_last=13.0, down_since_asked=came),
            FINE,
            probe(host=API),
            says("no_internet"),
            **late,
        )
        for came in (0, 480)
    )
    assert sure.confidence > unsure.confidence


def test_a_passed_scenario_stays_passed() -> None:
    verdict = judged(tunnel(), result="passed")
    assert verdict.outcome is Outcome.PASSED
    assert verdict.visibility is Visibility.OPAQUE


def test_what_is_passed_through_counts_before_its_tunnel_is_over() -> None:
    refused = connection(
        1.0,
        host=API,
        client_tls_done=None,
        client_tls_error=f"The client does not trust the proxy's certificate for {API} "
        "(tlsv1 alert unknown ca)",
        closed=1.1,
    )
    aside = ControlMade("pass_through", "ok", "Passed through from now on.", API, {}, None)
    verdict = judged(refused, (2.0, aside), result="passed")
    assert (verdict.outcome, verdict.visibility) == (Outcome.PASSED, Visibility.OPAQUE)
