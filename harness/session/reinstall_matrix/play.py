"""Plays one cell on a phone of its own, so that each arm begins from the same state."""

from __future__ import annotations

import secrets
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from harness.adapters.adb.link import AdbLink
from harness.adapters.adb.streaming import StreamingDevice
from harness.adapters.inventory.take import take_inventory
from harness.adapters.observation_file import ObservationWriter
from harness.adapters.profile_file import load_profile
from harness.adapters.removal.arms import adb_keeps_data
from harness.domain.inventory import Inventory
from harness.domain.removal import LOSES_DATA, Arm
from harness.domain.storage import INTERNAL, Area
from harness.loss.loss_list import loss_list
from harness.ports import InstrumentError, ObservationLog
from harness.redaction.pseudonym import Pseudonyms
from harness.session.injection import told_rows
from harness.session.launch import Launched, launch
from harness.session.reinstall import Consent, Reinstall, Setting
from harness.session.reinstall_matrix.cell import Cell, CellResult
from harness.session.reinstall_matrix.person import Person
from harness.session.reinstall_matrix.things import true_fates, true_things, wrong_things
from harness.session.reinstall_matrix.truth import (
    Place,
    TrueFile,
    account_tags,
    by_area,
    judge,
    true_changes,
    true_files,
    words,
)
from harness.session.steps import NotRunError

KINDS = ("userdebug", "retail")
"""Phones that let adb become root, and such that do not."""
LISTING_SECONDS = 120.0
"""The phone hashes every file for its answer."""


def play(
    cell: Cell,
    link: AdbLink,
    *,
    content: str,
    kind: str = "userdebug",
    more: Sequence[str] = ("--card",),
    put_back: bool = True,
) -> CellResult:
    """`content`, `more`: of `harness phone`. Never raises for what the experiment does."""
    begun = time.monotonic()
    words = ["harness", "phone", "--count", "1", "--profile", kind, "--api", str(cell.api)]
    words += ["--content", content, *more, "--json"]
    try:
        with tempfile.TemporaryDirectory(prefix="harness-matrix-") as name:
            folder = Path(name)
            phone = launch("matrix", words, adb_port=link.port, log=folder / "phone.log")
            try:
                result = _Desk(phone, link, folder, kind).experiment(cell, put_back=put_back)
            finally:
                phone.stop()
    except (InstrumentError, NotRunError, AssertionError) as error:
        result = CellResult(cell.key, cell.api, cell.arm, trouble=str(error) or repr(error))
    return replace(result, seconds=round(time.monotonic() - begun, 1))


class _Desk:
    """The phone, its truth, and the experiment on it."""

    def __init__(self, phone: Launched, link: AdbLink, folder: Path, kind: str) -> None:
        if phone.control is None:
            raise InstrumentError("tools", "play an arm", "the phone has no control address")
        self._control = phone.control
        self._device = StreamingDevice("matrix", phone.serial, link)
        self._folder = folder
        self._key = secrets.token_bytes(16)
        self._profile = load_profile("tiktok")
        self._package = self._profile.packages[0]
        if kind == KINDS[0] and not self._device.root():
            raise InstrumentError("adb", "become root", "the phone refused it")

    def experiment(self, cell: Cell, *, put_back: bool) -> CellResult:
        """All steps of the arm. Raises InstrumentError and NotRunError."""
        rows = told_rows(self._control, "/files", timeout=LISTING_SECONDS)
        storage = self._profile.storage
        tags = account_tags(rows, self._package, storage, Pseudonyms(self._key).tag)
        before = true_files(rows, self._package, tags)
        things = true_things(told_rows(self._control, "/planted"), self._package, tags)
        person = Person(self._device, self._package)
        with ObservationWriter(self._folder / "facts.jsonl", source="harness", host="desk") as log:
            made = self._reinstall(cell.arm, person, log)
            _go_through(made, person)
            after = self._true_files(tags)
            if put_back:
                made.put_back()
        if made.before is None or made.after is None or made.outcome is None:
            raise InstrumentError("script", "play an arm", "it was not made to its end")
        losses = loss_list(made.before, made.after, storage)
        changes = true_changes(before, after)
        judged, fates = judge(changes, losses), true_fates(things, changes)
        undone = put_back and cell.arm in LOSES_DATA
        return CellResult(
            cell.key,
            cell.api,
            cell.arm,
            result=made.outcome.result,
            answer=made.outcome.answer,
            had=sum(judged.fates.values()),
            size=sum(before[place].size for place in changes if place in before),
            fates=judged.fates,
            areas=by_area(changes),
            things={
                name: {str(fate): n for fate, n in counts.items()} for name, counts in fates.items()
            },
            right=judged.right,
            wrong=(*judged.wrong, *wrong_things(fates, losses)),
            not_back=_missing(before, self._true_files(tags)) if undone else (),
        )

    def _reinstall(self, arm: Arm, person: Person, log: ObservationLog) -> Reinstall:
        setting = Setting(
            self._device,
            self._package,
            run="matrix",
            launched=True,
            log=log,
            state=self._folder / "removals",
            ask_adb=partial(adb_keeps_data, self._device),
            tell=person.hear,
        )
        consent = Consent(
            entry_allows=True, run_allows=True, test_account=True, named=True, attended=True
        )
        return Reinstall(setting, arm, consent, self._take)

    def _take(self, earlier: Inventory | None) -> Inventory:
        return take_inventory(
            self._device, self._profile, package=self._package, earlier=earlier, key=self._key
        )

    def _true_files(self, tags: Mapping[str, str]) -> dict[Place, TrueFile]:
        return true_files(
            told_rows(self._control, "/files", timeout=LISTING_SECONDS), self._package, tags
        )


def _go_through(made: Reinstall, person: Person) -> None:
    made.require_consent()
    made.take_before()
    made.save()
    made.remove()
    person.done()
    made.install()
    made.take_after()


def _missing(before: Mapping[Place, TrueFile], now: Mapping[Place, TrueFile]) -> tuple[str, ...]:
    """Files that were not put back. Compiled code is not: the system makes it again. What lay
    on an adopted card is put back where the app is installed now."""
    return tuple(
        words(place)
        for place, file in before.items()
        if place[1] is not Area.CODE_CACHE
        and not _same(file, now.get(place) or now.get((INTERNAL, *place[1:])))
    )


def _same(file: TrueFile, now: TrueFile | None) -> bool:
    return now is not None and now.sha256 == file.sha256
