"""Kept, changed, lost, orphaned, restored, remade, new, not visible: each told apart."""

from dataclasses import replace

import pytest

from harness.domain.inventory import Inventory, Item, MediaRow, Unseen, Volume
from harness.domain.package_state import PackageState
from harness.domain.storage import Area
from harness.loss.change import Change, FileChange
from harness.loss.difference import difference
from tests.loss.phones import (
    CARD,
    FRESH,
    OLD,
    REMOVED,
    STATE,
    YOUNG,
    draft,
    look,
    saved,
)

FILE = draft(1)
BARE = replace(FILE, sha256=None)
UNDATED = replace(FRESH, first_install=None)


@pytest.mark.parametrize(
    ("before", "after", "state", "change", "compared"),
    [
        (FILE, FILE, STATE, Change.KEPT, True),
        (BARE, BARE, STATE, Change.KEPT, True),
        (FILE, replace(FILE, sha256="bb"), STATE, Change.CHANGED, True),
        (BARE, replace(BARE, modified=YOUNG), STATE, Change.CHANGED, True),
        (FILE, None, STATE, Change.LOST, True),
        (FILE, None, REMOVED, Change.LOST, True),
        # too little is known of the data folder to call it another one
        (FILE, FILE, PackageState(installed=True), Change.KEPT, True),
        # a new data folder: the same name alone proves nothing
        (FILE, FILE, FRESH, Change.RESTORED, True),
        (FILE, replace(FILE, modified=YOUNG), FRESH, Change.RESTORED, True),
        (FILE, replace(FILE, sha256="bb"), FRESH, Change.REMADE, True),
        (BARE, BARE, FRESH, Change.RESTORED, True),
        (BARE, BARE, UNDATED, Change.RESTORED, True),
        (BARE, replace(BARE, modified=YOUNG), FRESH, Change.REMADE, False),
        (BARE, replace(BARE, size=7), FRESH, Change.REMADE, True),
        (
            replace(BARE, modified=YOUNG),
            replace(BARE, modified=YOUNG),
            FRESH,
            Change.REMADE,
            False,
        ),
    ],
    ids=str,
)
def test_private_files(
    before: Item, after: Item | None, state: PackageState, change: Change, compared: bool
) -> None:
    found = difference(look(before), look(*([after] if after else []), state=state))

    (only,) = found.changes
    assert (only.change, only.compared) == (change, compared)
    assert only.reason


SAVED = saved()


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (SAVED, SAVED, Change.KEPT),
        (SAVED, saved(owner=None), Change.ORPHANED),
        (SAVED, replace(SAVED, media=None), Change.ORPHANED),
        (SAVED, saved(owner=None, sha256="ee"), Change.CHANGED),
        (SAVED, saved("renamed.mp4", None), Change.ORPHANED),
        (SAVED, saved("copy.mp4", None, row=8), Change.ORPHANED),
        (SAVED, saved("copy.mp4", None, row=8, sha256=None), Change.LOST),
        (replace(SAVED, sha256=None), saved("copy.mp4", None, row=8), Change.LOST),
        (replace(SAVED, media=None, sha256=None), saved("x.mp4", None), Change.LOST),
        # the row's number was given to another file
        (saved(sha256=None), saved("x.mp4", None, size=3), Change.LOST),
        # Android before 10 keeps no owners
        (replace(SAVED, media=None), replace(SAVED, media=None), Change.KEPT),
    ],
    ids=range(11),
)
def test_shared_files_are_found_again_by_place_row_or_content(
    before: Item, after: Item, change: Change
) -> None:
    found = difference(look(before), look(after, state=FRESH))

    assert next(entry for entry in found.changes if entry.before).change is change


def test_a_file_is_not_found_twice() -> None:
    twin = saved("copy.mp4", row=9)
    found = difference(look(SAVED, twin), look(SAVED))

    assert [entry.change for entry in found.changes] == [Change.KEPT, Change.LOST][::-1]


def test_other_peoples_files_are_neither_lost_nor_new() -> None:
    theirs = saved("holiday.mp4", owner=None)

    assert difference(look(theirs), look()).changes == ()
    assert difference(look(), look(theirs)).changes == ()


@pytest.mark.parametrize(
    ("item", "unseen"),
    [
        (draft(1), (Unseen(Area.CE, "No root."),)),
        (draft(1), (Unseen(Area.DE, "x"), Unseen(Area.CE, "Partly.", partly=True))),
    ],
    ids=["closed", "partly"],
)
def test_what_cannot_be_seen_is_not_lost(item: Item, unseen: tuple[Unseen, ...]) -> None:
    found = difference(look(item), look(state=FRESH, unseen=unseen))

    assert found.count(Change.NOT_VISIBLE) == len(found.changes) == 1


@pytest.mark.parametrize("unseen", [(), (Unseen(Area.MEDIA, "Out.", CARD),)])
def test_what_lies_on_a_card_that_is_out_is_not_lost(unseen: tuple[Unseen, ...]) -> None:
    item = replace(draft(1), area=Area.MEDIA, volume=CARD)
    found = difference(look(item), look(state=FRESH, unseen=unseen))

    assert found.count(Change.ABSENT) == len(found.changes) == 1


ADOPTED = "5f3a9c2e"
ON_CARD = replace(STATE, data_folder=f"/mnt/expand/{ADOPTED}/user/0/x", ce_inode=9)
INSIDE = replace(STATE, data_folder="/data/user/0/x")
AWAY = replace(ON_CARD, installed=False, data_folder=None, away=ADOPTED)


def on_card(item: Item) -> Item:
    return replace(item, volume=ADOPTED, inode=77)


