import re
from dataclasses import replace
from pathlib import Path

import pytest

from harness.adapters.devices_file import (
    choose_devices,
    find_devices_file,
    load_devices,
    one_phone,
)
from harness.adapters.places import clone_root
from harness.adapters.setting_error import SettingError
from harness.domain.app_build import BuildPin
from harness.domain.device import AccountEntry, AdbAddress, AvdStart, DeviceEntry, PortChoice

FULL = """\
phones:
  pixel:
    serial: 28161FDH2000XX
    default: true
    app: tiktok
    account: {user: qa@example.org, password_env: HARNESS_PASSWORD}
    may_log_out: true
    may_remove_copies: true
    may_change_trust: true
    destructive: true
    appium_url: http://shelf:4723/
    adb: {host: shelf, port: 5038}
    ports: {system: 8201, proxy: 8081}
    language: pt-BR
    resolve: ["api.example:443:127.0.0.1:8443"]
    upstream_ca: ca.pem
    tags: [lab]
  net:
    serial: "192.168.1.5:5555"
  emu:
    launch: Pixel_8
  sim:
    launch: [harness, phone, --json]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "devices.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_every_field_is_read(tmp_path: Path) -> None:
    pixel, net, emu, sim = load_devices(write(tmp_path, FULL))

    assert pixel.account == AccountEntry("qa@example.org", password_env="HARNESS_PASSWORD")
    assert pixel.adb == AdbAddress("shelf", 5038)
    assert pixel.ports == PortChoice(8201, 8081)
    assert pixel.appium_url == "http://shelf:4723"
    assert [str(rule) for rule in pixel.resolve] == ["api.example:443:127.0.0.1:8443"]
    assert (pixel.default, pixel.may_log_out, pixel.destructive) == (True, True, True)
    assert pixel.may_remove_copies
    assert (pixel.language, pixel.profile, pixel.tags) == ("pt-BR", "tiktok", ("lab",))
    assert pixel.line == 2
    assert [entry.over_tcp for entry in (pixel, net, emu, sim)] == [False, True, False, True]
    assert (emu.avd, emu.launch) == ("Pixel_8", ())
    assert sim.launch == ("harness", "phone", "--json")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("phone: {}", 1, "'phone' is not known"),
        ("phones: {}", 1, "lists no phone"),
        ("phones:\n  a: {serail: x}", 2, "did you mean 'serial'?"),
        ("phones:\n  a: {serial: 5}", 2, "must be text"),
        ("phones:\n  a: {serial: 'a b'}", 2, "is no serial: 'a b'"),
        ("phones:\n  a: {serial: 'host:99999'}", 2, "is no HOST:PORT"),
        ("phones:\n  a: {default: true}", 2, "needs one of 'serial'"),
        ("phones:\n  a: {serial: x, avd: y}", 2, "has serial and avd"),
        ("phones:\n  a: {serial: x, default: 1}", 2, "must be true or false"),
        ("phones:\n  a: {serial: x}\n  a: {serial: y}", 3, "stands twice"),
        ("phones:\n  a: {serial: x}\n  b: {serial: x}", 3, "has the serial of 'a'"),
        ("phones:\n  a b: {serial: x}", 2, "is no name"),
        ("phones:\n  a: {serial: x, app: t, profile: u}", 2, "keep one"),
        ("phones:\n  a:\n    serial: x\n    account: {user: u, keyring: k, password_env: e}",
         4, "keep one"),
        ("phones:\n  a: {serial: x, account: {password_env: e}}", 2, "needs 'user'"),
        ("phones:\n  a: {serial: x, appium_url: shelf}", 2, "is no URL"),
        ("phones:\n  a: {serial: x, language: English}", 2, "is no language"),
        ("phones:\n  a: {serial: x, resolve: [nonsense]}", 2, "--resolve nonsense"),
        ("phones:\n  a: {serial: x, ports: {system: 0}}", 2, "from 1 to 65535"),
        ("phones:\n  a: {launch: []}", 2, "must be a command"),
        ("phones: [a]", 1, "must be a mapping"),
        ("phones:\n  a: {serial: x", 2, "is no YAML"),
    ],
)  # fmt: skip
def test_one_sentence_with_file_line_and_key(
    text: str, line: int, said: str, tmp_path: Path
) -> None:
    file = write(tmp_path, text)
    with pytest.raises(SettingError) as caught:
        load_devices(file)

    sentence = str(caught.value)
    assert said in sentence
    assert sentence.startswith(f"{file}:{line}: ")
    assert "\n" not in sentence


def test_the_file_is_looked_for_upwards(tmp_path: Path) -> None:
    path = write(tmp_path, FULL)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)

    assert find_devices_file(below) == path
    assert len(load_devices(start=below)) == 4


def test_no_file_at_all_is_told() -> None:
    with pytest.raises(SettingError, match="--devices FILE"):
        find_devices_file(Path("/nowhere"))


def test_phones_are_chosen_by_name_or_default() -> None:
    one, two = DeviceEntry("one", serial="1", default=True), DeviceEntry("two", serial="2")

    assert choose_devices([two], []) == [two]
    assert choose_devices([one, two], []) == [one]
    assert choose_devices([one, two], ["two", "two"]) == [two]
    with pytest.raises(SettingError, match="did you mean 'two'"):
        choose_devices([one, two], ["tow"])
    with pytest.raises(SettingError, match="choose with --device"):
        choose_devices([two, two], [])


def test_the_projects_own_file_is_right() -> None:
    entries = load_devices(clone_root() / "devices.yaml")

    assert [entry.name for entry in entries] == ["sim", "sim-retail"]
    assert [entry.default for entry in entries] == [True, False]


def test_accounts_by_name(tmp_path: Path) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(
        "accounts:\n"
        "  one: {user: qa.one@example.org, password_env: HARNESS_ONE}\n"
        "  two: {user: qa.two@example.org, keyring: harness-two}\n"
        "phones:\n"
        "  pixel: {serial: S1, account: one}\n"
        "  galaxy: {serial: S2, account: two}\n"
        "  other: {serial: S3, account: {user: qa.three@example.org, password_file: p}}\n"
    )
    pixel, galaxy, other = load_devices(file)
    assert pixel.account == AccountEntry("qa.one@example.org", password_env="HARNESS_ONE")
    assert galaxy.account.keyring == "harness-two"
    assert other.account.password_file == "p"


@pytest.mark.parametrize(
    ("accounts", "one", "two", "due"),
    [
        (
            "one: {user: a}",
            "account: won",
            "",
            "4: 'phones.x.account' names no account: 'won' is not",
        ),
        ("one: {keyring: a}", "account: one", "", "needs 'user'"),
        ("one: {user: a, pass: b}", "account: one", "", "'pass' is not known"),
        ("one: {user: A}", "account: one", "account: one", "has the account of 'x'"),
        ("one: {user: A}", "account: one", "account: {user: a}", "has the account of 'x'"),
    ],
    ids=["unknown", "no user", "password in the file", "twice", "twice, written out"],
)
def test_an_account_is_one_phones(
    tmp_path: Path, accounts: str, one: str, two: str, due: str
) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(
        f"accounts:\n  {accounts}\nphones:\n  x: {{serial: S1, {one}}}\n"
        f"  y: {{serial: S2{', ' if two else ''}{two}}}\n"
    )
    with pytest.raises(SettingError, match=re.escape(due)):
        load_devices(file)


def test_one_phone_alone_means_the_same_elsewhere(tmp_path: Path) -> None:
    text = (
        "accounts: {qa: {user: '0123', keyring: k}}\n"
        "phones:\n"
        "  'no': {serial: '1e5', account: qa, app: {file: builds/a.xapk, version: '43'}}\n"
        "  other: {serial: b}\n"
    )
    (tmp_path / "there").mkdir()
    made = write(tmp_path / "there", one_phone(write(tmp_path, text), "no", "lab-7"))

    (entry,) = load_devices(made)
    (same, _) = load_devices(tmp_path / "devices.yaml")
    assert replace(entry, name="no", line=same.line, source=same.source) == same
    assert entry.name == "lab-7"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("phones: {a: {serial: x}}", "1: 'b' is not known in 'phones'"),
        ("phones: []", "'phones' must be a mapping"),
        ("accounts: {}", "1: 'devices.yaml' needs the key 'phones'"),
        ("- a", "must be a mapping"),
    ],
)
def test_a_phone_that_went_from_the_file_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SettingError, match=re.escape(said)):
        one_phone(write(tmp_path, text), "b", "lab-7")


def test_an_apps_build_and_an_emulators_start(tmp_path: Path) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(
        "phones:\n"
        "  one: {serial: S1, profile: plain, app: {file: builds/a.xapk, version: 43.1.*}}\n"
        "  two: {avd: {name: Pixel_8, wipe: true, port: 5560, boot_seconds: 120}}\n"
        "  three: {avd: Pixel_8}\n"
        f"  four: {{serial: S4, app: {{signer: 'AB:CD:{'0' * 60}'}}}}\n"
    )
    one, two, three, four = load_devices(file)
    assert (one.app_file, one.profile) == (str(tmp_path / "builds/a.xapk"), "plain")
    assert one.pin == BuildPin("43.1.*")
    assert (two.avd, two.avd_start) == ("Pixel_8", AvdStart(None, True, 5560, 120))
    assert (three.avd, three.avd_start) == ("Pixel_8", AvdStart())
    assert (four.app_file, four.pin.signer) == (None, "abcd" + "0" * 60)


@pytest.mark.parametrize(
    ("entry", "due"),
    [
        ("serial: x, app: {}", "names nothing; write file, version or signer"),
        ("serial: x, app: {file: a.apk, name: b}", "'name' is not known in 'phones.a.app'"),
        ("serial: x, app: {version: 43}", "must be text"),
        ("serial: x, app: {signer: '12'}", "is no SHA-256 of a certificate"),
        ("avd: {wipe: true}", "needs 'name'"),
        ("avd: {name: a, wipe: true, snapshot: b}", "says another start than 'snapshot'"),
        ("avd: {name: a, port: 5555}", "must be even, not 5555"),
        ("avd: {name: a, port: 80}", "from 5554 to 5682"),
    ],
)
def test_wrong_builds_and_starts_name_the_line(tmp_path: Path, entry: str, due: str) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(f"phones:\n  a: {{{entry}}}\n")
    with pytest.raises(SettingError, match=rf"devices\.yaml:2: .*{re.escape(due)}"):
        load_devices(file)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("serial: X\n    attach: emulator-proxy", "'phones.one.attach' needs 'avd'"),
        ("serial: X\n    attach: none\n    capture: metadata", "leaves nothing for 'capture"),
        ("serial: X\n    attach: usb", "use auto, reverse, emulator-proxy, wireguard or none"),
        ("serial: X\n    attach: wireguard", "needs 'wireguard: {listen: ADDRESS}'"),
        ("serial: X\n    wireguard: {}", "needs 'listen'"),
        ("serial: X\n    wireguard: {listen: here}", "is no IPv4 address: 'here'"),
    ],
)
def test_a_way_that_cannot_be_taken_is_told(tmp_path: Path, lines: str, said: str) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(f"phones:\n  one:\n    {lines}\n")
    with pytest.raises(SettingError, match=re.escape(said)):
        load_devices(file)


def test_where_a_tunnel_is_listened_for(tmp_path: Path) -> None:
    file = tmp_path / "devices.yaml"
    file.write_text(
        "phones:\n"
        "  one:\n    serial: X\n    attach: wireguard\n    wireguard: {listen: 192.168.1.2}\n"
        "  two:\n    serial: emulator-5554\n    attach: wireguard\n"
        "  three:\n    avd: Pixel\n    attach: wireguard\n"
    )
    entries = load_devices(file)
    assert [entry.wireguard_listen for entry in entries] == ["192.168.1.2", None, None]
    assert [entry.is_emulator for entry in entries] == [False, True, True]
