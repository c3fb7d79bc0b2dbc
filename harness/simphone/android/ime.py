"""`ime`: keyboards that are there, switched on, and in use."""

from __future__ import annotations

from harness.simphone.android.intents import short
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import Invocation

USAGE = "ime <command>:\n  list [-a] [-s]\n  enable <ID>\n  disable <ID>\n  set <ID>\n"
ENABLED, CURRENT = "enabled_input_methods", "default_input_method"
SERVICE = "android.view.InputMethod"
"""The action of a service that is a keyboard."""


def ime(inv: Invocation) -> Reply:
    """`list [-a] [-s]`, `enable`, `disable`, `set`, `reset`."""
    given, phone = arguments(inv.argv[1:], {"--user"}), android(inv.phone)
    verb, *rest = given.rest or ["help"]
    if verb == "list":
        names = _present(phone) if given.has("-a") else _enabled(phone)
        if given.has("-s"):
            return Reply("".join(f"{name}\n" for name in names))
        return Reply("".join(f"{n}:\n  mId={n} mSettingsActivityName=null\n" for n in names))
    if verb == "reset":
        _store(phone, [phone.spec.maker.keyboard])
        phone.settings.put("secure", CURRENT, phone.spec.maker.keyboard)
        return Reply("Reset current and enabled IMEs for user #0\n")
    if verb not in ("enable", "disable", "set") or not rest:
        return Reply(
            "ime <command>:\n  list [-a] [-s]\n  enable <ID>\n  disable <ID>\n  set <ID>\n"
        )
    name = rest[0]
    if name not in _present(phone):
        return Reply(
            err=f"Unknown input method {name} cannot be {_done(verb)} for user #0\n", code=255
        )
    return _change(phone, verb, name)


def _change(phone: AndroidPhone, verb: str, name: str) -> Reply:
    enabled = _enabled(phone)
    if verb == "enable":
        if name in enabled:
            return Reply(f"Input method {name}: already enabled for user #0\n")
        _store(phone, [*enabled, name])
        return Reply(f"Input method {name}: now enabled for user #0\n")
    if verb == "disable":
        _store(phone, [entry for entry in enabled if entry != name])
        if phone.settings.get("secure", CURRENT) == name:
            phone.settings.put("secure", CURRENT, phone.spec.maker.keyboard)
        return Reply(f"Input method {name}: now disabled for user #0\n")
    if name not in enabled:
        return Reply(err=f"Unknown input method {name} cannot be selected for user #0\n", code=255)
    phone.settings.put("secure", CURRENT, name)
    return Reply(f"Input method {name} selected for user #0\n")


def _present(phone: AndroidPhone) -> list[str]:
    """The keyboard that came with the phone, and those of installed packages."""
    found = [phone.spec.maker.keyboard]
    for package in phone.packages.all():
        manifest = phone.packages.manifest(package.name)
        found += [
            short(package.name, service.name)
            for service in (manifest.services if manifest is not None else ())
            if any(SERVICE in each.actions for each in service.filters)
        ]
    return list(dict.fromkeys(found))


def _enabled(phone: AndroidPhone) -> list[str]:
    stored = phone.settings.get("secure", ENABLED) or ""
    return [name for name in stored.split(":") if name in _present(phone)]


def _store(phone: AndroidPhone, names: list[str]) -> None:
    phone.settings.put("secure", ENABLED, ":".join(names))


def _done(verb: str) -> str:
    return {"enable": "enabled", "disable": "disabled", "set": "selected"}[verb]


COMMANDS = {"ime": program(ime)}
