"""The verbs of `am` about services."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.intents import Intent, parse_intent, short
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply
from harness.simphone.contracts import Invocation

LOCATION_SERVICE = "io.appium.settings.LocationService"


def _start(inv: Invocation, words: list[str], *, foreground: bool) -> Reply:
    phone, intent = android(inv.phone), parse_intent(words)
    head = f"Starting service: {intent}\n"
    if intent.component is None:
        return Reply(head, "Error: Not found; no service started.\n", 255)
    package, name = intent.component
    found, manifest = phone.packages.get(package), phone.packages.manifest(package)
    if found is None or manifest is None or name not in [s.name for s in manifest.services]:
        return Reply(head, "Error: Not found; no service started.\n", 255)
    process, _ = phone.activities.ensure_process(found, "service", name)
    if foreground:
        phone.activities.state.services[f"{package}/{name}"] = process.pid
    if name == LOCATION_SERVICE:
        _set_location(inv, intent)
    return Reply(head)


def _start_service(inv: Invocation, words: list[str]) -> Reply:
    return _start(inv, words, foreground=False)


def _start_foreground(inv: Invocation, words: list[str]) -> Reply:
    return _start(inv, words, foreground=True)


def _stop(inv: Invocation, words: list[str]) -> Reply:
    state, intent = android(inv.phone).activities.state, parse_intent(words)
    head = f"Stopping service: {intent}\n"
    name = "/".join(intent.component) if intent.component else ""
    if state.services.pop(name, None) is None:
        return Reply(f"{head}Service not stopped: was not running.\n")
    state.notifications.cancel(name.partition("/")[0], service=True)
    return Reply(f"{head}Service stopped\n")


def _set_location(inv: Invocation, intent: Intent) -> None:
    state = android(inv.phone).activities.state
    try:
        values = [float(intent.extras.get(key, "0")) for key in ("latitude", "longitude")]
        altitude = float(intent.extras.get("altitude", "0"))
    except ValueError:
        return  # the real service logs and ignores what is no number
    state.location = (values[0], values[1], altitude)


def running(services: Mapping[str, int], wanted: str | None) -> list[tuple[str, int]]:
    """(short component, pid) of the services that `dumpsys activity services WANTED` lists."""
    names = [(short(*name.split("/", 1)), pid) for name, pid in services.items()]
    if not wanted or wanted == "all":
        return names
    return [(name, pid) for name, pid in names if name == wanted or name.split("/")[0] == wanted]


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "start-service": _start_service,
    "startservice": _start_service,
    "start-foreground-service": _start_foreground,
    "startfgservice": _start_foreground,
    "stop-service": _stop,
    "stopservice": _stop,
}
