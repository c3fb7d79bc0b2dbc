"""The values of a phone's entry in devices.yaml, each read strictly.

Each raises StrictYamlError with file, line and key.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from harness.adapters.attach.quic import POLICIES as QUIC_POLICIES
from harness.adapters.strict_yaml import Value
from harness.domain.device import CAPTURES, AccountEntry, AdbAddress, PortChoice
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
    numbers = {name: item.number(0, _MOST) for name, item in known.items()}
    return AccountEntry(**texts, known=numbers)


def read_capture(value: Value) -> str:
    """One of CAPTURES."""
    text = value.text()
    if text not in CAPTURES:
        raise value.error(f"is {text!r}; use {', '.join(CAPTURES[:-1])} or {CAPTURES[-1]}")
    return text


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
    port = values["port"].number(1, 65535) if "port" in values else 5037
    return AdbAddress(host, port)


def read_ports(value: Value) -> PortChoice:
    """Fixed host ports."""
    values = value.entries(("system", "proxy"))
    numbers = {key: item.number(1, 65535) for key, item in values.items()}
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
        try:
            rules.append(parse_resolve(item.text()))
        except ValueError as error:
            raise item.error(str(error)) from error
    return tuple(rules)
