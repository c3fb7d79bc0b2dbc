"""Which services a version has, and what `dumpsys`, `cmd` and `service` say of each."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.simphone.android.cmd import SERVICES as COMMANDED
from harness.simphone.android.dumpsys.command import HOSTS, SERVICES
from harness.simphone.android.dumpsys.service_names import service_names
from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import FakePhone

VERSIONS = (26, 29, 30, 31, 33, 34, 35, 36)


def phone_of(folder: Path, api: int) -> FakePhone:
    return FakePhone(folder, PhoneSpec("one", api=api, timezone="UTC"))


@pytest.mark.parametrize(
    ("api", "present", "absent"),
    [
        (26, "gfxinfo vibrator rttmanager android.security.keystore", "role adb stats locale"),
        (29, "role wificond ircs activity_task", "tethering vibrator_manager rttmanager"),
        (30, "tethering wifinl80211 vibrator", "wificond people android.security.apc"),
        (31, "vibrator_manager android.security.remoteprovisioning game", "vibrator locale tare"),
        (33, "locale tare nearby", "credential media.drm"),
        (34, "credential artd tare", "android.security.remoteprovisioning security_state"),
        (35, "security_state tare", "supervision"),
        (36, "supervision ranging", "tare vibrator"),
    ],
)
def test_what_a_version_has(api: int, present: str, absent: str) -> None:
    names = service_names(api)
    assert {name for name in present.split() if name not in names} == set()
    assert {name for name in absent.split() if name in names} == set()


@pytest.mark.parametrize("api", VERSIONS)
def test_every_listed_service_answers(tmp_path: Path, api: int) -> None:
    phone = phone_of(tmp_path, api)
    listed = phone.run("dumpsys -l")[0].splitlines()
    assert listed[0] == "Currently running services:"
    names = [line.strip() for line in listed[1:]]
    assert names == sorted(names)
    assert len(names) >= 130
    assert phone.run("cmd -l")[0].splitlines() == listed
    assert phone.run("service list")[0].startswith(f"Found {len(names)} services:\n0\t")
    for name in names:
        assert phone.run(f"dumpsys {name}")[1:] == ("", 0), name
    headings = [f"DUMP OF SERVICE {name}:" for name in names]
    told = phone.run("dumpsys")[0].splitlines()
    assert [line for line in told if line.startswith("DUMP OF SERVICE ")] == headings


@pytest.mark.parametrize("api", VERSIONS)
def test_what_is_not_there_is_not_found_by_any_of_the_three(tmp_path: Path, api: int) -> None:
    phone = phone_of(tmp_path, api)
    for name in sorted(
        {*SERVICES, *COMMANDED, "nonsense"} - {"input"}
    ):  # runs a program of the shell
        there = name in service_names(api)
        assert (phone.run(f"dumpsys {name}")[1] == "") == there, name
        missing = f"cmd: Can't find service: {name}\n"
        assert (phone.run(f"cmd {name} nonsense")[1:] != (missing, 20)) == there, name
        found = "found" if there else "not found"
        assert phone.run(f"service check {name}")[0] == f"Service {name}: {found}\n"


def test_a_service_without_commands_says_so(phone: FakePhone) -> None:
    assert phone.run("cmd clipboard x") == ("", "No shell command implementation.\n", 0)


def test_all_models_and_hosts_are_of_some_version() -> None:
    known = frozenset[str]().union(*(service_names(api) for api in VERSIONS))
    assert {*SERVICES, *COMMANDED, *HOSTS} - known == set()


@pytest.mark.parametrize(("name", "process"), [("battery", "system_server")])
def test_the_process_that_serves(phone: FakePhone, name: str, process: str) -> None:
    found = phone.processes.find(process)
    assert found is not None
    assert phone.run(f"dumpsys --pid {name}")[0] == f"{found.pid}\n"
    assert phone.run("dumpsys --pid nonsense")[1] == "Can't find service: nonsense\n"
    assert phone.run("dumpsys --pid netd") == ("", "", 0)  # this fake phone runs none


@pytest.mark.parametrize(
    ("api", "line", "pattern"),
    [
        (26, "dumpsys alarm", "  Pending alarm batches: 2\n  Batch{1f3a5c7 num=1 start="),
        (26, "dumpsys usagestats", "type=MOVE_TO_FOREGROUND package=com.google.android.apps.nexus"),
        (26, "dumpsys usagestats", 'totalTime="00:00" lastTime="'),
        (26, "pm list users", "UserInfo{0:Owner:13} running"),
        (33, "pm list users", "UserInfo{0:Owner:c13} running"),
        (29, "dumpsys lock_settings", "SP Enabled = true\n    User 0\n"),
        (30, "dumpsys lock_settings", "CredentialType: None\n"),
        (33, "dumpsys jobscheduler", "JOB #1000/800: "),
        (34, "dumpsys jobscheduler", "JOB #1000/27873780: "),
    ],
)
def test_shapes_of_the_version(tmp_path: Path, api: int, line: str, pattern: str) -> None:
    assert pattern in phone_of(tmp_path, api).run(line)[0]


@pytest.mark.parametrize(
    ("api", "line", "absent"),
    [
        (28, "dumpsys activity activities", "topResumedActivity"),
        (30, "dumpsys activity activities", "  ResumedActivity"),
        (28, "cmd notification post tag text", "posting"),
        (28, "am start -W -a android.settings.SETTINGS", "LaunchState"),
        (29, "am start -W -a android.settings.SETTINGS", "ThisTime"),
    ],
)
def test_what_a_version_does_not_tell_yet_or_no_longer(
    tmp_path: Path, api: int, line: str, absent: str
) -> None:
    out, err, _ = phone_of(tmp_path, api).run(line)
    assert absent not in out
    assert out + err
