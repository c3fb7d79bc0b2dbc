"""From two inventories to what a person reads: one row a thing, one line a class."""

from dataclasses import replace
from typing import Any

import pytest

from harness.domain.inventory import Inventory, Item, Unseen
from harness.domain.parts import Parts
from harness.domain.storage import Area
from harness.domain.storage_map import StoragePattern
from harness.loss.loss import ClassTotal, Fate, LossList
from harness.loss.loss_list import loss_list
from harness.loss.rows import ROW_BACK, ROW_KEPT, ROW_LOST, UNLISTED
from tests.loss.phones import (
    FRESH,
    MAP,
    OLD,
    REMOVED,
    STATE,
    YOUNG,
    draft,
    look,
    preferences,
    saved,
    table,
)


def database(name: str, content: str, parts: Parts | None, **more: Any) -> Item:
    item = Item(Area.CE, f"databases/{name}", 4096, OLD, content, sha256="db", parts=parts)
    return replace(item, **more)


def told(
    before: Inventory, after: Inventory, server: dict[str, bool] | None = None
) -> list[tuple[str, Fate]]:
    return [(row.item, row.fate) for row in loss_list(before, after, MAP, server).rows]


def test_things_are_numbered_from_the_oldest_and_each_is_told_once() -> None:
    before = look(draft(2), draft(1), draft(1, "cover.jpg"), draft(3, "draft.json"))
    after = look(draft(1), draft(1, "cover.jpg"), draft(3, "draft.json"))

    assert told(before, after) == [
        ("draft 1 of 3", Fate.SURVIVED),
        ("draft 2 of 3", Fate.LOST),
        ("draft 3 of 3", Fate.SURVIVED),
    ]


def test_a_thing_with_one_file_gone_is_lost_and_its_row_says_which() -> None:
    before = look(draft(1), draft(1, "cover.jpg"))
    (row,) = loss_list(before, look(draft(1, "cover.jpg")), MAP).rows

    assert (row.item, row.fate, row.size) == ("draft", Fate.LOST, 2000)
    assert row.where == "the app's private folder: files/draft/1"
    assert row.how_known.startswith("1 of its 2 files are gone. Its place could be looked at")
    assert row.change == "lost"
    assert row.returns == "Never."


ROWS = table("local_draft", ("1", "x"), ("2", "y"))
LISTED = look(database("draft.db", "draft", ROWS), draft(1), draft(2))


@pytest.mark.parametrize(
    ("parts", "fates", "reason"),
    [
        (ROWS, [Fate.SURVIVED, Fate.SURVIVED], "The same file is still there."),
        (table("local_draft", ("1", "z")), [Fate.SURVIVED, Fate.LOST], UNLISTED),
        (Parts(problem="locked"), [Fate.SURVIVED, Fate.SURVIVED], "The same file is still there."),
    ],
    ids=["listed", "no longer listed", "unreadable now"],
)
def test_the_apps_own_list_counts(parts: Parts, fates: list[Fate], reason: str) -> None:
    after = look(database("draft.db", "draft", parts, sha256="new"), draft(1), draft(2))
    rows = loss_list(LISTED, after, MAP).rows

    assert [row.fate for row in rows] == fates
    assert rows[1].how_known == reason


def test_a_listed_thing_whose_file_was_gone_before_is_no_thing() -> None:
    before = look(database("draft.db", "draft", ROWS), draft(1))

    assert told(before, before) == [("draft", Fate.SURVIVED)]


def test_a_thing_that_the_apps_list_does_not_have_is_judged_by_its_files() -> None:
    parts = table("local_draft", ("1", "x"))
    before = look(database("draft.db", "draft", parts), draft(1), draft(2))

    assert told(before, look(database("draft.db", "draft", parts), draft(1))) == [
        ("draft 1 of 2", Fate.SURVIVED),
        ("draft 2 of 2", Fate.LOST),
    ]


