"""The Markdown summary: what happened and one row a verdict; nothing foreign is markup."""

from pathlib import Path

from harness.domain.vocabulary import Outcome, Party
from harness.reporting.run_record import RunRecord, Try
from harness.reporting.summary import MOST_ROWS, escape, summary, write_summary
from tests.reporting.records import HOSTILE, verdict


def record(*verdicts: object, simulated: bool = True) -> RunRecord:
    tries = tuple(Try(one) for one in verdicts)  # type: ignore[arg-type]  # records of the tests
    return RunRecord(Path("run"), {}, tries, (), {}, simulated=simulated)


def test_the_answer_stands_first_and_every_verdict_has_a_row() -> None:
    fine = verdict(id="v-2", scenario="followers", outcome=Outcome.PASSED, party=Party.NONE)
    text = summary(record(verdict(), fine))

    assert text.index("### The log-in service is failing.") < text.index("| Scenario |")
    assert "| Log-in | sim | ❌ fails | the service | 95 % | server.own\\_error |" in text
    assert "| Followers | sim | ✅ works |  | 95 % |" in text
    assert "**What to do**\n\n- Wait and try again later.\n" in text
    assert "**What not to do**\n\n- Do not delete the app.\n" in text


def test_hostile_text_is_no_markup() -> None:
    nasty = f"| [x](http://a) @all `c` ![i](y) {HOSTILE}"
    text = summary(record(verdict(summary=nasty, advice=(nasty,), rule=nasty)))

    assert "<script" not in text
    assert "\\[x\\](http\\://a)" in text
    assert "@all" not in text.replace("\\@all", "")
    assert "&lt;script&gt;" in text
    assert "\u202e" not in text
    assert escape("a\nb|c") == "a b\\|c"


def test_a_large_run_is_cut_and_says_so() -> None:
    text = summary(record(*[verdict(id=str(i)) for i in range(MOST_ROWS + 5)], simulated=False))

    assert "5 more in verdicts.json." in text
    assert "Simulated" not in text


def test_it_lies_in_the_run_folder(tmp_path: Path) -> None:
    path = write_summary(RunRecord(tmp_path, {}, (Try(verdict()),), (), {}))

    assert path == tmp_path / "summary.md"
    assert path.read_text(encoding="utf-8").endswith("|\n")
