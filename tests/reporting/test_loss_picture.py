"""What you had → what is left, as one picture."""

from dataclasses import replace

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.domain.inventory import Unseen
from harness.domain.storage import Area
from harness.loss.loss import ClassTotal, Fate, LossList
from harness.loss.loss_list import loss_list
from harness.reporting.loss_picture import BAR, COLOURS, draw_losses
from tests.loss.phones import FRESH, MAP, draft, look, saved
from tests.reporting.records import HOSTILE

LOSSES = loss_list(
    look(draft(1), draft(2), saved(), unseen=(Unseen(Area.SANDBOX, "No root."),)),
    look(draft(2), saved(owner=None), state=FRESH),
    MAP,
)


def rectangles(losses: LossList) -> list[tuple[str, float]]:
    drawn = etree.fromstring(draw_losses(losses).encode())
    return [
        (str(found.get("fill")), float(str(found.get("width"))))
        for found in drawn.iter("rect")
        if found.get("width") != "10"
    ]


def test_a_bar_has_parts_as_long_as_its_fates() -> None:
    found = rectangles(LOSSES)

    half, whole = BAR / 2 - 1, float(BAR - 1)
    assert found == [
        (COLOURS[Fate.RESTORED], half),
        (COLOURS[Fate.LOST], half),
        (COLOURS[Fate.SURVIVED], whole),
        (COLOURS[Fate.NOT_VISIBLE], whole),
    ]


def test_numbers_and_words_for_those_who_do_not_see_it() -> None:
    drawn = draw_losses(LOSSES)

    assert ">2 → 1<" in drawn
    assert ">? → ?<" in drawn
    assert "drafts: 1 lost, 1 restored; saved videos: 1 survived; secrets: cannot be seen" in drawn


def test_hostile_texts_stay_texts_and_long_ones_are_cut() -> None:
    total = ClassTotal("x", HOSTILE, HOSTILE * 2, True, 1, 0, 0, 0, {Fate.LOST: 1})
    drawn = draw_losses(replace(LOSSES, classes=(total,)))

    assert "<script" not in drawn
    assert "…" in drawn
    etree.fromstring(drawn.encode())


def test_nothing_is_no_picture() -> None:
    assert draw_losses(replace(LOSSES, classes=())) == ""
