"""The values of a phone's entry in devices.yaml, each read strictly.

Each raises SettingError with file, line and key.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from harness.adapters.attach.quic import POLICIES as QUIC_POLICIES
from harness.adapters.strict_yaml import Value, unknown
from harness.domain.app_build import BuildPin, plain_signer, signer_problem
from harness.domain.attach_way import AUTO, AttachWay
from harness.domain.device import CAPTURES, AccountEntry, AdbAddress, AvdStart, PortChoice
from harness.domain.resolve import ResolveRule, parse_resolve

_SERIAL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._:\[\]-]*[A-Za-z0-9\]])?")
_MOST = 10**12
_SECRET_KEYS = ("password_env", "password_file", "keyring")


def read_serial(value: Value) -> str:
    """As `adb devices` prints it."""
    text = value.text()
    if not _SERIAL.fullmatch(text):
        raise value.error(f"is no serial: {text!r}; copy it from `adb devices`")
    host, colon, port = text.rpartition(":")
    if colon and not (host and port.isdigit() and 0 < int(port) < 65536):
        raise value.error(f"is no HOST:PORT: {text!r}")
    return text


def read_account(value: Value) -> AccountEntry:
    """The account and where its secret lies."""
    values = value.entries(("user", *_SECRET_KEYS, "known"))
    known = values.pop("known").entries() if "known" in values else {}
    sources = [key for key in _SECRET_KEYS if key in values]
    if len(sources) > 1:
        raise values[sources[1]].error(f"says the same as {sources[0]!r}; keep one")
    texts = {key: item.text() for key, item in values.items()}
    if sources and "user" not in texts:
        raise value.error("needs 'user'")
    numbers = {name: item.whole(0, _MOST) for name, item in known.items()}
    return AccountEntry(**texts, known=numbers)


def named_accounts(value: Value | None) -> dict[str, AccountEntry]:
    """The accounts that phones name; each needs its user."""
    found: dict[str, AccountEntry] = {}
    for name, item in ({} if value is None else value.entries()).items():
        found[name] = read_account(item)
        if found[name].user is None:
            raise item.error("needs 'user'")
    return found


def account_of(value: Value, accounts: Mapping[str, AccountEntry]) -> AccountEntry:
    """A phone's account: by its name below `accounts:`, or written out."""
    if not value.is_text:
        return read_account(value)
    name = value.text()
    if name not in accounts:
        raise value.error(f"names no account: {unknown(name, accounts, 'accounts')}")
    return accounts[name]


def read_app(value: Value, folder: Path) -> tuple[str | None, BuildPin]:
    """(the build's file, the pin). A relative file is looked for beside devices.yaml."""
    values = value.entries(("file", "version", "signer"))
    if not values:
        raise value.error("names nothing; write file, version or signer")
    file = values["file"].text() if "file" in values else None
    version = values["version"].text() if "version" in values else None
    signer = plain_signer(values["signer"].text()) if "signer" in values else None
    problem = signer_problem(signer) if signer is not None else None
    if problem is not None:
        raise values["signer"].error(problem)
    path = None if file is None else str(folder / Path(file).expanduser())
    return path, BuildPin(version, signer)


def read_avd(value: Value) -> tuple[str, AvdStart]:
    """(its name, how it is started)."""
    if value.is_text:
        return value.text(), AvdStart()
    values = value.entries(("name", "snapshot", "wipe", "port", "boot_seconds"))
    if "name" not in values:
        raise value.error("needs 'name': the first word of a line of `emulator -list-avds`")
    if "snapshot" in values and "wipe" in values:
        raise values["wipe"].error("says another start than 'snapshot'; keep one")
    port = values["port"].whole(5554, 5682) if "port" in values else None
    if port is not None and port % 2:
        raise values["port"].error(f"must be even, not {port}: adb takes the next one")
    seconds = values["boot_seconds"].whole(10, 3600) if "boot_seconds" in values else 300
    return values["name"].text(), AvdStart(
        snapshot=values["snapshot"].text() if "snapshot" in values else None,
        wipe=values["wipe"].flag() if "wipe" in values else False,
        port=port,
        boot_seconds=seconds,
    )


def read_capture(value: Value) -> str:
    """One of CAPTURES."""
    text = value.text()
    if text not in CAPTURES:
        raise value.error(f"is {text!r}; use {', '.join(CAPTURES[:-1])} or {CAPTURES[-1]}")
    return text


def read_attach(value: Value) -> str:
    """AUTO or one of AttachWay."""
    text = value.text()
    known = (AUTO, *AttachWay)
    if text not in known:
        raise value.error(f"is {text!r}; use {', '.join(known[:-1])} or {known[-1]}")
    return text


def read_wireguard(value: Value) -> str:
    """The address on which the proxy listens for a phone's tunnel."""
    values = value.entries(("listen",))
    if "listen" not in values:
        raise value.error("needs 'listen': an address of this host that the phone reaches")
    text = values["listen"].text()
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError as error:
        raise values["listen"].error(f"is no IPv4 address: {text!r}") from error


def read_quic(value: Value) -> str:
    """One of QUIC_POLICIES."""
    text = value.text()
    if text not in QUIC_POLICIES:
        raise value.error(
            f"is {text!r}; use {', '.join(QUIC_POLICIES[:-1])} or {QUIC_POLICIES[-1]}"
        )
    return text


def read_url(value: Value) -> str:
    """An http(s) URL without the slash at its end."""
    text = value.text()
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise value.error(f"is no URL: {text!r}; write http://HOST:PORT")
    if parts.username is not None or parts.password is not None:
        raise value.error("holds a user or password; write them as 'appium_account'")
    return text.rstrip("/")


def read_adb(value: Value) -> AdbAddress:
    """Host and port of an adb server."""
    values = value.entries(("host", "port"))
    host = values["host"].text() if "host" in values else "127.0.0.1"
    port = values["port"].whole(1, 65535) if "port" in values else 5037
    return AdbAddress(host, port)


def read_ports(value: Value) -> PortChoice:
    """Fixed host ports."""
    values = value.entries(("system", "proxy"))
    numbers = {key: item.whole(1, 65535) for key, item in values.items()}
    return PortChoice(system=numbers.get("system"), proxy=numbers.get("proxy"))


def read_language(value: Value) -> str:
    """A language tag, e.g. en or pt-BR."""
    text = value.text()
    if not re.fullmatch(r"[a-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", text):
        raise value.error(f"is no language: {text!r}; write for example en or pt-BR")
    return text


def read_resolve(value: Value) -> tuple[ResolveRule, ...]:
    """A list of HOST:PORT:ADDR[:PORT]."""
    rules: list[ResolveRule] = []
    for item in value.items():
        text = item.text()
        try:
            rules.append(parse_resolve(text))
        except ValueError as error:
            raise item.error(str(error)) from error
    return tuple(rules)
