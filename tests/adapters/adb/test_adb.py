"""What is read of a phone: identity, conditions, package, health, batches, discovery."""

import base64
import hashlib
import struct
import time
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.adb import discovery, logcat
from harness.adapters.adb.batch import read_batch
from harness.adapters.adb.conditions import COMMANDS, measure_clock, memory_low, read_conditions
from harness.adapters.adb.identity import identity_of, read_identity
from harness.adapters.adb.package import read_app, read_signer, read_uid
from harness.domain.capabilities import Capabilities, PhoneNow
from harness.domain.device import DeviceEntry
from harness.domain.facts import Facts
from harness.domain.facts.control import InstrumentFailure
from harness.domain.facts.device import (
    AppCrash,
    AppDeath,
    AppNotResponding,
    LogEntry,
)
from harness.domain.observation import Observation
from harness.ports import InstrumentError, ShellResult
from tests.answers import always

from .conftest import FakePhone, FakeServer
from .test_signing_block import signing_block_with

PROPERTIES = {
    "ro.build.version.sdk": "34",
    "ro.build.version.release": "14",
    "ro.build.type": "userdebug",
    "ro.debuggable": "1",
    "ro.product.model": "Pixel 8",
    "ro.product.manufacturer": "Google",
    "persist.sys.locale": "de-DE",
}


def batch_answer(texts: dict[str, str]) -> str:
    return "".join(f"@@harness {name}\n{text}\n" for name, text in texts.items())


def test_a_batch_keeps_the_answers_apart() -> None:
    phone = FakePhone({"echo @@harness a": "@@harness a\n1\n@@harness b\n2\n3\n"})

    assert read_batch(phone, {"a": "x", "b": "y", "c": "z"}) == {"a": "1\n", "b": "2\n3\n", "c": ""}
    assert len(phone.asked) == 1


@pytest.mark.parametrize(
    ("changes", "simulated", "rootable"),
    [
        ({}, False, True),
        ({"ro.harness.simulated": "1"}, True, True),
        ({"ro.kernel.qemu": "1"}, False, True),
        ({"ro.build.type": "user", "ro.debuggable": "0"}, False, False),
    ],
)
def test_identity(changes: dict[str, str], simulated: bool, rootable: bool) -> None:
    found = identity_of(PROPERTIES | changes, "S1")

    assert (found.serial, found.model, found.api, found.locale) == ("S1", "Pixel 8", 34, "de-DE")
    assert (found.simulated, found.rootable) == (simulated, rootable)


def test_a_phone_that_is_still_starting_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="no API level"):
        read_identity(FakePhone({"getprop": ""}))


def test_conditions_of_a_healthy_phone() -> None:
    texts = dict.fromkeys(COMMANDS, "")
    texts |= {
        "airplane": "0",
        "wifi": "1",
        "data": "null",
        "private_dns": "null",
        "http_proxy": "127.0.0.1:8080",
        "connectivity": "Active default network: 1\nNetworkAgentInfo{network{1} nc{["
        " Transports: WIFI Capabilities: INTERNET&VALIDATED ]}}",
        "df": "F 1K-blocks Used Available Use% Mounted on\n/dev/x 100 40 60  40% /data",
        "battery": "  level: 80\n  scale: 100",
        "power": "mWakefulness=Awake",
        "window": "mCurrentFocus=Window{a u0 com.a/.B}",
        "memory": "MemTotal: 1000 kB\nMemAvailable: 500 kB",
        "uptime": "3601.25 9000.10",
    }
    now = int(time.time())
    phone = FakePhone({"echo @@harness": batch_answer(texts), "date": f"{now}.500000000\n+0000\n"})

    found = read_conditions(phone, proxy_expected="127.0.0.1:8080")

    assert (found.airplane, found.wifi, found.mobile_data) == (False, True, None)
    assert (found.network, found.validated, found.vpn) == (True, True, False)
    assert (found.free_bytes, found.total_bytes) == (60 * 1024, 100 * 1024)
    assert (found.battery, found.screen_on, found.locked) == (80, True, False)
    assert found.memory_low is False
    assert found.uptime == 3601.25
    assert found.http_proxy == found.proxy_expected
    assert found.clock_offset is not None
    assert abs(found.clock_offset) < 5


def test_what_cannot_be_read_is_none() -> None:
    found = read_conditions(FakePhone())

    assert (found.airplane, found.network, found.battery, found.clock_offset) == (None,) * 4


