"""What people ask next is answered from what was seen, else said to be not checked."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.inventory_file import encode_losses
from harness.domain.storage import Tier
from harness.domain.verdict import Candidate, Control, Evidence, Verdict
from harness.domain.vocabulary import ControlResult, Layer, Level, Outcome, Party
from harness.loss.loss import ClassTotal, Fate, LossList, LossRow
from harness.reporting import questions
from harness.reporting.run_record import RunRecord, Try
from tests.reporting.records import verdict

PASSED: dict[str, Any] = {"outcome": Outcome.PASSED, "party": Party.NONE}
LOSSES = LossList(
    device="sim", package="p", before="b", after="a", reinstalled=True, removed=False,
    tier=next(iter(Tier)), rows=(), classes=(), advice="Deleting the app cost 4 drafts.",
)  # fmt: skip


def record(folder: Path, *verdicts: Verdict) -> RunRecord:
    return RunRecord(folder, {}, tuple(Try(one) for one in verdicts), (), {})


def reply(folder: Path, question: str, *verdicts: Verdict) -> str:
    found = {one.question: one.lines for one in questions.replies(record(folder, *verdicts))}
    return " ".join(found[question])


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ([verdict(party=Party.ACCOUNT, summary="The account is banned.")], "is banned"),
        ([verdict(**PASSED)], "Yes: the service knew the account in this run (log-in)."),
        ([verdict(candidates=(Candidate(Party.ACCOUNT, 0.4),))], "not settled"),
        ([verdict()], "Nothing that was seen speaks against it."),
        ([verdict(**PASSED, scenario="offline_content")], "not checked"),
        ([], "not checked"),
    ],
)
def test_account(tmp_path: Path, verdicts: list[Verdict], said: str) -> None:
    assert said in reply(tmp_path, "Is my account all right?", *verdicts)


def test_without_an_experiment_a_reinstall_is_not_measured(tmp_path: Path) -> None:
    refused = verdict(scenario="reinstall", outcome=Outcome.NOT_RUN, summary="No consent.")
    said = reply(tmp_path, "What would deleting the app cost me?", refused)

    assert "not measured" in said
    assert "No consent." in said


def test_with_an_experiment_its_advice_is_given(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "sim" / "reinstall" / "try-1"
    folder.mkdir(parents=True)
    draft = LossRow("draft 1 of 4", "draft", "w", Fate.LOST, "Not unless you make it again.", "h")
    kept = replace(draft, fate=Fate.SURVIVED, returns="Save it again.")
    total = ClassTotal("draft", "draft", "drafts", True, 4, 4000, 0, 0, {Fate.LOST: 4})
    losses = replace(LOSSES, rows=(draft, draft, kept), classes=(total,))
    (folder / "losses.json").write_bytes(encode_losses(losses))

    done = verdict(scenario="reinstall", **PASSED)
    cost = reply(tmp_path, "What would deleting the app cost me?", done)
    back = reply(tmp_path, "Will my content come back?", done)

    assert "On sim: Deleting the app cost 4 drafts." in cost
    assert back.startswith("Drafts and offline videos lie on the phone")
    assert back.endswith("Drafts that went with the app: not unless you make it again.")
    assert back.count("went with the app") == 1


@pytest.mark.parametrize(
    ("outcome", "said"), [(Outcome.PASSED, "still gave out"), (Outcome.FAILED, "not checked")]
)
def test_content_on_the_service(tmp_path: Path, outcome: Outcome, said: str) -> None:
    followers = verdict(scenario="followers", outcome=outcome)

    assert said in reply(tmp_path, "Will my content come back?", followers)


def test_sureness_leads_with_what_decides_in_words(tmp_path: Path) -> None:
    jargon = Evidence(Layer.HTTP, Level.COUNTED, "It failed: answer.status_5xx.", ("p",))
    against = replace(jargon, statement="The screen says otherwise.")
    said = reply(
        tmp_path, "How sure are you, and why?", verdict(evidence=(jargon,), conflicts=(against,))
    )

    assert "Log-in: almost certain (95 %). It failed: the service answered with an error" in said
    assert "We reached the host." in said
    assert "Speaks against it: The screen says otherwise." in said


def test_what_was_not_checked_is_named(tmp_path: Path) -> None:
    unmade = (Control("second_phone", ControlResult.NOT_MADE, "Not made."),)
    unseen = (Evidence(Layer.TLS, Level.NONE, "No call in question was seen here."),)
    skipped = verdict(id="s", scenario="reinstall", outcome=Outcome.NOT_RUN, summary="No consent.")
    said = reply(
        tmp_path, "What was not checked?", verdict(controls=unmade, evidence=unseen), skipped
    )

    assert "Reinstall: not run. No consent." in said
    assert "Whether the same happens on a second phone." in said
    assert "No call in question was seen here." in said
    assert "is open" in reply(tmp_path, "What was not checked?", verdict(**PASSED))
