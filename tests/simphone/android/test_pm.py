from pathlib import Path

import pytest

from harness.simphone.android.apk.manifest import Component, IntentFilter
from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import APP, CAMERA, MAIN, FakePhone

HOME = "com.google.android.apps.nexuslauncher"
HOME_INTENT = "-a android.intent.action.MAIN -c android.intent.category.HOME"


@pytest.mark.parametrize(
    ("line", "wanted", "code"),
    [
        ("pm path " + APP, f"/{APP}-", 0),
        ("pm path com.android.chrome", "package:/product/app/Chrome/Chrome.apk\n", 0),
        ("pm path no.such", "", 1),
        ("cmd package list packages --show-versioncode", f"package:{APP} versionCode:310\n", 0),
        ("pm list packages -3", f"package:{APP}\n", 0),
        (f"pm list packages -U {APP}", f"package:{APP} uid:10180\n", 0),
        (f"pm list packages -f {APP}", f"/base.apk={APP}\n", 0),
        (f"pm list packages -i {APP}", f"package:{APP}  installer=null\n", 0),
        ("pm list packages --user 10", "", 255),
        (
            "pm list instrumentation",
            f"instrumentation:{APP}/com.example.Runner (target={HOME})\n",
            0,
        ),
        ("pm list users", "UserInfo{0:Owner:4c13} running", 0),
        ("pm list features", "feature:android.hardware.wifi\n", 0),
        ("pm list libraries", "library:android.test.runner\n", 0),
        ("pm list permissions", f"permission:{CAMERA}\n", 0),
        ("pm list nonsense", "", 255),
        (f"cmd package resolve-activity --brief {APP}", f"\n{APP}/.MainActivity\n", 0),
        ("cmd package resolve-activity --brief no.such", "No activity found\n", 0),
        (
            f"cmd package resolve-activity --components {HOME_INTENT}",
            f"{HOME}/.NexusLauncherActivity\n",
            0,
        ),
        (
            "pm query-activities -a android.intent.action.VIEW -d feed://x",
            "1 activities found:\n",
            0,
        ),
        ("pm query-activities -a no.such", "No activities found\n", 0),
        ("pm query-services -a no.such", "No services found\n", 0),
        ("pm query-receivers -a no.such", "No receivers found\n", 0),
        ("pm query-services -a", "", 1),
        ("pm list permissions -d -g", "Dangerous Permissions:\n\npermission:", 0),
        (f"pm query-activities --components {HOME_INTENT}", f"{HOME}/.NexusLauncherActivity\n", 0),
        (f"pm resolve-activity {APP}", f"name={MAIN}\n", 0),
        ("pm clear " + APP, "Success\n", 0),
        ("pm clear no.such", "Failed\n", 1),
        ("pm get-install-location", "0[auto]\n", 0),
        ("pm get-max-users", "Maximum supported users: 4\n", 0),
        (f"pm get-package-storage-stats {APP}", "", 255),  # from API 35 on
        (f"pm compile -m speed {APP}", "Success\n", 0),
        ("pm trim-caches 999G", "", 0),
        ("pm trim-caches", "", 255),
        ("pm reset-permissions", "", 0),
        ("pm create-user work", "", 1),
        (f"pm dump {APP}", f"  Package [{APP}] (", 0),
        ("pm help", "--streaming", 0),
        ("pm nonsense", "", 255),
        (f"pm disable-user {APP}", f"Package {APP} new state: disabled-user\n", 0),
        (f"pm enable {APP}", f"Package {APP} new state: enabled\n", 0),
        ("pm enable no.such", "", 255),
    ],
)
def test_answers(phone: FakePhone, line: str, wanted: str, code: int) -> None:
    phone.install(instrumentation=("com.example.Runner", HOME))
    out, err, answer = phone.run(line)
    assert answer == code, err
    assert wanted in out


def test_disabled_packages_are_listed_and_not_started(phone: FakePhone) -> None:
    phone.install()
    phone.run(f"pm disable-user --user 0 {APP}")
    assert phone.run("pm list packages -d")[0] == f"package:{APP}\n"
    assert APP not in phone.run("pm list packages -e")[0]
    assert "does not exist" in phone.run(f"am start -n {APP}/{MAIN}")[1]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"pm grant {APP} android.permission.INTERNET", "not a changeable permission type"),
        (f"pm grant {APP} android.permission.READ_SMS", "has not requested permission"),
        (f"pm grant no.such {CAMERA}", "Unknown package"),
        (f"pm grant {APP}", "no permission specified"),
    ],
)
def test_refused_permissions(phone: FakePhone, line: str, kind: str) -> None:
    phone.install()
    _, err, code = phone.run(line)
    assert kind in err
    assert code == 255


def test_grant_and_revoke(phone: FakePhone) -> None:
    package = phone.install()
    assert phone.run(f"pm grant --user 0 {APP} {CAMERA}") == ("", "", 0)
    assert CAMERA in package.granted
    phone.run(f"pm revoke {APP} {CAMERA}")
    assert CAMERA not in package.granted


def test_trimming_takes_caches_alone(tmp_path: Path) -> None:
    phone = FakePhone(tmp_path, PhoneSpec("x", api=35))
    package = phone.install()
    for folder in ("cache", "files"):
        phone.fs.write(f"/data/user/0/{APP}/{folder}/x", b"12345", uid=package.uid)
    stats = phone.run(f"pm get-package-storage-stats {APP}")[0]
    assert "data: 10 bytes\ncache: 5 bytes\n" in stats
    phone.run("pm trim-caches 999G")
    assert phone.fs.listdir(f"/data/user/0/{APP}/cache") == []
    assert phone.fs.listdir(f"/data/user/0/{APP}/files") == ["x"]


def test_all_that_answer_are_listed(phone: FakePhone) -> None:
    service = Component(f"{APP}.Player", filters=(IntentFilter(("play.it",)),))
    phone.install(services=(service,))
    launchable = "-a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
    names = phone.run(f"pm query-activities --components {launchable}")[0].splitlines()
    assert names == sorted(names)
    assert f"{APP}/.MainActivity" in names
    assert "com.android.settings/.Settings" in names
    brief = phone.run(f"pm query-activities --brief {launchable}")[0]
    assert brief.startswith(f"{len(names)} activities found:\n  Activity #0:\n    priority=0 ")
    assert phone.run("cmd package query-services --components -a play.it")[0] == f"{APP}/.Player\n"
    assert (
        "ServiceInfo:\n      name=com.example.feed.Player"
        in phone.run("pm query-services -a play.it")[0]
    )
