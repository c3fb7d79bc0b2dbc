"""From what truly happened to the phone's content to the verdict, on a simulated phone."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.observation_file import read_observations
from harness.attribution.engine import judge_scenario
from harness.domain.facts.capture import ProxyStarted
from harness.domain.facts.scenario import ScenarioBegun, ScenarioEnded, StepBegun, StepEnded
from harness.domain.verdict import Verdict
from harness.session.offline_content import OfflineContent, opening
from harness.session.phone_session import PhoneSession
from tests.attribution.build import PHONE
from tests.pages.simulated import PROFILE, simulated
from tests.session.simulated_session import SimulatedSession


def try_content(session: SimulatedSession) -> None:
    """As scenarios/test_offline_content.py does, in one step."""
    content = OfflineContent(cast("PhoneSession", session), session.book)
    log, app = session.journal.log("scenario"), session.phone.app()
    session.journal.scenario = "offline_content"
    log.write("scenario.begun", ScenarioBegun("offline content", "logged_in"))
    content.survey()
    begun, said = time.monotonic(), ""
    log.write("step.begun", StepBegun("try all", ()))
    try:
        with content.without_network():
            app.open()
            videos = opening(content, "offline_video", app.offline_videos)
            content.check(videos, "offline_video")
            content.check(opening(content, "draft", app.drafts), "draft")
            content.check(content.saved_videos(), "saved_video")
    except AssertionError as error:
        said = str(error)
    kind = "assertion" if said else None
    log.write("step.ended", StepEnded("try all", not said, begun, kind, said))
    result = "failed" if said else "passed"
    log.write("scenario.ended", ScenarioEnded(result, "try all" if said else None, said))
    session.journal.close()


def verdict_on(
    folder: Path, faults: list[tuple[str, str]], verbs: dict[str, Any], **wish: Any
) -> Verdict:
    with simulated(folder / "phone", **{"content": "used", **wish}) as phone:
        phone.device.root()
        (folder / "run").mkdir()
        session = SimulatedSession(phone, folder / "run")
        session.journal.log("harness").write("proxy.started", ProxyStarted(1, 2, "12.2.3", "00"))
        phone.faults(*faults)
        for name, value in verbs.items():
            phone.verb(name, value)
        session.attachment.attach()
        try:
            try_content(session)
        finally:
            session.attachment.detach()
    lines = list(read_observations(folder / "run"))
    return judge_scenario(lines, PROFILE, device=PHONE, app=None, incident=None)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)
    monkeypatch.setattr("harness.pages.app.OPENING", 1.0)
    monkeypatch.setattr("harness.session.offline_content.MOST", 2)


CASES: list[tuple[list[tuple[str, str]], dict[str, Any], str, str]] = [
    ([("opens-nothing", "drafts")], {}, "client", "content_does_not_open"),
    ([("never-asks", "offline")], {}, "client", "content_page_stays_shut"),
    ([], {"offline_expired": True}, "client", "content_expired_by_policy"),
    ([], {"offline_trimmed": 1}, "client", "content_expired_by_policy"),
    ([], {"low_storage_trim": True}, "device", "content_low_storage"),
    ([], {"clock_moved": True}, "device", "device_clock_wrong"),
    ([], {"other_account": True}, "account", "content_other_account"),
]


@pytest.mark.parametrize(
    ("faults", "verbs", "party", "rule"), CASES, ids=[c[3] + str(n) for n, c in enumerate(CASES)]
)
def test_the_reason_is_found(
    tmp_path: Path, faults: list[tuple[str, str]], verbs: dict[str, Any], party: str, rule: str
) -> None:
    verdict = verdict_on(tmp_path, faults, verbs)

    assert (verdict.outcome, verdict.party, verdict.rule) == ("failed", party, rule), verdict


@pytest.mark.parametrize("verbs", [{}, {"cache_cleared": True}, {"airplane": True}])
def test_what_harms_no_content_fails_nothing(tmp_path: Path, verbs: dict[str, Any]) -> None:
    verdict = verdict_on(tmp_path, [], verbs)

    assert (verdict.outcome, verdict.party) == ("passed", "none"), verdict


@pytest.mark.parametrize(("content", "sure"), [("none", 0.6), ("used", 0.9)])
def test_a_phone_that_hides_the_files_does_not_make_sure(
    tmp_path: Path, content: str, sure: float
) -> None:
    verdict = verdict_on(tmp_path, [], {}, profile="retail", content=content)

    assert (verdict.outcome, verdict.party) == ("passed", "none"), verdict
    assert (verdict.rule, verdict.confidence) == ("passed_not_compared", sure)
    assert "nobody but the app itself" in verdict.summary
