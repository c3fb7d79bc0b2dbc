"""From a loss list to the sentence, the advice and the fact."""

from __future__ import annotations

from typing import Any

import pytest

from harness.domain.inventory import Inventory, Item
from harness.domain.package_state import PackageState
from harness.domain.parts import Parts, RowPart, TableParts
from harness.domain.removal import Arm, ArmOutcome, ArmResult
from harness.domain.storage import Area, Tier
from harness.loss.loss import ClassTotal, Fate, LossList
from harness.session.cost import losses_found, server_has, told

DRAFTS = ClassTotal("draft", "draft", "drafts", True, 4, 9, 0, 0, {Fate.LOST: 4})
SAVED = ClassTotal("saved_video", "saved video", "saved videos", True, 1, 9, 1, 9,
                   {Fate.SURVIVED: 1})  # fmt: skip
CHATS = ClassTotal("messages", "message", "messages", True, 2, 9, 0, 0, {Fate.NOT_CHECKED: 2})
HIDDEN = ClassTotal("draft", "draft", "drafts", True, None, 0, 0, 0, {Fate.NOT_VISIBLE: 0})
CACHE = ClassTotal("cache", "cached file", "cached files", False, 9, 9, 0, 0, {Fate.LOST: 9})


def listed(*classes: ClassTotal, **changes: Any) -> LossList:
    fields: dict[str, Any] = {"reinstalled": True, "removed": False, **changes}
    return LossList("d", "a.b", "t0", "t1", tier=Tier.ADB_ROOT, rows=(), classes=classes,
                    advice="Deleting the app cost 4 drafts.", **fields)  # fmt: skip


def outcome(arm: Arm = Arm.UNINSTALL_INSTALL, result: ArmResult = ArmResult.DONE) -> ArmOutcome:
    return ArmOutcome(arm, result, "Failure [X]")


@pytest.mark.parametrize(
    ("found", "made", "due"),
    [
        (listed(DRAFTS, SAVED, CHATS, CACHE), outcome(),
         ("The app was deleted and installed again; lost: 4 drafts; gone from the phone,"
                " and whether the service has it is not known: 2 messages;"
         " still there: 1 saved video.")),
        (listed(SAVED), outcome(Arm.NOTHING),
         ("Nothing was done; nothing was lost that a person would miss; still there: 1 saved"
         " video.")),
        (listed(HIDDEN), outcome(),
         ("The app was deleted and installed again; this phone does not show what became of"
         " drafts.")),
        (listed(DRAFTS), outcome(result=ArmResult.REFUSED),
         "The phone refused it (uninstall_install): Failure [X]. Nothing was lost."),
        (listed(SAVED), outcome(Arm.KEEP_DATA, ArmResult.NOT_PROVED),
         ("The app was removed with its data kept, and installed again; nothing was lost that a"
         " person would miss; still there: 1 saved video. Whether it really took place is not"
         " proved.")),
    ],
)  # fmt: skip
def test_the_sentence(found: LossList, made: ArmOutcome, due: str) -> None:
    assert told(found, made) == due


def test_the_advice_comes_from_the_losses() -> None:
    def advice(found: LossList, made: ArmOutcome) -> tuple[str, ...]:
        return losses_found(found, made, server="not_checked", document="x").advice

    assert advice(listed(DRAFTS), outcome()) == ("Deleting the app cost 4 drafts.",)
    assert advice(listed(DRAFTS), outcome(result=ArmResult.REFUSED)) == ()
    assert advice(listed(DRAFTS), outcome(Arm.KEEP_DATA)) == ()
    cleared = listed(DRAFTS, reinstalled=False)
    assert "Clearing the app's storage cost 4 drafts" in advice(cleared, outcome(Arm.CLEAR))[0]
    assert advice(listed(SAVED, reinstalled=False), outcome(Arm.CLEAR)) == ()


def test_the_fact_counts_by_class() -> None:
    fact = losses_found(listed(DRAFTS, SAVED, CHATS), outcome(), server="checked", document="d")
    assert (fact.lost, fact.kept) == ({"draft": 4}, {"saved_video": 1})
    assert fact.cost == "4 drafts"
    assert (fact.arm, fact.result, fact.server, fact.document) == (
        "uninstall_install", "done", "checked", "d",
    )  # fmt: skip


def looked(*items: Item) -> Inventory:
    return Inventory("d", "a.b", 0, "t", PackageState(True), Tier.ADB_ROOT, items)


def chats(*keys: str) -> Item:
    rows = tuple(RowPart(key, key) for key in keys)
    parts = Parts((TableParts("msg", len(rows), rows),))
    return Item(Area.CE, "databases/im.db", 9, 0, "messages", parts=parts)


def test_only_what_came_back_as_it_was_shows_that_the_server_has_it() -> None:
    before, gone = looked(chats("a", "b")), looked()
    assert server_has(before, gone, looked(chats("a", "b", "c"))) == {"messages": True}
    assert server_has(before, gone, looked(chats("a"))) == {}, "not all of it"
    assert server_has(before, gone, looked(chats("x", "y"))) == {}, "a new one of the same name"
    assert server_has(before, before, before) == {}, "it was never gone"
    draft = Item(Area.CE, "files/d", 1, 0, "draft", sha256="ff")
    assert server_has(looked(draft), gone, looked(draft)) == {"draft": True}