def card(state: str, *items: Item, of: PackageState = ON_CARD) -> Inventory:
    made = look(*items, state=of)
    volume = Volume("private:179,66", "adopted", state, ADOPTED)
    return replace(made, volumes=(*made.volumes, volume))


def test_an_app_whose_card_is_out_is_neither_removed_nor_emptied() -> None:
    items = [on_card(draft(number)) for number in range(4)]
    found = difference(card("mounted", *items), card("unmounted", of=AWAY))

    assert found.count(Change.ABSENT) == len(found.changes) == 4
    assert (found.fresh, found.removed, found.emptied) == (False, False, False)


def test_the_card_of_a_removed_app_loses_its_files_when_it_is_in_again() -> None:
    before = card("mounted", on_card(draft(1)))
    out = difference(before, card("absent", of=FRESH))
    back = difference(before, card("mounted", of=FRESH))

    assert (out.count(Change.ABSENT), out.fresh) == (1, True)
    assert (back.count(Change.LOST), back.fresh) == (1, True)


def test_an_app_that_was_moved_to_a_card_has_lost_nothing() -> None:
    items = [replace(draft(number), inode=number + 1) for number in range(3)]
    there = [on_card(item) for item in items]
    for before, after in (
        (card("mounted", *items, of=INSIDE), card("mounted", *there)),
        (card("mounted", *there), card("mounted", *items, of=INSIDE)),
    ):
        found = difference(before, after)
        assert found.count(Change.KEPT) == len(found.changes) == 3
        assert (found.fresh, found.emptied) == (False, False)
        assert "another volume" in found.changes[0].reason


def test_a_gap_on_one_volume_hides_nothing_on_another() -> None:
    item = replace(draft(1), area=Area.MEDIA)
    found = difference(look(item), look(unseen=(Unseen(Area.MEDIA, "Out.", CARD),)))

    assert found.count(Change.LOST) == 1


def test_new_files_are_new_only_where_one_could_look_before() -> None:
    closed = (Unseen(Area.CE, "No root."),)

    assert difference(look(), look(FILE)).count(Change.NEW) == 1
    assert difference(look(unseen=closed), look(FILE)).changes == ()


BY_INODE = replace(FILE, inode=50)
KEPT_DATA = replace(FRESH, ce_inode=STATE.ce_inode)


@pytest.mark.parametrize(
    ("before", "after", "state", "change", "fresh", "emptied"),
    [
        # kept data: Android's record is new, the file is the old one
        (BY_INODE, BY_INODE, KEPT_DATA, Change.KEPT, False, False),
        (BY_INODE, replace(BY_INODE, inode=51), KEPT_DATA, Change.RESTORED, True, False),
        # storage cleared: the record is the old one, and no file is
        (
            BY_INODE,
            replace(BY_INODE, inode=51, modified=YOUNG, sha256="n"),
            STATE,
            Change.REMADE,
            False,
            True,
        ),
        (BY_INODE, None, STATE, Change.LOST, False, True),
        # written in place: the folder was not emptied
        (
            BY_INODE,
            replace(BY_INODE, modified=YOUNG, sha256="n"),
            STATE,
            Change.CHANGED,
            False,
            False,
        ),
        (replace(BY_INODE, area=Area.CACHE), None, STATE, Change.LOST, False, False),
        (replace(BY_INODE, area=Area.MEDIA), None, STATE, Change.LOST, False, False),
    ],
    ids=["data kept", "put back", "cleared", "cleared and gone", "in place", "cache", "media"],
)
def test_a_folder_that_was_kept_or_emptied(
    before: Item,
    after: Item | None,
    state: PackageState,
    change: Change,
    fresh: bool,
    emptied: bool,
) -> None:
    found = difference(look(before), look(*([after] if after else []), state=state))

    assert [entry.change for entry in found.changes] == [change]
    assert (found.fresh, found.emptied) == (fresh, emptied)
    assert found.deleted is (fresh or emptied)


def test_what_clearing_leaves_in_place_is_kept() -> None:
    game = replace(BY_INODE, area=Area.OBB)
    found = difference(look(game, replace(BY_INODE, path="files/x")), look(game))

    assert found.emptied
    assert [entry.change for entry in found.changes] == [Change.LOST, Change.KEPT]


def test_an_inode_that_is_used_again_is_no_proof_of_a_kept_file() -> None:
    files = [draft(number, inode=50 + number) for number in range(5)]
    again = replace(files[0], inode=50, modified=YOUNG, sha256="n")
    found = difference(look(*files), look(again))

    assert found.emptied
    assert [entry.change for entry in found.changes] == [Change.REMADE, *[Change.LOST] * 4]


def test_a_folder_that_cannot_be_seen_is_not_emptied() -> None:
    found = difference(look(BY_INODE), look(unseen=(Unseen(Area.CE, "No root."),)))

    assert not found.emptied


def test_fresh_and_removed() -> None:
    assert difference(look(), look(state=FRESH)).fresh is True
    assert difference(look(), look()).fresh is False
    gone = difference(look(), look(state=REMOVED))
    assert (gone.fresh, gone.removed) == (None, True)


def test_two_packages_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"org\.example\.feed \(user 0\).*\(user 10\)"):
        difference(look(), replace(look(), user=10))


def test_a_change_needs_a_file() -> None:
    with pytest.raises(ValueError, match="before or after"):
        _ = FileChange(Change.NEW, None, None, "").item


def test_times_of_a_card_are_rounded() -> None:
    item = replace(BARE, media=MediaRow(1), area=Area.MEDIA)
    found = difference(look(item), look(replace(item, modified=OLD + 3)))

    assert found.count(Change.KEPT) == 1
