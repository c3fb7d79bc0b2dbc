"""The card: what decides first, comparisons that are open said so, links that exist."""

from pathlib import Path

from harness.domain.facts.screen import ScreenFilm
from harness.domain.observation import Observation
from harness.domain.verdict import Control, Evidence
from harness.domain.vocabulary import ControlResult, Layer, Level, Outcome, Party
from harness.reporting.card import card, counted, heading, outside_pictures, pictures
from harness.reporting.run_record import RunRecord, Try
from tests.reporting.records import try_of, verdict


def evidence(layer: Layer, text: str) -> Evidence:
    return Evidence(layer, Level.COUNTED, text, ("p-1",))


def test_what_decides_is_not_buried() -> None:
    one = verdict(
        evidence=(
            evidence(Layer.HTTP, "It answered with HTTP 503."),
            evidence(Layer.DNS, "The name was found for 5 calls."),
            Evidence(Layer.HTTP, Level.COUNTED, "1 call was fast.", ("p-7",)),
            evidence(Layer.HTTP, "2 calls in question failed here: answer.status_5xx."),
        )
    )
    decisive, beside = counted(one)

    assert decisive[0].statement == "It answered with HTTP 503."
    assert "error of its own" in decisive[1].statement
    assert [item.statement for item in beside] == [
        "The name was found for 5 calls.",
        "1 call was fast.",
    ]


def test_comparisons_that_were_not_made_come_last_and_say_what_is_open(tmp_path: Path) -> None:
    controls = (
        Control("second_phone", ControlResult.NOT_MADE, "Not made."),
        Control("host_probe", ControlResult.FAILED, "It was not reached."),
    )
    shown = card(RunRecord(tmp_path, {}, (), (), {}), Try(verdict(controls=controls)))

    assert [one["mark"] for one in shown["controls"]] == ["✗", "–"]
    assert "on a second phone: not known" in shown["controls"][1]["text"]


def test_only_files_that_exist_are_linked(tmp_path: Path) -> None:
    folder = tmp_path / "tests" / "sim" / "login" / "try-1"
    folder.mkdir(parents=True)
    (folder / "capture.har").write_text("{}")

    shown = card(RunRecord(tmp_path, {}, (), (), {}), Try(verdict()))

    assert [link.href for link in shown["links"]] == ["tests/sim/login/try-1/capture.har"]


def test_a_second_try_says_so_and_a_pass_blames_nobody() -> None:
    again = Try(verdict(try_number=2, outcome=Outcome.PASSED, party=Party.NONE))

    assert heading(again)["title"] == "Log-in, try 2"
    assert heading(again)["party"] == ""


def test_the_timeline_is_drawn_with_and_without_pictures(tmp_path: Path) -> None:
    record = RunRecord(tmp_path, {}, (), (), {})
    item = try_of(tmp_path)

    assert "<svg" in pictures(record, item)["timeline"]
    assert outside_pictures(record, item)["picture"] is None


def test_films_are_shown_in_their_order_and_what_is_missing_is_said(tmp_path: Path) -> None:
    one = Try(verdict(), events=(film_seen("adb: stop filming on pixel: gone"),))
    folder = tmp_path / one.folder
    folder.mkdir(parents=True)
    for number in (10, 2, 1):
        (folder / f"film-{number}.mp4").write_bytes(b"")

    shown = card(RunRecord(tmp_path, {}, (), (), {}), one)

    assert [Path(address).name for address in shown["films"]] == [
        "film-1.mp4", "film-2.mp4", "film-10.mp4",
    ]  # fmt: skip
    assert shown["film_missing"] == "adb: stop filming on pixel: gone"
    assert card(RunRecord(tmp_path, {}, (), (), {}), Try(verdict()))["film_missing"] == ""


def film_seen(why_not: str) -> Observation:
    return Observation("a-1", 0.0, 0.0, "appium", "h", "ui.film", ScreenFilm((), 0, why_not))