def test_the_clock_is_measured_between_two_looks() -> None:
    moments = iter([100_000_000.0, 100_000_002.0])
    phone = FakePhone({"date": "100000011.0\n+0100\n"})

    found = measure_clock(phone, wall=lambda: next(moments))

    assert found is not None
    assert (found.offset, found.uncertainty, found.zone) == (10.0, 1.0, "+0100")


@pytest.mark.parametrize(
    ("text", "low"),
    [("MemTotal: 1000 kB\nMemAvailable: 30 kB", True), ("MemTotal: 0 kB", None), ("", None)],
)
def test_low_memory(text: str, low: bool | None) -> None:
    assert memory_low(text) is low


DUMP = (
    "Packages:\n  Package [com.a] (1f):\n    userId=10123\n"
    "    versionCode=7 minSdk=1\n    versionName=1.7\n"
    "    User 0: installed=true\n"
)


def apk(certificate: bytes) -> bytes:
    body = b"zip entries" * 50
    block = signing_block_with(certificate)
    at = len(body) + len(block)
    end = b"PK\x05\x06" + b"\0" * 12 + struct.pack("<I", at) + b"\0\0"
    return body + block + b"directory" + end


class ApkPhone(FakePhone):
    """Serves pieces of one APK as `tail | head | base64` does."""

    def __init__(self, data: bytes) -> None:
        super().__init__(
            {
                "dumpsys package 'com.a'": DUMP,
                "pm path": "package:/data/app/split.apk\npackage:/data/app/base.apk\n",
                "stat": str(len(data)),
            }
        )
        self.data = data

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        if command.startswith("tail"):
            words = command.split()
            start, count = int(words[2][1:]) - 1, int(words[7])
            piece = base64.b64encode(self.data[start : start + count]).decode()
            self.answers["tail"] = piece
        return super().shell(command)


def test_the_signer_is_read_from_the_end_of_the_file() -> None:
    phone = ApkPhone(apk(b"certificate"))
    digest = hashlib.sha256(b"certificate").hexdigest()

    assert read_signer(phone, "com.a") == digest
    found = read_app(phone, ("com.b", "com.a"), (digest,))
    assert found is not None
    assert (found.version_name, found.version_code, found.genuine) == ("1.7", 7, True)
    foreign = read_app(phone, ("com.a",), ("other",))
    assert foreign is not None
    assert foreign.genuine is False


@pytest.mark.parametrize("data", [b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_an_unreadable_signer_is_none_and_nobody_is_called_a_fake(data: bytes) -> None:
    found = read_app(ApkPhone(data), ("com.a",), ("genuine",))

    assert found is not None
    assert (found.signer_sha256, found.genuine) == (None, None)


def test_an_app_that_is_not_there() -> None:
    assert read_app(FakePhone(), ("com.a",)) is None
    assert read_uid(FakePhone(), "com.a") is None


def test_the_user_id_is_the_dumps() -> None:
    assert read_uid(ApkPhone(b""), "com.a") == 10123


def test_phones_known_and_attached(server: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.text("host:version", "0029")
    server.text("host:devices", "S1\tdevice\nS2\tunauthorized\nS3\tdevice\n")
    seen = Capabilities("b", model="Pixel 8", api=34, root="adb possible")
    monkeypatch.setattr(discovery, "probe_phone", always((seen, PhoneNow(battery=50))))
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(server.link.port))
    entries = [
        DeviceEntry("pixel", serial="S1", may_change_trust=True),
        DeviceEntry("shy", serial="S2"),
        DeviceEntry("lost", serial="S9"),
        DeviceEntry("sim", launch=("harness", "phone")),
    ]

    found = {status.name: status for status in discovery.list_phones(entries)}

    assert {name: status.state for name, status in found.items()} == {
        "pixel": "device",
        "shy": "unauthorized",
        "lost": "absent",
        "sim": discovery.NOT_STARTED,
        "S3": "device",
    }
    assert (found["pixel"].model, found["pixel"].api) == ("Pixel 8", 34)
    assert (found["pixel"].capabilities, found["pixel"].now) == (seen, PhoneNow(battery=50))
    assert found["shy"].capabilities is None
    assert any("open traffic" in text for text in found["pixel"].can)
    assert "allow USB debugging" in found["shy"].cannot[0]
    assert not found["S3"].known


def test_without_a_server_everything_is_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", "1")

    (status,) = discovery.list_phones([DeviceEntry("pixel", serial="S1")])

    assert status.state == "absent"


@pytest.mark.parametrize("state", ["offline", "recovery", "sideload"])
def test_every_state_has_an_advice(state: str) -> None:
    assert discovery.state_advice(state)


@pytest.mark.parametrize(
    ("time_text", "short"),
    [
        ("2026-03-02 09:00:04.123456 +0100", "03-02 09:00:04.123"),
        ("03-02 09:00:04.1", "03-02 09:00:04.100"),
        ("nonsense", ""),
    ],
)
def test_the_time_from_which_logcat_goes_on(time_text: str, short: str) -> None:
    assert logcat.short_time(time_text) == short


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        (AppCrash("p", "e"), "app.crash"),
        (AppNotResponding("p"), "app.anr"),
        (AppDeath("p", "other"), "app.death"),
        (LogEntry("t", "E", "x", "dns"), "device.log"),
    ],
)
def test_kinds_of_log_facts(
    fact: AppCrash | AppNotResponding | AppDeath | LogEntry, kind: str
) -> None:
    assert logcat.kind_of(fact) == kind