def test_lists_of_named_things_are_no_things() -> None:
    assert told(look(database("draft.db", "draft", None)), look()) == []


NOTES = table("note", ("1", "x"), ("2", "y"))


@pytest.mark.parametrize(
    ("after", "server", "rows"),
    [
        (look(database("note.db", "note", NOTES)), {}, [(Fate.SURVIVED, ROW_KEPT)] * 2),
        (
            look(database("note.db", "note", table("note", ("2", "y")), sha256="n")),
            {"note": True},
            [(Fate.ON_SERVER, ROW_LOST), (Fate.SURVIVED, ROW_KEPT)],
        ),
        (
            look(
                database(
                    "note.db",
                    "note",
                    table("note", ("1", "new"), ("2", "y")),
                    sha256="n",
                    modified=YOUNG,
                ),
                state=FRESH,
            ),
            {},
            [(Fate.RESTORED, ROW_BACK)] * 2,
        ),
        (look(state=REMOVED), {}, [(Fate.NOT_CHECKED, ROW_LOST)] * 2),
        (look(state=REMOVED), {"note": False}, [(Fate.LOST, ROW_LOST)] * 2),
    ],
    ids=["kept", "one on the server", "synchronised again", "not asked", "asked in vain"],
)
def test_things_that_are_rows(
    after: Inventory, server: dict[str, bool], rows: list[tuple[Fate, str]]
) -> None:
    found = loss_list(look(database("note.db", "note", NOTES)), after, MAP, server).rows

    assert [(row.fate, row.how_known) for row in found] == rows
    assert {row.where for row in found} == {"the app's private folder: databases/note.db"}


MESSAGES = table("msg", ("a", "1"), ("b", "2"), ("c", "3"))


@pytest.mark.parametrize(
    ("after", "rows"),
    [
        (look(database("~1_im.db", "message", MESSAGES)), [("3 messages", Fate.SURVIVED, 4096)]),
        (
            look(database("~1_im.db", "message", table("msg", ("a", "1")), sha256="n")),
            [("2 messages", Fate.NOT_CHECKED, 4096), ("message", Fate.SURVIVED, 0)],
        ),
        (
            look(
                database("~1_im.db", "message", table("msg", ("a", "1")), sha256="n"), state=FRESH
            ),
            [("2 messages", Fate.NOT_CHECKED, 4096), ("message", Fate.RESTORED, 0)],
        ),
        (
            look(unseen=(Unseen(Area.CE, "No root."),)),
            [("3 messages", Fate.NOT_VISIBLE, 4096)],
        ),
        (look(state=REMOVED), [("3 messages", Fate.NOT_CHECKED, 4096)]),
    ],
    ids=["kept", "some lost", "some back", "not visible", "removed"],
)
def test_rows_that_are_told_together(after: Inventory, rows: list[tuple[str, Fate, int]]) -> None:
    found = loss_list(look(database("~1_im.db", "message", MESSAGES)), after, MAP).rows

    assert [(row.item, row.fate, row.size) for row in found] == rows


def test_not_visible_rows_are_counted_also_when_nothing_was_compared() -> None:
    parts = table("other", ("a", "1"))
    before = look(database("~1_im.db", "message", parts))

    assert told(before, before) == [("message", Fate.SURVIVED)]


USER = Item(
    Area.CE, "shared_prefs/user.xml", 300, OLD, "log_in", sha256="u", parts=preferences(uid="1")
)
TOKEN = Item(Area.CE, "shared_prefs/token.xml", 100, OLD, "log_in", sha256="t")


