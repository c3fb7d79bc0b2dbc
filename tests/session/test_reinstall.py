"""The experiment from consent to the last file put back, and cut off at every single command."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.removal.journal import RemovalJournal
from harness.adapters.removal.mending import mend_removal
from harness.domain.facts.removal import RemovalMade, RemovalPrepared
from harness.domain.inventory import Inventory
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm
from harness.domain.storage import Tier
from harness.ports import InstrumentError
from harness.session.reinstall import Consent, Reinstall, Setting
from harness.session.steps import NotRunError
from tests.adapters.removal.conftest import FILES, make_phone, planted
from tests.adapters.removal.folder_phone import PACKAGE, CableError, FolderPhone

YES = Consent(entry_allows=True, run_allows=True, test_account=True, named=True)


class Log:
    def __init__(self) -> None:
        self.facts: list[Any] = []

    def write(self, kind: str, facts: Any, **_: object) -> Any:
        self.facts.append(facts)


def looked(_: Inventory | None) -> Inventory:
    return Inventory(
        "folder", PACKAGE, 0, "2026-03-02T09:00:00+00:00", PackageState(True), Tier.ADB_ROOT
    )


def experiment(
    phone: FolderPhone, folder: Path, arm: Arm = Arm.UNINSTALL_INSTALL, consent: Consent = YES
) -> tuple[Reinstall, Log]:
    log = Log()
    setting = Setting(phone, PACKAGE, run="r", launched=False, log=log, state=folder / "state")
    return Reinstall(setting, arm, consent, looked), log


def to_the_end(made: Reinstall) -> None:
    made.require_consent()
    made.take_before()
    made.save()
    made.remove()
    made.install()
    made.take_after()
    made.put_back()


@pytest.fixture
def phone(tmp_path: Path) -> FolderPhone:
    return make_phone(tmp_path / "phone")


@pytest.mark.parametrize(
    ("arm", "changed"),
    [
        (Arm.NOTHING, False), (Arm.STOP_START, False), (Arm.CLEAR, True),
        (Arm.UPDATE_IN_PLACE, True), (Arm.KEEP_DATA, True), (Arm.UNINSTALL_INSTALL, True),
    ],
)  # fmt: skip
def test_each_arm_is_proved_and_leaves_the_phone_as_it_was(
    phone: FolderPhone, tmp_path: Path, arm: Arm, changed: bool
) -> None:
    made, log = experiment(phone, tmp_path, arm)
    to_the_end(made)
    assert made.outcome is not None
    assert made.outcome.result == "done", made.outcome
    assert phone.installed
    assert planted(phone) == FILES
    assert not list((tmp_path / "state").glob("**/*.*")), "no copy and no journal is left"
    prepared, done = log.facts
    assert isinstance(prepared, RemovalPrepared)
    assert isinstance(done, RemovalMade)
    assert (prepared.saved_files == len(FILES)) is changed
    assert made.clean_up() is None


def test_between_removal_and_return_the_data_is_really_gone(
    phone: FolderPhone, tmp_path: Path
) -> None:
    made, _ = experiment(phone, tmp_path)
    made.take_before()
    made.save()
    made.remove()
    assert set(planted(phone).values()) == {None}
    made.install()
    assert set(planted(phone).values()) == {None}


@pytest.mark.parametrize(
    ("arm", "command", "answer"),
    [
        (Arm.UNINSTALL_INSTALL, "pm uninstall", "Failure [DELETE_FAILED_DEVICE_POLICY_MANAGER]"),
        (Arm.CLEAR, "pm clear", "Failed"),
        (Arm.ARCHIVE, "pm archive", "Unknown command: archive"),
        (Arm.UPDATE_IN_PLACE, "install-commit", "Failure [INSTALL_FAILED_USER_RESTRICTED]"),
    ],
)
def test_what_android_refuses_is_refused_and_not_failed(
    phone: FolderPhone, tmp_path: Path, arm: Arm, command: str, answer: str
) -> None:
    phone.refuses[command] = answer
    made, log = experiment(phone, tmp_path, arm)
    to_the_end(made)
    assert made.refused
    assert (log.facts[-1].result, log.facts[-1].answer) == ("refused", answer)
    assert planted(phone) == FILES
    assert not RemovalJournal(phone.serial, tmp_path / "state").path.exists()


@pytest.mark.parametrize(
    ("refuse", "reason"),
    [
        ({"install-commit": "Failure [INSTALL_FAILED_USER_RESTRICTED]"}, "not_installable"),
        ({"install-create": "Error: no"}, "not_installable"),
    ],
)
def test_an_app_that_the_phone_would_not_take_again_is_not_deleted(
    phone: FolderPhone, tmp_path: Path, refuse: dict[str, str], reason: str
) -> None:
    phone.refuses |= refuse
    made, _ = experiment(phone, tmp_path)
    with pytest.raises(NotRunError) as caught:
        to_the_end(made)
    assert caught.value.reason == reason
    untouched(phone, tmp_path)


def test_a_damaged_copy_of_the_app_is_not_trusted(phone: FolderPhone, tmp_path: Path) -> None:
    phone.apk.write_bytes(b"no APK")
    made, _ = experiment(phone, tmp_path)
    with pytest.raises(NotRunError, match="no APK"):
        to_the_end(made)
    untouched(phone, tmp_path)


@pytest.mark.parametrize(
    ("consent", "reason"),
    [
        (replace(YES, run_allows=False), "no_consent"),
        (replace(YES, entry_allows=False), "no_consent"),
        (replace(YES, test_account=False), "no_test_account"),
    ],
)
def test_without_consent_nothing_is_touched(
    phone: FolderPhone, tmp_path: Path, consent: Consent, reason: str
) -> None:
    made, log = experiment(phone, tmp_path, consent=consent)
    with pytest.raises(NotRunError) as caught:
        made.require_consent()
    assert caught.value.reason == reason
    assert log.facts == []
    untouched(phone, tmp_path)


def test_a_full_disk_of_ours_deletes_nothing(
    phone: FolderPhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("harness.session.reinstall.save_roots", full)
    made, _ = experiment(phone, tmp_path)
    made.take_before()
    with pytest.raises(InstrumentError, match=r"disk: save a\.b .*No space left.*Make room"):
        made.save()
    untouched(phone, tmp_path)


def untouched(phone: FolderPhone, folder: Path) -> None:
    assert phone.installed
    assert planted(phone) == FILES
    assert not [command for command in phone.done if "uninstall" in command or "clear" in command]
    assert not RemovalJournal(phone.serial, folder / "state").path.exists()


def cut_at(number: int) -> Callable[[str], None]:
    """The cable goes at the `number`th command and stays out."""
    count = 0

    def look(_: str) -> None:
        nonlocal count
        count += 1
        if count >= number:
            raise CableError

    return look


def commands_of(tmp_path: Path, arm: Arm) -> int:
    probe = make_phone(tmp_path / "probe")
    made, _ = experiment(probe, tmp_path / "probe-state", arm)
    to_the_end(made)
    return len(probe.done)


@pytest.mark.parametrize(
    ("arm", "every"), [(Arm.UNINSTALL_INSTALL, 1), (Arm.CLEAR, 2), (Arm.KEEP_DATA, 4)]
)
def test_cut_off_at_any_command_the_next_one_mends_it(tmp_path: Path, arm: Arm, every: int) -> None:
    total = commands_of(tmp_path, arm)
    assert total > 20
    for number in range(1, total + 1, every):
        phone = make_phone(tmp_path / f"phone-{number}")
        phone.before_shell = cut_at(number)
        made, _ = experiment(phone, tmp_path / f"{number}", arm)
        with pytest.raises(InstrumentError):
            to_the_end(made)
        phone.before_shell = lambda _: None
        folder = tmp_path / f"{number}" / "state"
        mended = mend_removal(phone, folder=folder)
        assert phone.installed, number
        assert planted(phone) == FILES, number
        assert not list(folder.glob("*.json"))
        if mended is not None:
            assert f"({arm}) was interrupted" in mended.lines[0]
            assert mended.whole


def test_a_step_that_fails_brings_the_app_back_at_once(phone: FolderPhone, tmp_path: Path) -> None:
    made, _ = experiment(phone, tmp_path)
    made.take_before()
    made.save()
    made.remove()
    mended = made.clean_up()
    assert mended is not None
    assert "is not installed" in mended.lines[0]
    assert planted(phone) == FILES
