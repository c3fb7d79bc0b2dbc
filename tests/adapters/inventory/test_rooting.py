"""adb is root for one look, and what it was before afterwards."""

from pathlib import Path
from typing import Any, cast

import pytest

from harness.adapters.adb.device import AdbDevice
from harness.adapters.inventory import rooting
from harness.adapters.inventory.root_journal import RootJournal
from harness.adapters.inventory.rooting import as_root, mend_root, unroot
from harness.ports import InstrumentError


class Adbd:
    """As much of AdbDevice and its link as rooting uses."""

    name, serial = "sim", "S:1"

    def __init__(self, *, can: bool, root: bool = False, stuck: bool = False) -> None:
        self.can, self.now, self.stuck = can, root, stuck
        self.asked: list[str] = []
        self.link = self

    def is_root(self) -> bool:
        if "unroot:" in self.asked and self.asked.count("away") < 1:
            self.asked.append("away")
            raise InstrumentError("adb", "shell id -u", "device offline")
        return self.now

    def root(self) -> bool:
        self.asked.append("root:")
        self.now = self.can
        return self.can

    def device_service(self, serial: str, service: str, *, timeout: float) -> bytes:
        self.asked.append(service)
        self.now = self.stuck
        return b"restarting adbd as non root\n"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(rooting, "_POLL", 0.0)
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path))


@pytest.mark.parametrize(
    ("adbd", "allowed", "inside", "asked"),
    [
        (Adbd(can=True), True, True, ["root:", "unroot:", "away"]),
        (Adbd(can=False), True, False, ["root:"]),
        (Adbd(can=True), False, False, []),
        (Adbd(can=True, root=True), True, True, []),
    ],
    ids=["rootable", "retail", "not allowed", "root before"],
)
def test_as_root(adbd: Adbd, allowed: bool, inside: bool, asked: list[str]) -> None:
    before = adbd.now
    with as_root(cast("AdbDevice", cast("Any", adbd)), allowed=allowed) as rooted:
        assert rooted is inside

    assert adbd.asked == asked
    assert adbd.now is before


def test_a_phone_that_stays_root_is_said() -> None:
    adbd = Adbd(can=True, root=True, stuck=True)

    with pytest.raises(InstrumentError, match=r"still root after 0 s Run: adb -s S:1 unroot"):
        unroot(cast("AdbDevice", cast("Any", adbd)), timeout=0.05)


def test_root_is_noted_while_it_lasts() -> None:
    journal = RootJournal(Adbd.serial)
    with as_root(phone(Adbd(can=True)), allowed=True):
        assert journal.path.exists()
    assert not journal.path.exists()


def test_a_phone_that_ends_with_us_needs_no_note() -> None:
    with as_root(phone(Adbd(can=True)), allowed=True, ends=True) as rooted:
        assert rooted
        assert not RootJournal(Adbd.serial).path.exists()


def test_a_killed_look_is_mended_by_reset_or_by_the_next_look() -> None:
    RootJournal(Adbd.serial).open()
    adbd = Adbd(can=True, root=True)
    assert mend_root(phone(adbd)) == [
        "adb is no longer root, as before the look that was interrupted"
    ]
    assert (adbd.now, mend_root(phone(adbd))) == (False, [])

    RootJournal(Adbd.serial).open()
    again = Adbd(can=True, root=True)
    with as_root(phone(again), allowed=False) as rooted:
        assert rooted
    assert again.now is False
    assert not RootJournal(Adbd.serial).path.exists()


def test_a_phone_that_restarted_since_has_nothing_to_take_back() -> None:
    RootJournal(Adbd.serial).open()
    assert mend_root(phone(Adbd(can=True))) == []
    assert not RootJournal(Adbd.serial).path.exists()


def phone(adbd: Adbd) -> AdbDevice:
    return cast("AdbDevice", cast("Any", adbd))
