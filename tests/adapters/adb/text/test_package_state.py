"""Package state over releases: shapes of the storage reference 8.1 and 8.2, values invented."""

import pytest

from harness.adapters.adb.text.package_state import read_state
from harness.domain.package_state import BackupState, PackageState
from tests.adapters.adb.text.test_package import DUMP, NEWER

FEED = "com.example.feed"
PATHS = f"package:/data/app/{FEED}-1/base.apk\npackage:/data/app/{FEED}-1/split_config.en.apk\n"
BMGR = (
    "Backup Manager currently enabled\n    com.android.localtransport/.LocalTransport\n"
    "  * com.google.android.gms/.backup.BackupTransportService\n"
)


def test_an_updated_system_app_of_api_30() -> None:
    found = read_state(DUMP, FEED, paths=PATHS, zone="+0100", backup=BMGR, signer="ab")

    assert found == PackageState(
        installed=True,
        uid=10142,
        ce_inode=4711,
        first_install="2009-01-01T00:00:00+00:00",
        last_update="2025-05-11T07:20:03+00:00",
        installer="com.android.vending",
        signer="ab",
        version_name="3.1.0",
        version_code=310,
        flags=("SYSTEM", "HAS_CODE", "UPDATED_SYSTEM_APP", "ALLOW_BACKUP"),
        code_paths=tuple(line.removeprefix("package:") for line in PATHS.split()),
        backup=BackupState(
            allowed=True,
            enabled=True,
            transport="com.google.android.gms/.backup.BackupTransportService",
        ),
        preinstalled=True,
    )


def test_newer_releases_keep_times_and_inodes_per_user() -> None:
    dump = NEWER.format(installed="true")
    found = read_state(dump, FEED, paths=PATHS, zone="-0530")
    other = read_state(dump, FEED, paths="", zone="-0530", user=10)

    assert (found.ce_inode, found.de_inode) == (1, 2)
    assert found.first_install == "2025-03-04T15:41:12+00:00"
    assert found.installer is None
    assert (found.installed, found.data_kept, found.other_users) == (True, False, ())
    assert (other.installed, other.ce_inode, other.first_install) == (False, None, None)
    assert other.other_users == (0,)
    assert not other.data_kept  # another user has the app: this one has no remnant


def test_a_remnant_with_kept_data_is_not_installed() -> None:
    found = read_state(NEWER.format(installed="false"), FEED, paths="", zone="+0000")

    assert (found.installed, found.data_kept) == (False, True)


@pytest.mark.parametrize(
    ("dump", "paths", "installed"),
    [("Unable to find package: x\n", "", False), ("", PATHS, True), (DUMP, "", False)],
    ids=["gone", "no dump", "no path"],
)
def test_little_known(dump: str, paths: str, installed: bool) -> None:
    assert read_state(dump, FEED, paths=paths, zone="").installed is installed


@pytest.mark.parametrize(
    ("backup", "state"),
    [
        ("Backup Manager currently disabled\n", BackupState(True, enabled=False)),
        ("Error: Could not access the Backup Manager.", BackupState(True)),
    ],
)
def test_backup(backup: str, state: BackupState) -> None:
    assert read_state(DUMP, FEED, paths=PATHS, zone="", backup=backup).backup == state


def test_splits_and_a_time_that_is_none() -> None:
    dump = DUMP.replace("flags=[ SYSTEM", "splits=[base, config.en]\n    flags=[ SYSTEM")
    dump = dump.replace("lastUpdateTime=2025-05-11 08:20:03", "lastUpdateTime=soon")
    found = read_state(dump, FEED, paths=PATHS, zone="+0100")

    assert found.splits == ("base", "config.en")
    assert found.last_update is None


def test_an_archived_app_is_neither_installed_nor_a_remnant() -> None:
    dump = NEWER.format(installed="false").replace(
        "      firstInstallTime=2025-03-04 10:11:12\n",
        "      firstInstallTime=2025-03-04 10:11:12\n      archiveTime=2025-04-04 10:11:12\n",
    )
    assert "archiveTime" in dump
    found = read_state(dump, FEED, paths="", zone="+0000")
    assert (found.installed, found.archived, found.data_kept) == (False, True, False)
