"""`cmd notification`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android.intents import BadIntent, component
from harness.simphone.android.notifications import Notification, post
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Program, Reply, arguments
from harness.simphone.contracts import Invocation

SHELL = "com.android.shell"
POST_SINCE = 29
NUMBER = 2020  # NotificationShellCmd.NOTIFICATION_ID
POST_USAGE = "usage: cmd notification post [flags] <tag> <text>\n"
LISTENERS = "enabled_notification_listeners"


def _notification(inv: Invocation) -> Reply:
    words = list(inv.argv[1:])
    if words[:1] in (["post"], ["list"]) and inv.phone.spec.api < POST_SINCE:
        return Reply(err=f"Unknown command: {words[0]}\n", code=255)
    match words:
        case [("allow_listener" | "disallow_listener") as verb, name, *_]:
            return _listener(inv, name, allow=verb == "allow_listener")
        case ["list"]:
            return Reply("".join(f"{key}\n" for key in _keys(android(inv.phone))))
        case ["set_dnd", state]:
            modes = {"on": "1", "priority": "1", "none": "2", "alarms": "3"}
            inv.phone.settings.put("global", "zen_mode", modes.get(state, "0"))
            return Reply()
        case ["post", *rest]:
            return _post(android(inv.phone), rest)
        case _:
            return Reply(err=f"Unknown command: {' '.join(words)}\n", code=255)


def _keys(phone: AndroidPhone) -> list[str]:
    shown = phone.activities.state.notifications.all()
    packages = [(n, phone.packages.get(n.package)) for n in shown]
    return [n.key(package.uid) for n, package in packages if package is not None]


def _post(phone: AndroidPhone, words: list[str]) -> Reply:
    """`post [-t TITLE] [-S STYLE] … TAG TEXT`, shown as com.android.shell's (API 29)."""
    given = arguments(words, {"-t", "--title", "-i", "--icon", "-S", "--style", "-c", "-f"})
    if len(given.rest) < 2:
        return Reply(POST_USAGE, code=1)
    tag, text = given.rest[0], " ".join(given.rest[1:])
    title = given.value("-t", "--title") or text
    new = Notification(SHELL, NUMBER, title, text, phone.clock.now(), tag=tag, channel="shellcmd")
    post(phone, new)
    return Reply("posting:\n  Notification(channel=shellcmd shortcut=null contentView=null)\n")


def _listener(inv: Invocation, name: str, *, allow: bool) -> Reply:
    try:
        package, cls = component(name)
    except BadIntent:
        return Reply(err="Invalid listener - must be a ComponentName\n", code=255)
    stored = inv.phone.settings.get("secure", LISTENERS) or ""
    names = [entry for entry in stored.split(":") if entry and entry != f"{package}/{cls}"]
    if allow:
        names.append(f"{package}/{cls}")
    inv.phone.settings.put("secure", LISTENERS, ":".join(names))
    return Reply()


SERVICES: Mapping[str, Program] = {"notification": _notification}
