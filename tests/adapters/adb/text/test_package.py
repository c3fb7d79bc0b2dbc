import pytest

from harness.adapters.adb.text.package import read_archived, read_package

DUMP = """\
Key Set Manager:
  [com.example.feed]
      Signing KeySets: 41

Packages:
  Package [com.example.other] (aaaa):
    userId=10001
    versionCode=1 minSdk=26 targetSdk=34
    versionName=0.1
  Package [com.example.feed] (1f2e3d4):
    userId=10142
    codePath=/data/app/~~QWJj==/com.example.feed-MTIz==
    versionCode=310 minSdk=26 targetSdk=34
    versionName=3.1.0
    flags=[ SYSTEM HAS_CODE UPDATED_SYSTEM_APP ALLOW_BACKUP ]
    firstInstallTime=2009-01-01 01:00:00
    lastUpdateTime=2025-05-11 08:20:03
    installerPackageName=com.android.vending
    signatures=PackageSignatures{7c8d9e0 version:3, signatures:[0badf00d], past signatures:[]}
    User 0: ceDataInode=4711 installed=true hidden=false
      runtime permissions:

Hidden system packages:
  Package [com.example.feed] (5a6b7c8):
    userId=10142
    versionCode=200 minSdk=26 targetSdk=31
    versionName=2.0.0
"""

NEWER = """\
Packages:
  Package [com.example.feed] (1f2e3d4):
    appId=10150
    versionCode=5 minSdk=26 targetSdk=34
    versionName=5.0
    installerPackageName=null
    User 0: ceDataInode=1 deDataInode=2 installed={installed} hidden=false
      installReason=4
      firstInstallTime=2025-03-04 10:11:12
    User 10: ceDataInode=0 installed=false hidden=false
      firstInstallTime=1970-01-01 01:00:00
"""


def test_the_block_below_packages_counts_not_the_factory_apk() -> None:
    found = read_package(DUMP, "com.example.feed")

    assert found is not None
    assert (found.version_name, found.version_code, found.uid) == ("3.1.0", 310, 10142)
    assert found.updated_system_app
    assert found.installer == "com.android.vending"
    assert found.first_install == "2009-01-01 01:00:00"
    assert found.signatures == "0badf00d"


def test_newer_releases_keep_the_install_time_per_user() -> None:
    found = read_package(NEWER.format(installed="true"), "com.example.feed")

    assert found is not None
    assert found.uid == 10150
    assert found.first_install == "2025-03-04 10:11:12"
    assert found.installer is None
    assert found.installed


def test_a_remnant_of_user_0_is_not_installed() -> None:
    found = read_package(NEWER.format(installed="false"), "com.example.feed")

    assert found is not None
    assert not found.installed


def test_what_is_not_there_is_none() -> None:
    assert read_package(DUMP, "com.example") is None
    assert read_package("Unable to find package: com.example.feed", "com.example.feed") is None


@pytest.mark.parametrize(
    ("own", "due"),
    [
        ("    User 0: ceDataInode=1 installed=true\n      installReason=0\n", None),
        ("    User 0: ceDataInode=1 deDataInode=2 installed=true\n      installReason=0\n", False),
        (
            (
                "    User 0: ceDataInode=1 deDataInode=2 installed=false\n"
                "      firstInstallTime=2026-02-03 04:05:06\n"
                "      archiveTime=2026-03-03 04:05:06\n"
                "      unarchiveInstallerTitle=Store\n"
            ),
            True,
        ),
        ("", None),
    ],
    ids=["before Android 15", "installed", "archived", "nothing told"],
)
def test_archived_is_told_by_the_time_it_was(own: str, due: bool | None) -> None:
    assert read_archived(own) is due
