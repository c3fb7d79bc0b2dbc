"""Which build a scenario meets."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from harness.domain.app_build import BuildPin
from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage
from harness.ports import InstrumentError
from harness.session import build_check
from harness.session.build_check import check_build
from harness.session.phone_session import PhoneSession
from tests.adapters.removal.folder_phone import FolderPhone
from tests.session.test_phone_session import PROFILE

APP = AppPackage(PROFILE.packages[0], "43.1.4", 2024301040, "ab" * 32, None, "com.android.vending")
UPDATED = replace(APP, version_name="47.0.3", version_code=2024700030)


class Journal:
    """Keeps what is written."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, Any]] = []
        self.failures: list[InstrumentError] = []

    def log(self, source: str) -> Journal:
        assert source == "adb"
        return self

    def write(self, kind: str, facts: Any) -> None:
        self.lines.append((kind, facts))

    def failed(self, error: InstrumentError) -> None:
        self.failures.append(error)


class Session:
    def __init__(self, folder: Path, pin: BuildPin) -> None:
        self.entry = DeviceEntry("one", serial="S1", pin=pin)
        self.device, self.profile = FolderPhone(folder), PROFILE
        self.app, self.journal = APP, Journal()


@pytest.mark.parametrize(
    ("found", "entry", "marker", "kinds", "said"),
    [
        (APP, BuildPin(), BuildPin(), [], ""),
        (APP, BuildPin("43.1.4"), BuildPin(), [], ""),
        (APP, BuildPin("43.1.4"), BuildPin("42.*"), ["app.deviation"], "Version 42.* was asked"),
        (APP, BuildPin("43.1.4", "cd" * 8), BuildPin(), ["app.deviation"], "Signer cdcd"),
        (UPDATED, BuildPin(), BuildPin(), ["app.package", "app.deviation"], "app was updated by"),
        (replace(APP, installer="x"), BuildPin(), BuildPin(), ["app.package"], ""),
        (None, BuildPin(), BuildPin(), [], ""),
    ],
    ids=["no pin", "right", "marker", "signer", "store update", "same build", "gone"],
)
def test_what_is_written_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, found: AppPackage | None,
    entry: BuildPin, marker: BuildPin, kinds: list[str], said: str,
) -> None:  # fmt: skip
    def read(*_: object, **__: object) -> AppPackage | None:
        return found

    monkeypatch.setattr(build_check, "read_app", read)
    session = Session(tmp_path, entry)

    check_build(cast("PhoneSession", session), marker)

    assert [kind for kind, _ in session.journal.lines] == kinds
    assert session.app == (found or APP)
    if said:
        assert said in " ".join(session.journal.lines[-1][1].statements)


def test_a_phone_that_does_not_answer_is_noted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise InstrumentError("adb", "dumpsys package", "closed")

    monkeypatch.setattr(build_check, "read_app", fail)
    session = Session(tmp_path, BuildPin("43.1.4"))
    check_build(cast("PhoneSession", session), BuildPin())
    assert [error.detail for error in session.journal.failures] == ["closed"]
    assert session.journal.lines == []
