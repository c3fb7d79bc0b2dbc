"""The verbs of `am` about processes and tasks."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from harness.simphone.android.intents import short
from harness.simphone.android.parts import android
from harness.simphone.android.program import Reply, arguments
from harness.simphone.android.tasks import tasks
from harness.simphone.contracts import Invocation

CRASH_FRAMES = ("android.app.ActivityThread.-$$Nest$mscheduleCrash(Unknown Source:0)",)


def _force_stop(inv: Invocation, words: list[str]) -> Reply:
    package = _package(words)
    if package is None:
        return Reply(err="Error: Argument expected after force-stop\n", code=255)
    android(inv.phone).activities.force_stop(package)
    return Reply()


def _kill(inv: Invocation, words: list[str]) -> Reply:
    """Only processes that do no work for the user: not the app on top."""
    phone, package = android(inv.phone), _package(words)
    focus = phone.display.focus()
    if package and (focus is None or focus[0] != package):
        for process in phone.processes.of_package(package):
            phone.processes.kill(process.pid, reason="other", description="kill background")
    return Reply()


def _kill_all(inv: Invocation, _: list[str]) -> Reply:
    phone = android(inv.phone)
    focus = phone.display.focus()
    for process in phone.processes.all():
        package = phone.packages.get(process.package or "")
        top = focus is not None and focus[0] == process.package
        if package and not package.system and not top:
            phone.processes.kill(process.pid, reason="other", description="kill all background")
    return Reply()


def _crash(inv: Invocation, words: list[str]) -> Reply:
    package = _package(words)
    if package is None:
        return Reply(err="Error: Argument expected after crash\n", code=255)
    android(inv.phone).activities.crash(
        package,
        "android.app.RemoteServiceException$CrashedByAdbException",
        "shell-induced crash",
        CRASH_FRAMES,
    )
    return Reply()


def _stack(inv: Invocation, _: list[str]) -> Reply:
    phone = android(inv.phone)
    lines: list[str] = []
    width, height = phone.spec.width, phone.spec.height
    for record in tasks(phone):
        name = short(record.package, record.activity)
        lines.append(
            f"RootTask id={record.task} bounds=[0,0][{width},{height}] displayId=0 userId=0\n"
            f"  taskId={record.task}: {name} bounds=[0,0][{width},{height}] userId=0"
            f" visible={'true' if len(lines) == 0 else 'false'}\n\n"
        )
    return Reply("".join(lines))


def _current_user(_: Invocation, __: list[str]) -> Reply:
    return Reply("0\n")


def _known_package(inv: Invocation, words: list[str]) -> Reply:
    """For verbs that only need the package to be there (trim memory)."""
    package = _package(words)
    if package is None or inv.phone.packages.get(package) is None:
        return Reply(err=f"Error: Unknown package: {package}\n", code=1)
    return Reply()


def _multiwindow(_: Invocation, __: list[str]) -> Reply:
    return Reply("true\n")


def _nothing(_: Invocation, __: list[str]) -> Reply:
    return Reply()


def _package(words: list[str]) -> str | None:
    rest = arguments(words, {"--user"}).rest
    return rest[0] if rest else None


VERBS: Mapping[str, Callable[[Invocation, list[str]], Reply]] = {
    "force-stop": _force_stop,
    "stop-app": _force_stop,
    "kill": _kill,
    "kill-all": _kill_all,
    "crash": _crash,
    "stack": _stack,
    "get-current-user": _current_user,
    "send-trim-memory": _known_package,
    "supports-multiwindow": _multiwindow,
    "idle-maintenance": _nothing,
    "wait-for-broadcast-idle": _nothing,
}
