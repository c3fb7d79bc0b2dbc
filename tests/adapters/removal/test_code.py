"""The app's code is pulled whole and checked before anything depends on it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.removal.code import code_problem, pull_code
from harness.adapters.removal.installing import InstallRefusedError, install_code
from harness.adapters.removal.standing import read_standing
from harness.domain.package_state import PackageState
from harness.ports import InstrumentError
from tests.adapters.removal.folder_phone import PACKAGE, FolderPhone


def test_pulled_and_installed_again(phone: FolderPhone, copies: Path) -> None:
    parts = pull_code(phone, PACKAGE, copies)
    assert [part.name for part in parts] == ["base.apk"]
    assert code_problem(parts, read_standing(phone, PACKAGE), copies) is None
    phone.shell(f"pm uninstall {PACKAGE}")
    sessions: list[int] = []
    answer = install_code(
        phone, parts, copies, installer="com.android.vending", opened=sessions.append
    )
    assert (answer, sessions) == ("Success", [7])
    assert any("-i 'com.android.vending'" in command for command in phone.done)
    assert read_standing(phone, PACKAGE).uid == 10181


@pytest.mark.parametrize(
    ("state", "content", "due"),
    [
        (PackageState(True, splits=("base", "config.de")), None, "names 2 parts, 1 were found"),
        (PackageState(True), b"no zip", "is no APK"),
    ],
)
def test_a_copy_that_would_not_install(
    phone: FolderPhone, copies: Path, state: PackageState, content: bytes | None, due: str
) -> None:
    parts = pull_code(phone, PACKAGE, copies)
    if content is not None:
        (copies / parts[0].file).write_bytes(content)
    assert due in (code_problem(parts, state, copies) or "")


def test_an_apk_that_is_cut_off_on_its_way(phone: FolderPhone, copies: Path) -> None:
    phone.refuses["sha256sum"] = "0" * 64
    with pytest.raises(InstrumentError, match="another SHA-256"):
        pull_code(phone, PACKAGE, copies)


def test_an_app_that_is_not_there(phone: FolderPhone, copies: Path) -> None:
    phone.installed = False
    with pytest.raises(InstrumentError, match="is the app installed"):
        pull_code(phone, PACKAGE, copies)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("install-create", "Error: not now"),
        ("install-write", "Failure"),
        ("install-commit", "Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]"),
    ],
)
def test_a_phone_that_refuses_says_why(
    phone: FolderPhone, copies: Path, command: str, answer: str
) -> None:
    parts = pull_code(phone, PACKAGE, copies)
    phone.refuses[command] = answer
    with pytest.raises(InstallRefusedError) as caught:
        install_code(phone, parts, copies, installer=None)
    assert caught.value.answer == answer
    assert ("Install via USB" in str(caught.value)) == ("USER_RESTRICTED" in answer)
    if command != "install-create":
        assert any(done.startswith("pm install-abandon 7") for done in phone.done)


def test_standing_of_what_is_there_kept_or_gone(phone: FolderPhone) -> None:
    there = read_standing(phone, PACKAGE)
    assert (there.installed, there.splits, there.version_code) == (True, ("base",), 7)
    phone.shell(f"cmd package uninstall -k --user 0 {PACKAGE}")
    remnant = read_standing(phone, PACKAGE)
    assert (remnant.installed, remnant.data_kept, remnant.ce_inode) == (False, True, there.ce_inode)
    phone.kept = False
    assert read_standing(phone, PACKAGE) == replace(PackageState(False))
