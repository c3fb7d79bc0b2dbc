"""The page as a browser shows it: first screen, no errors, no outside requests, accessible."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.inventory_file import encode_losses
from harness.adapters.observation_file import ObservationWriter
from harness.adapters.places import node_folder
from harness.adapters.verdict_file import write_verdicts
from harness.attribution.texts import ADVICE, KEEP_THE_APP
from harness.domain.facts import Exchange, StepEnded
from harness.domain.verdict import Control, Incident
from harness.domain.vocabulary import ControlResult, Outcome, Party
from harness.loss.loss import ClassTotal, Fate, LossRow
from harness.reporting.page import build_page
from harness.reporting.run_record import read_run
from tests.reporting.chromium import WHY_NOT, Chromium, chromium_binary
from tests.reporting.records import HOSTILE, verdict, write_observations
from tests.reporting.test_questions import LOSSES as NO_LOSSES

BINARY = chromium_binary()
AXE = node_folder() / "node_modules" / "axe-core" / "axe.min.js"
SIZES = [(390, 664), (1280, 800)]
NASTY = f"{HOSTILE}<img src=x onerror=alert(1)><svg onload=alert(1)>\"'&" + "W" * 400
ROW = LossRow("draft 1 of 4", "draft", "in the app's own folder", Fate.LOST, "no", "by its hash")
TOTAL = ClassTotal("draft", "draft", "drafts", True, 4, 4000, 0, 0, {Fate.LOST: 4})
OPEN = replace(ROW, item="18 chats", where="databases/" + "x" * 60, fate=Fate.NOT_CHECKED)
LOSSES = replace(NO_LOSSES, rows=(ROW, ROW, OPEN), classes=(TOTAL,))
SUMMARY = "TikTok's log-in service is failing; your phone, app and account show no fault."
RULES = """axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
  v => v.id + ": " + v.nodes.map(n => n.target.join(" ") + " " + n.failureSummary).join(" | ")))"""

pytestmark = [
    pytest.mark.skipif(BINARY is None, reason=WHY_NOT),
    pytest.mark.xdist_group("chromium"),
    pytest.mark.timeout(180),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Chromium]:
    assert BINARY is not None
    with Chromium(BINARY) as started:
        yield started


def outage(folder: Path, *, summary: str = "", film: bool = False, **changes: object) -> Path:
    """An outage with advice as long as a server's, a passed scenario and one not run."""
    if film:
        filmed = folder / "tests" / "sim" / "login" / "try-1"
        filmed.mkdir(parents=True)
        (filmed / "film-1.mp4").write_bytes(b"")
    ids = tuple(seen.id for seen in write_observations(folder))
    failing = verdict(
        ids[1:3],
        **{
            "summary": summary or SUMMARY,
            "advice": ADVICE[Party.SERVER],
            "controls": (
                Control("host_probe", ControlResult.OK, "We reached the host."),
                Control("second_phone", ControlResult.NOT_MADE, "Not made."),
            ),
            **changes,
        },
    )  # fmt: skip
    fine = verdict((), id="v-2", scenario="followers", outcome=Outcome.PASSED, party=Party.NONE)
    skipped = verdict((), id="v-3", scenario="reinstall", outcome=Outcome.NOT_RUN, party=Party.NONE)
    inside = folder / "tests" / "sim" / "reinstall" / "try-1"
    inside.mkdir(parents=True)
    (inside / "losses.json").write_bytes(encode_losses(LOSSES))
    incident = Incident("i", Party.SERVER, "s", "2026-01-01T00:00:00Z", "", (failing.id,))
    write_verdicts(folder / "verdicts.json", [failing, fine, skipped], [incident])
    return build_page(read_run(folder))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_asked_nothing_fails_nothing_scrolls_sideways(
    browser: Chromium, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    page = outage(tmp_path)

    loaded = browser.open(page, width, height, dark=dark)

    assert loaded.console == []
    asked = [url for url in loaded.requests if not url.startswith("data:")]
    assert asked == [page.resolve().as_uri()]
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


BOTTOMS = """[...document.querySelectorAll('.answer:first-of-type :is(h1, dd, dd li)')].map(
  part => [part.innerText.slice(0, 40), Math.round(part.getBoundingClientRect().bottom)])"""
COST = (
    "Do not delete the app: the fault is not on the phone, and deleting it costs 5 drafts, 7"
    " offline videos, 1 log-in, 5 files with settings, as the reinstall experiment on this phone"
    " showed."
)


@pytest.mark.parametrize("known_cost", [False, True], ids=["", "its cost known"])
@pytest.mark.parametrize("party", [party for party in ADVICE if party is not Party.NONE])
def test_the_first_screen_of_a_phone_holds_the_whole_answer(
    browser: Chromium, tmp_path: Path, party: Party, known_cost: bool
) -> None:
    advice = tuple(COST if known_cost and one == KEEP_THE_APP else one for one in ADVICE[party])
    browser.open(outage(tmp_path, party=party, advice=advice), *SIZES[0])

    parts = browser.evaluate(BOTTOMS)

    assert len(parts) >= 1 + 5 + 2  # sentence; who, since, how sure, do, do not; one of each list
    assert [(text, bottom) for text, bottom in parts if bottom > SIZES[0][1]] == []
    heads = browser.evaluate("[...document.querySelectorAll('.answer dt')].map(d => d.innerText)")
    assert heads == ["At fault", "Since", "How sure", "Do", "Do not"]


@pytest.mark.skipif(not AXE.is_file(), reason="axe-core is not installed: run tools/setup.py")
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_no_violation(
    browser: Chromium, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    browser.open(outage(tmp_path, film=True), width, height, dark=dark)
    assert browser.evaluate("document.querySelectorAll('video').length") == 1
    browser.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    browser.evaluate(AXE.read_text(encoding="utf-8"))

    assert browser.evaluate(RULES) == []


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_cell_of_the_loss_table_is_a_letter_wide(
    browser: Chromium, tmp_path: Path, width: int, height: int
) -> None:
    browser.open(outage(tmp_path), width, height)

    cells = "[...document.querySelectorAll('.things td')].map(c => c.getBoundingClientRect())"
    wide = browser.evaluate(f"{cells}.map(box => box.width)")
    right = browser.evaluate(f"Math.max(...{cells}.map(box => box.right))")

    assert len(wide) == 5 * len(LOSSES.rows)
    assert min(wide) >= 90
    assert right <= width


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_hostile_content_never_runs_and_never_breaks_the_layout(
    browser: Chromium, tmp_path: Path, width: int, height: int
) -> None:
    with ObservationWriter(
        tmp_path / "nasty.jsonl", source="proxy", host=NASTY, device="sim", prefix="n"
    ) as log:
        exchange = Exchange("f", "c", 1, NASTY, "https", NASTY, 443, f"/{NASTY}", "HTTP/2.0", 1.0)
        seen = log.write("exchange", exchange, scenario="login")
        failed = StepEnded(NASTY, ok=False, begun=1.0, message="x" * 10_000_000)
        log.write("step.ended", failed, scenario="login")
    lines = (tmp_path / "nasty.jsonl").read_text(encoding="utf-8")
    (tmp_path / "nasty.jsonl").unlink()
    write_observations(tmp_path)
    with (tmp_path / "observations.jsonl").open("a", encoding="utf-8") as file:
        file.write(lines)
    hostile = verdict((seen.id,), summary=NASTY, advice=(NASTY,), notes=(NASTY,), id='v"><b>')
    write_verdicts(tmp_path / "verdicts.json", [hostile], [])
    page = build_page(read_run(tmp_path))

    loaded = browser.open(page, width, height)

    assert loaded.console == []
    assert page.stat().st_size < 200_000
    assert (
        browser.evaluate("document.querySelectorAll('script, main img[src=x], [onload]').length")
        == 0
    )
    assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert "\u202e" not in str(browser.evaluate("document.body.innerText"))


def test_printed_it_shows_what_is_folded(browser: Chromium, tmp_path: Path) -> None:
    browser.open(outage(tmp_path), *SIZES[1])
    browser.call("Emulation.setEmulatedMedia", media="print")

    folded = "document.querySelector('.card details:not(.lines) > :last-child')"
    tall = browser.evaluate(f"{folded}.getBoundingClientRect().height")
    printed = browser.printed()

    assert tall > 0
    assert printed.startswith(b"%PDF")


def test_the_keyboard_reaches_the_scenarios_first(browser: Chromium, tmp_path: Path) -> None:
    browser.open(outage(tmp_path), *SIZES[1])

    for kind in ("keyDown", "keyUp"):
        browser.call(
            "Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9
        )

    assert browser.evaluate("document.activeElement.getAttribute('href')") == "#scenarios"
