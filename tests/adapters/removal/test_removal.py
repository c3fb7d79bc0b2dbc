"""Arms, proofs in the log, what speaks against it, the journal and the mending."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.removal import mending
from harness.adapters.removal.arms import ArmRefusedError, perform
from harness.adapters.removal.circumstances import read_circumstances
from harness.adapters.removal.journal import (
    KEPT_DAYS,
    RemovalJournal,
    Stage,
    drop_old_copies,
    open_removals,
)
from harness.adapters.removal.marks import log_moment, log_since
from harness.adapters.removal.mending import mend_removal
from harness.adapters.removal.permissions import grant_again, granted_permissions
from harness.adapters.removal.standing import read_standing
from harness.domain.interlock import Circumstances
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm
from harness.domain.storage import Tier
from tests.adapters.adb.conftest import FakePhone
from tests.adapters.removal.conftest import FILES, planted
from tests.adapters.removal.folder_phone import CE, PACKAGE, FolderPhone


def test_an_arm_is_for_one_user_and_says_what_the_phone_said(phone: FolderPhone) -> None:
    assert perform(phone, Arm.NOTHING, PACKAGE) == ""
    assert perform(phone, Arm.STOP_START, PACKAGE) == ""
    assert perform(phone, Arm.UNINSTALL_INSTALL, PACKAGE) == "Success"
    assert phone.done[-1] == f"pm uninstall --user 0 '{PACKAGE}'"


@pytest.mark.parametrize("arm", [Arm.ARCHIVE, Arm.STOP_START, Arm.CLEAR])
def test_a_refusal_carries_the_phones_words(arm: Arm) -> None:
    phone = FakePhone({"pm": ("\nUnknown command: archive\nusage: …\n", 255), "am": ("", 1)})
    with pytest.raises(ArmRefusedError) as caught:
        perform(phone, arm, PACKAGE)
    assert caught.value.answer in {"Unknown command: archive", "exit 1"}


def test_the_log_is_asked_from_that_moment_on() -> None:
    phone = FakePhone({"date": "03-02 09:00:00.000\n", "logcat": "deletePackageX a.b\n"})
    moment = log_moment(phone)
    assert log_since(phone, moment, PACKAGE).startswith("deletePackageX")
    assert "-T '03-02 09:00:00.000'" in phone.asked[-1]
    assert "-T" not in log_since_command(FakePhone({"date": "?"}))


def log_since_command(phone: FakePhone) -> str:
    log_since(phone, log_moment(phone), PACKAGE)
    return phone.asked[-1]


BATCH = {
    "battery": "Current Battery Service state:\n  level: 61\n  scale: 100\n",
    "df": "Filesystem 1K-blocks Used Available Use% Mounted on\n"
    "/dev/block/dm-9 110000000 33000000 77000000  30% /data\n",
    "code": "2000\n3000\n",
    "user": "RUNNING_LOCKED\n",
    "accounts": "User UserInfo{0:Owner:c13}:\n  Accounts: 3\n",
    "calls": "Row: 0 _id=1\nRow: 1 _id=2\n",
    "images": "Row: 0 _id=17\n",
    "videos": "No result found.\n",
    "owner": "Current Device Policy Manager state:\n  Device Owner:\n    admin=x\n",
    "cards": "private mounted null\nprivate:8,1 removed abcd-uuid\n",
}


def circumstances(texts: dict[str, str], others: tuple[int, ...] = ()) -> Circumstances:
    answer = "".join(f"@@harness {name}\n{text}\n" for name, text in texts.items())
    return read_circumstances(
        FakePhone({"echo": answer}), PackageState(True, other_users=others), package=PACKAGE,
        arm=Arm.CLEAR,
        entry_allows=True, run_allows=True, test_account=True, named=False, attended=False,
    )  # fmt: skip


def test_what_speaks_against_it_is_read_from_the_phone() -> None:
    seen = circumstances(BATCH)
    assert (seen.battery, seen.free_bytes, seen.code_bytes) == (61, 77000000 * 1024, 5000)
    assert (seen.unlocked, seen.managed, seen.absent_card) == (False, True, "abcd-uuid")
    assert (seen.accounts, seen.calls, seen.media) == (3, 2, 1)


def test_what_the_phone_does_not_tell_is_not_known() -> None:
    seen = circumstances({"videos": "Error while accessing provider:media"})
    told = (seen.battery, seen.free_bytes, seen.unlocked, seen.managed, seen.absent_card)
    assert told == (None,) * 5
    assert (seen.accounts, seen.calls, seen.media) == (None, None, None)
    assert circumstances({"user": "RUNNING_UNLOCKED"}).unlocked is True
    assert circumstances({"owner": "Current Device Policy"}).managed is False
    assert circumstances({"owner": "  Device Owner: \n"}).managed is True
    assert circumstances({"owner": "  Profile Owner (User 0): \n"}).managed is True
    assert circumstances({"owner": "  Profile Owner (User 10): \n"}).managed is False


def test_clones_that_have_the_app_are_known_by_their_user() -> None:
    users = "Users:\n" + "".join(
        f"\tUserInfo{{{text}}} running\n"
        for text in ("0:Owner:c13", "10:Work: lab:1030", "11:Private:1010", "999:Dual:10")
    )
    assert circumstances({"users": users}).clones == ()
    seen = circumstances({"users": users}, (10, 999))
    assert (seen.other_users, seen.clones) == ((10, 999), (999,))


def test_the_journal_is_private_and_holds_every_stage(tmp_path: Path) -> None:
    journal = RemovalJournal("127.0.0.1:5555", tmp_path)
    removal = journal.open("desk", PACKAGE, Arm.CLEAR, user=0, run="r")
    assert journal.path.name == "127.0.0.1_5555.json"
    assert stat.S_IMODE(Path(removal.folder).stat().st_mode) == 0o700
    journal.enter(removal, Stage.REMOVING)
    journal.note_session(removal, 7)
    (again,) = open_removals(tmp_path)
    assert (again.stage, again.session, again.owner_lives) == (Stage.REMOVING, 7, False)
    journal.close(removal)
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "S1.json").write_text("{}")
    with pytest.raises(ValueError, match=r"S1\.json: not a journal of ours"):
        RemovalJournal("S1", tmp_path).load()


def test_copies_that_nobody_names_are_dropped_when_old(tmp_path: Path) -> None:
    journal = RemovalJournal("S1", tmp_path)
    removal = journal.open("desk", PACKAGE, Arm.CLEAR, user=0, run="r")
    old, new = tmp_path / "S2-aa-replaced", tmp_path / "S3-bb-replaced"
    for folder in (old, new):
        folder.mkdir()
    later = new.stat().st_mtime + KEPT_DAYS * 86_400
    os.utime(old, (0, 0))
    os.utime(removal.folder, (0, 0))
    assert drop_old_copies(tmp_path, now=later) == [old]
    assert new.exists()
    assert Path(removal.folder).exists()


def interrupted(
    phone: FolderPhone, folder: Path, stage: Stage, arm: Arm = Arm.UNINSTALL_INSTALL
) -> RemovalJournal:
    """As a run leaves it that is killed in `stage` after it had saved everything."""
    from harness.adapters.removal.code import pull_code
    from harness.adapters.removal.entrance import Entrance
    from harness.adapters.removal.roots import roots_of
    from harness.adapters.removal.saving import save_roots

    journal = RemovalJournal(phone.serial, folder)
    removal = journal.open("desk", PACKAGE, arm, user=0, run="r")
    copies, way = Path(removal.folder), Entrance(Tier.ADB_ROOT, PACKAGE)
    removal.before, removal.tier = read_standing(phone, PACKAGE), way.tier
    removal.code = pull_code(phone, PACKAGE, copies)
    removal.saved, removal.unsaved = save_roots(phone, way, roots_of(way, ()), (), copies)
    journal.enter(removal, stage)
    return journal


def test_nothing_interrupted_is_nothing_to_say(phone: FolderPhone, tmp_path: Path) -> None:
    assert mend_removal(phone, folder=tmp_path / "none") is None


def test_an_app_that_is_gone_comes_back_with_its_files(phone: FolderPhone, tmp_path: Path) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)
    phone.shell(f"pm uninstall {PACKAGE}")
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert [line for line in mended.lines if "is not installed" in line]
    assert f"installed {PACKAGE} 1.0 again" in mended.lines
    assert f"put {len(FILES)} saved files back" in mended.lines
    assert planted(phone) == FILES
    assert not journal.path.exists()


def test_a_removal_that_never_reached_the_phone_is_left_alone(
    phone: FolderPhone, tmp_path: Path
) -> None:
    interrupted(phone, tmp_path / "s", Stage.REMOVING)
    phone.put(f"{CE}/files/newer", b"drafted since")
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert mended.lines[-1] == "its data was not deleted and is as it was"
    assert phone.host(f"{CE}/files/newer").exists()


def test_what_was_made_since_is_kept_beside(phone: FolderPhone, tmp_path: Path) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.INSTALLED)
    removal = journal.load()
    assert removal is not None
    phone.shell(f"pm uninstall {PACKAGE}")
    mend_code = RemovalJournal(phone.serial, tmp_path / "s")
    assert mend_code.path == journal.path
    phone.uid, phone.installed, phone.born = 10181, True, 9
    phone.put(f"{CE}/files/draft/new", b"drafted since")
    phone.host(f"/data/user_de/0/{PACKAGE}").mkdir(parents=True)
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    (told,) = [line for line in mended.lines if "what the app kept since then lies in" in line]
    assert list(Path(told.rpartition(" ")[2]).glob("*.tar"))
    assert planted(phone) == FILES


def test_without_the_rights_of_then_the_copy_stays(phone: FolderPhone, tmp_path: Path) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.INSTALLED)
    phone.shell(f"pm uninstall {PACKAGE}")
    phone.rooted = False
    phone.refuses["command -v su"] = ""
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert not mended.whole
    assert [line for line in mended.lines if "needs root to be put back" in line]
    assert journal.path.exists()
    phone.rooted = True
    again = mend_removal(phone, folder=tmp_path / "s")
    assert again is not None
    assert again.whole
    assert planted(phone) == FILES


def test_another_phone_at_the_same_address_gets_nothing(phone: FolderPhone, tmp_path: Path) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)
    removal = journal.load()
    assert removal is not None
    removal.phone_id = "1122334455667788"
    journal.enter(removal, Stage.REMOVING)
    phone.android_id = "8877665544332211"
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert "another phone answers" in mended.lines[0]
    assert journal.path.exists()
    phone.android_id = removal.phone_id
    again = mend_removal(phone, folder=tmp_path / "s")
    assert again is not None
    assert again.whole


def test_an_app_whose_card_is_out_is_not_installed_beside_it(
    phone: FolderPhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)

    def away(*_: object, **__: object) -> PackageState:
        return PackageState(installed=False, away="5f3a-uuid")

    with monkeypatch.context() as patched:
        patched.setattr(mending, "read_standing", away)
        mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert not mended.whole
    assert "card 5f3a-uuid, which is not in folder" in mended.lines[-1]
    assert journal.path.exists()
    again = mend_removal(phone, folder=tmp_path / "s")
    assert again is not None
    assert again.whole


def test_the_copy_of_a_clone_that_went_along_is_told(phone: FolderPhone, tmp_path: Path) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)
    removal = journal.load()
    assert removal is not None
    assert removal.before is not None
    removal.before = replace(removal.before, other_users=(999,))
    journal.enter(removal, Stage.REMOVING)
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert any("user 999 went with it" in line for line in mended.lines)


def test_a_phone_in_use_is_left_alone(phone: FolderPhone, tmp_path: Path) -> None:
    import psutil

    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)
    removal = journal.load()
    assert removal is not None
    removal.pid, removal.started = os.getppid(), psutil.Process(os.getppid()).create_time()
    journal.enter(removal, Stage.REMOVING)
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert "left alone" in mended.lines[0]
    assert journal.path.exists()


def test_a_phone_that_ended_with_its_run_gets_no_old_files(
    phone: FolderPhone, tmp_path: Path
) -> None:
    journal = interrupted(phone, tmp_path / "s", Stage.REMOVING)
    removal = journal.load()
    assert removal is not None
    removal.launched = True
    journal.enter(removal, Stage.REMOVING)
    before = len(phone.done)
    mended = mend_removal(phone, folder=tmp_path / "s")
    assert mended is not None
    assert "ended with its run" in mended.lines[0]
    assert len(phone.done) == before
    assert not journal.path.exists()


DUMP = f"""Packages:
  Package [{PACKAGE}] (1a2b):
    appId=10180
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: ceDataInode=41 installed=true
      runtime permissions:
        android.permission.CAMERA: granted=true, flags=[ USER_SET ]
        android.permission.RECORD_AUDIO: granted=false
        android.permission.READ_MEDIA_VIDEO: granted=true, flags=[ GRANTED_BY_DEFAULT]
    User 10: ceDataInode=0 installed=false
      runtime permissions:
        android.permission.READ_CONTACTS: granted=true
"""


def test_permissions_that_a_person_gave_are_given_again() -> None:
    phone = FakePhone({"dumpsys": DUMP, "pm grant --user 0 'a.b' 'android.permission.CAMERA'": ""})
    names = granted_permissions(phone, PACKAGE)
    assert names == ("android.permission.CAMERA", "android.permission.READ_MEDIA_VIDEO")
    assert grant_again(phone, PACKAGE, names) == ("android.permission.READ_MEDIA_VIDEO",)
    assert granted_permissions(FakePhone({"dumpsys": ""}), PACKAGE) == ()


def test_the_state_of_an_app_that_keeps_nothing() -> None:
    assert replace(PackageState(False)) == read_standing(FakePhone({"echo": ""}), PACKAGE)
