"""devices.yaml → DeviceEntry, strictly: one sentence with file, line and key when wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import ScalarNode

from harness.adapters.device_values import (
    account_of,
    named_accounts,
    read_account,
    read_adb,
    read_app,
    read_attach,
    read_avd,
    read_capture,
    read_language,
    read_ports,
    read_quic,
    read_resolve,
    read_serial,
    read_url,
    read_wireguard,
)
from harness.adapters.setting_error import SettingError
from harness.adapters.strict_yaml import Value, load, unknown
from harness.domain.attach_way import AttachWay
from harness.domain.device import AccountEntry, DeviceEntry

FILE_NAME = "devices.yaml"

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*)")


def find_devices_file(start: Path | None = None) -> Path:
    """devices.yaml in `start` (default: the working folder) or the nearest folder above."""
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        candidate = folder / FILE_NAME
        if candidate.is_file():
            return candidate
    raise SettingError(
        FILE_NAME, None, f"found neither in {here} nor above; name it with --devices FILE"
    )


def load_devices(path: Path | None = None, *, start: Path | None = None) -> list[DeviceEntry]:
    """All entries in the file's order. Raises SettingError."""
    file = path if path is not None else find_devices_file(start)
    return _entries(load(file), str(file))


def one_phone(file: Path, phone: str, name: str) -> str:
    """The text of a devices.yaml with `phone` of `file` alone, called `name`; it means the same
    in any folder. Raises SettingError where there is no such phone."""
    root = load(file)
    phones = root.entries().get("phones")
    if phones is None:
        raise root.error("needs the key 'phones'")
    entry = phones.entries().get(phone)
    if entry is None:
        raise SettingError(str(file), phones.line, unknown(phone, phones.entries(), "phones"))
    app = entry.entries().get("app")
    build = app.entries().get("file") if app is not None and not app.is_text else None
    if build is not None:
        build.node.value = str(file.absolute().parent / Path(build.text()).expanduser())
    phones.node.value = [(ScalarNode("tag:yaml.org,2002:str", name), entry.node)]
    return yaml.serialize(root.node, Dumper=yaml.SafeDumper)


def choose_devices(entries: list[DeviceEntry], names: list[str]) -> list[DeviceEntry]:
    """The named ones; without names the only entry, or all that are marked as default.

    Raises SettingError for a name that no entry has.
    """
    if names:
        by_name = {entry.name: entry for entry in entries}
        for name in names:
            if name not in by_name:
                raise SettingError(FILE_NAME, None, unknown(name, by_name, "phones"))
        return [by_name[name] for name in dict.fromkeys(names)]
    if len(entries) == 1:
        return list(entries)
    chosen = [entry for entry in entries if entry.default]
    if not chosen:
        raise SettingError(
            FILE_NAME,
            None,
            "has several phones and none with 'default: true'; choose with --device",
        )
    return chosen


def _entries(root: Value, source: str) -> list[DeviceEntry]:
    values = root.entries(("phones", "accounts"))
    phones = values.get("phones")
    if phones is None:
        raise root.error("needs the key 'phones'")
    accounts = named_accounts(values.get("accounts"))
    owners: dict[str, str] = {}
    found: dict[str, DeviceEntry] = {}
    serials: dict[str, str] = {}
    for name, value in phones.entries().items():
        if not _NAME.fullmatch(name):
            raise value.error("is no name for a phone; use letters, digits, '.', '_' and '-'")
        entry = _entry(name, value, source, accounts)
        user = (entry.account.user or "").strip().lower()
        if user and owners.setdefault(user, name) != name:
            raise value.error(
                f"has the account of {owners[user]!r}; its log-ins are counted, and a second"
                " phone may log the first one out: one account a phone"
            )
        if entry.serial is not None:
            if entry.serial in serials:
                raise value.error(f"has the serial of {serials[entry.serial]!r}")
            serials[entry.serial] = name
        found[name] = entry
    if not found:
        raise phones.error("lists no phone")
    return list(found.values())


_READERS: dict[str, Callable[[Value], object]] = {
    "serial": read_serial,
    "default": Value.flag,
    "profile": Value.text,
    "may_log_out": Value.flag,
    "may_remove_copies": Value.flag,
    "may_change_trust": Value.flag,
    "may_reboot": Value.flag,
    "user_certificate": Value.flag,
    "capture": read_capture,
    "attach": read_attach,
    "film": Value.flag,
    "quic": read_quic,
    "destructive": Value.flag,
    "appium_url": read_url,
    "appium_account": read_account,
    "appium_ca": Value.text,
    "adb": read_adb,
    "ports": read_ports,
    "language": read_language,
    "resolve": read_resolve,
    "upstream_ca": Value.text,
    "tags": Value.texts,
}
_KEYS = (*_READERS, "wireguard", "launch", "avd", "account", "app")


def _entry(
    name: str, value: Value, source: str, accounts: Mapping[str, AccountEntry]
) -> DeviceEntry:
    values = value.entries(_KEYS)
    ways = [key for key in ("serial", "launch", "avd") if key in values]
    if len(ways) != 1:
        raise value.error(
            "needs one of 'serial', 'launch' and 'avd'" if not ways else f"has {' and '.join(ways)}"
        )
    fields: dict[str, Any] = {
        key: read(values[key]) for key, read in _READERS.items() if key in values
    }
    attach, capture = fields.get("attach"), fields.get("capture", "none")
    if attach == AttachWay.EMULATOR and "avd" not in values:
        raise values["attach"].error("needs 'avd': the flag is given when we start the emulator")
    if (
        attach == AttachWay.WIREGUARD
        and "wireguard" not in values
        and not ("avd" in values or str(fields.get("serial", "")).startswith("emulator-"))
    ):
        raise values["attach"].error(
            "needs 'wireguard: {listen: ADDRESS}': the phone reaches us over the network"
        )
    if attach == AttachWay.NONE and capture != "none":
        raise values["attach"].error(f"leaves nothing for 'capture: {capture}' to look at")
    if "account" in values:
        fields["account"] = account_of(values["account"], accounts)
    if "app" in values:
        fields |= _app(values["app"], Path(source).parent, named="profile" in values)
    if "wireguard" in values:
        fields["wireguard_listen"] = read_wireguard(values["wireguard"])
    if "avd" in values:
        fields["avd"], fields["avd_start"] = read_avd(values["avd"])
    if "launch" in values:
        fields |= _launch(values["launch"])
    entry = DeviceEntry(name=name, line=value.line, source=source)
    return replace(entry, **fields)


def _app(value: Value, folder: Path, *, named: bool) -> dict[str, object]:
    """A word alone is the older way to name the profile."""
    if not value.is_text:
        file, pin = read_app(value, folder)
        return {"app_file": file, "pin": pin}
    if named:
        raise value.error("says the same as 'profile'; keep one")
    return {"profile": value.text()}


def _launch(value: Value) -> dict[str, object]:
    if not value.is_list:
        return {"avd": value.text()}
    words = value.texts()
    if not words:
        raise value.error("must be a command (list of words) or the name of an AVD")
    return {"launch": words}