@pytest.mark.parametrize(
    ("after", "fate"),
    [
        (look(USER, TOKEN), Fate.SURVIVED),
        (look(USER), Fate.SURVIVED),
        (look(replace(USER, sha256="n")), Fate.SURVIVED),
        (look(replace(USER, sha256="n", parts=preferences(uid="2"))), Fate.LOST),
        (look(replace(USER, sha256="n", parts=preferences(x="2"))), Fate.LOST),
        (look(replace(USER, sha256="n"), state=FRESH), Fate.RESTORED),
        (look(replace(USER, sha256="n", parts=preferences(x="2")), state=FRESH), Fate.LOST),
        (look(state=REMOVED), Fate.LOST),
    ],
    ids=[
        "as before",
        "no token file",
        "written again",
        "another account",
        "logged out",
        "logged in again",
        "fresh",
        "removed",
    ],
)
def test_the_log_in_is_one_thing_and_its_key_decides(after: Inventory, fate: Fate) -> None:
    assert told(look(USER, TOKEN), after) == [("log-in", fate)]


def test_a_log_in_without_its_key_is_judged_by_its_files() -> None:
    bare = replace(USER, parts=None)
    assert told(look(bare), look(replace(bare, sha256="n"))) == [("log-in", Fate.SURVIVED)]
    assert told(look(TOKEN), look()) == [("log-in", Fate.LOST)]
    rows = replace(USER, parts=table("t", ("a", "1")))
    assert told(look(rows), look(replace(rows, sha256="n"))) == [("log-in", Fate.SURVIVED)]


def cached(number: int) -> Item:
    return Item(Area.CACHE, f"cache/{number}", 10, OLD, "cache")


def test_files_that_are_told_together_by_what_became_of_them() -> None:
    moved = Item(Area.EXTERNAL_CACHE, "cache/x", 10, OLD, "cache", volume="1A2B-3C4D")
    before = look(*(cached(number) for number in range(5)), moved)
    rows = loss_list(before, look(cached(0), cached(1)), MAP).rows

    assert [(row.item, row.fate, row.size) for row in rows] == [
        ("3 cached files", Fate.LOST, 30),
        ("cached file", Fate.ABSENT, 10),
        ("2 cached files", Fate.SURVIVED, 20),
    ]
    assert rows[0].where == "the app's private cache: cache"
    assert rows[1].where == "the app's cache in Android/data on the volume 1A2B-3C4D: cache/x"


def test_different_reasons_of_one_fate_are_counted() -> None:
    before = look(cached(0), cached(1))
    after = look(cached(0), replace(cached(1), size=11))
    (row,) = loss_list(before, after, MAP).rows

    assert row.how_known == "The same file is still there. (and 1 other ways)"
    assert row.change == "kept"


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        (draft(1), draft(1, sha256="b", size=0), Fate.LOST),
        (draft(1), draft(1, sha256="b", size=9), Fate.SURVIVED),
        (draft(1, sha256=None), draft(1, sha256=None, modified=YOUNG), Fate.NOT_CHECKED),
        (draft(1), draft(1, sha256="b"), Fate.LOST),
    ],
    ids=["emptied", "edited", "not compared", "made anew"],
)
def test_what_a_change_means_for_a_thing(before: Item, after: Item, fate: Fate) -> None:
    state = STATE if fate is Fate.SURVIVED or after.size == 0 else FRESH

    assert told(look(before), look(after, state=state))[0][1] is fate


def test_a_database_that_was_emptied_holds_nothing() -> None:
    item = Item(Area.CE, "databases/x.db", 5, OLD, "x", sha256="1", parts=table("t", ("a", "1")))
    after = replace(item, sha256="2", parts=Parts())

    assert told(look(item), look(after)) == [("x", Fate.LOST)]


def test_a_file_that_the_app_no_longer_owns_survives() -> None:
    (row,) = loss_list(look(saved()), look(saved(owner=None), state=FRESH), MAP).rows

    assert (row.fate, row.change) == (Fate.SURVIVED, "orphaned")
    assert row.where == "shared storage: DCIM/Camera/v 1.mp4"


CLOSED = (Unseen(Area.SANDBOX, "Only root can look there."),)