class Notes:
    """An ObservationLog in memory."""

    def __init__(self) -> None:
        self.facts: list[tuple[str, Facts]] = []

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        self.facts.append((kind, facts))
        return Observation("i", 0.0, 0.0, "adb", "h", kind, facts)


def test_the_follower_keeps_lines_facts_and_tells_of_a_break(
    server: FakeServer, tmp_path: Path
) -> None:
    from harness.adapters.adb import wire
    from harness.adapters.adb.device import AdbDevice

    server.shell("date '+%m-%d %H:%M:%S.000'", "03-02 09:00:00.000\n")
    server.shell("pidof 'com.a'", "77\n")
    server.shell(f"logcat {logcat.FORMATS[0]} -d -t 1", "", 1)
    server.text("host:devices", "S1\tdevice\n")
    rows = (
        b"03-02 09:00:01.000  77  77 E Net: UnknownHostException for anna\n"
        b"03-02 09:00:02.000  900  900 I am_proc_died: [0,77,com.a,1,2]\n"
    )
    command = f"logcat {logcat.FORMATS[1]} {logcat.BUFFERS} -T '03-02 09:00:00.000'"
    server.services[wire.shell_service(command)] = lambda link: link.sendall(
        wire.frame(wire.STDOUT, rows)
    )
    notes, file = Notes(), tmp_path / "logcat.txt"
    follower = logcat.LogcatFollower(
        AdbDevice("pixel", "S1", server.link),
        "com.a",
        file,
        notes,
        clean=lambda text: text.replace("anna", "<secret>"),
    )

    follower.start()
    deadline = time.monotonic() + 5.0
    resumed = f"logcat {logcat.FORMATS[1]} {logcat.BUFFERS} -T '03-02 09:00:02.000'"
    while wire.shell_service(resumed) not in server.asked and time.monotonic() < deadline:
        time.sleep(0.02)
    follower.stop()

    assert wire.shell_service(resumed) in server.asked
    assert "anna" not in file.read_text()
    assert "for <secret>" in file.read_text()
    kinds = [kind for kind, _ in notes.facts]
    assert kinds[:2] == ["device.log", "app.death"]
    failures = [fact for _, fact in notes.facts if isinstance(fact, InstrumentFailure)]
    assert [failure.recovered for failure in failures[:2]] == [False, True]
    assert {failure.instrument for failure in failures} == {"log"}  # alone it spoils no verdict


@pytest.mark.parametrize(
    ("capture", "can", "cannot"),
    [
        ("decrypt", ("capture of traffic", "open traffic"), ()),
        ("metadata", ("capture of traffic",), ("open traffic: its entry says capture: metadata",)),
        ("none", (), ("traffic: its entry says capture: none",)),
    ],
)
def test_what_can_be_seen_follows_the_entry(
    capture: str, can: tuple[str, ...], cannot: tuple[str, ...]
) -> None:
    probed = Capabilities("b", model="Pixel 8", api=34, root="adb possible")
    entry = DeviceEntry("pixel", serial="S1", may_change_trust=True, capture=capture)

    able, unable = discovery.abilities(probed, entry)
    by_hand, _ = discovery.abilities(probed, replace(entry, user_certificate=True))

    assert any("--attended" in text for text in by_hand) == (capture == "decrypt")
    seen = [text for text in able if "traffic" in text]
    assert [text.partition(" (")[0] for text in seen] == list(can)
    assert tuple(text for text in unable if "traffic" in text) == cannot
