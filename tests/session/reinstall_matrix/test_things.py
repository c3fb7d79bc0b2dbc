"""Drafts and videos, each with the worst fate of its files."""

from __future__ import annotations

from collections import Counter

from harness.domain.inventory import Unseen
from harness.domain.storage import Area
from harness.loss.change import Change
from harness.loss.loss import Fate
from harness.loss.loss_list import loss_list
from harness.session.reinstall_matrix.things import (
    TrueThing,
    true_fates,
    true_things,
    wrong_things,
)
from tests.loss.phones import MAP, PACKAGE, draft, look

CE = f"/data/user/0/{PACKAGE}/files/draft"
THINGS = [
    TrueThing("draft", (draft(1).place, draft(1, "cover.jpg").place)),
    TrueThing("draft", (draft(2).place,)),
]


def test_files_of_one_title_are_one_thing() -> None:
    planted = [
        {"class": "draft", "title": "a", "path": f"{CE}/1/video.mp4"},
        {"class": "draft", "title": "a", "path": f"{CE}/1/cover.jpg"},
        {"class": "draft", "title": "b", "path": f"{CE}/2/video.mp4"},
        {"class": "cache", "title": "c", "path": f"/data/user/0/{PACKAGE}/cache/c"},
    ]
    assert true_things(planted, PACKAGE, {}) == THINGS


def test_a_thing_is_as_badly_off_as_its_worst_file() -> None:
    changes = {
        draft(1).place: Change.KEPT,
        draft(1, "cover.jpg").place: Change.LOST,
        draft(2).place: Change.RESTORED,
    }
    assert true_fates(THINGS, changes) == {"draft": Counter({Fate.LOST: 1, Fate.RESTORED: 1})}


def test_numbers_that_differ_are_said_by_class() -> None:
    losses = loss_list(look(draft(1), draft(2)), look(draft(1)), MAP)
    assert wrong_things({"draft": Counter({Fate.SURVIVED: 1, Fate.LOST: 1})}, losses) == []
    assert wrong_things({"draft": Counter({Fate.LOST: 2}), "clip": Counter({Fate.LOST: 1})},
                        losses) == [
        "draft: 1 lost, 1 survived, is 2 lost",
        "clip: missing, is 1 lost",
    ]  # fmt: skip


def test_a_hidden_class_makes_no_claim() -> None:
    gap = (Unseen(Area.CE, "closed"),)
    losses = loss_list(look(unseen=gap), look(unseen=gap), MAP)
    assert wrong_things({"draft": Counter({Fate.LOST: 2})}, losses) == []