def test_what_may_lie_where_nobody_can_look_is_said() -> None:
    found = loss_list(look(unseen=CLOSED), look(state=FRESH, unseen=CLOSED), MAP)

    (row,) = found.rows
    assert (row.item, row.fate, row.count) == (
        "secrets (how many cannot be seen)",
        Fate.NOT_VISIBLE,
        None,
    )
    assert "Only root can look there. Android deletes this place" in row.how_known
    assert found.classes[0].had is None
    assert found.unseen == CLOSED
    unchanged = loss_list(look(unseen=CLOSED), look(unseen=CLOSED), MAP)
    assert unchanged.rows[0].how_known == "Only root can look there."


def test_a_log_in_that_cannot_be_seen_is_still_one() -> None:
    closed = (Unseen(Area.CE, "Only root."),)
    rows = {row.content: row.item for row in loss_list(look(unseen=closed), look(), MAP).rows}

    assert rows["log_in"] == "log-in"
    assert rows["draft"] == "drafts (how many cannot be seen)"


def test_a_class_in_numbers() -> None:
    found = loss_list(look(draft(1), draft(2)), look(draft(2)), MAP)

    assert found.classes == (
        ClassTotal(
            "draft", "draft", "drafts", True, 2, 2000, 1, 1000, {Fate.LOST: 1, Fate.SURVIVED: 1}
        ),
    )


def test_every_file_is_accounted_for() -> None:
    new = Item(Area.CE, "files/new", 1, OLD)
    found: LossList = loss_list(look(draft(1), cached(1)), look(cached(1), new), MAP)

    assert [(file.path, file.change) for file in found.files] == [
        ("cache/1", "kept"),
        ("files/draft/1/video.mp4", "lost"),
        ("files/new", "new"),
    ]
    assert [file.fate for file in found.files] == ["survived", "lost", "survived"]


def test_an_unknown_class_is_named_by_its_own_word() -> None:
    odd = Item(Area.CE, "files/x", 1, OLD, "odd_thing")

    assert told(look(odd), look()) == [("odd thing", Fate.LOST)]


def test_files_of_one_class_in_two_areas() -> None:
    far = Item(Area.EXTERNAL_CACHE, "cache/x/y", 10, OLD, "cache")
    (row,) = loss_list(look(cached(1), far), look(), MAP).rows

    assert row.where == ("the app's private cache: cache/1; also the app's cache in Android/data")


def test_files_of_one_name_in_two_folders_are_two_things() -> None:
    here, there = saved("a/v.mp4", row=1), saved("b/v.mp4", row=2)
    storage = replace(
        MAP, files=(StoragePattern("saved", (Area.SHARED,), "**/{item}", owned=True),)
    )
    rows = loss_list(look(here, there), look(here), storage).rows

    assert [(row.item, row.fate) for row in rows] == [
        ("saved video 1 of 2", Fate.SURVIVED),
        ("saved video 2 of 2", Fate.NOT_CHECKED),
    ]


def test_things_beside_those_that_were_seen_are_said_to_be_hidden() -> None:
    """Before API 29 Android keeps no owners: only folders of the app's own name are sure."""
    named = StoragePattern("saved", (Area.SHARED,), "Movies/Feed/{item}")
    storage = replace(MAP, files=(*MAP.files, named))
    gap = (Unseen(Area.SHARED, "No owners are kept.", partly=True),)
    mine = Item(Area.SHARED, "Movies/Feed/1.mp4", 5, OLD, "saved")
    found = loss_list(look(mine, unseen=gap), look(mine, unseen=gap), storage)

    assert [(row.item, row.fate, row.count) for row in found.rows] == [
        ("saved video", Fate.SURVIVED, 1),
        ("saved videos (how many more cannot be seen)", Fate.NOT_VISIBLE, None),
    ]
    assert found.classes[0].had is None
    assert found.advice == (
        "Nothing that you would miss was lost: 1 saved video is still there; further saved videos"
        " cannot be seen here."
    )
