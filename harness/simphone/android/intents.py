"""Intents as `am` reads them from its command line and prints them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harness.simphone.android.apk.manifest import full_name

ONE_VALUE = {"-a", "-d", "-t", "-i", "-c", "-n", "-f", "-p", "--user", "--receiver-permission"}
TWO_VALUES = {
    "-e", "--es", "--ez", "--ei", "--el", "--ef", "--ed", "--eu", "--ecn", "--esa", "--eia",
    "--ela", "--efa", "--esal", "--eial", "--elal",
}  # fmt: skip
OTHER_VALUED = {
    "--display", "--windowingMode", "--activityType", "--task", "-P", "-R", "--start-profiler",
    "--sampling", "--attach-agent", "--attach-agent-bind", "--splashscreen-show-icon",
}  # fmt: skip
FLAG_NAMES = {
    "--activity-brought-to-front": 0x00400000,
    "--activity-clear-task": 0x00008000,
    "--activity-clear-top": 0x04000000,
    "--activity-new-task": 0x10000000,
    "--activity-no-animation": 0x00010000,
    "--activity-no-history": 0x40000000,
    "--activity-single-top": 0x20000000,
    "--include-stopped-packages": 0x00000020,
}


class BadIntent(ValueError):  # noqa: N818 - named after what it says
    """The command line is no intent."""


@dataclass(slots=True)
class Intent:
    """What is asked for; `component` is (package, full class name)."""

    action: str | None = None
    data: str | None = None
    mime: str | None = None
    categories: list[str] = field(default_factory=list[str])
    component: tuple[str, str] | None = None
    package: str | None = None
    flags: int = 0
    extras: dict[str, str] = field(default_factory=dict[str, str])
    options: set[str] = field(default_factory=set[str])  # -W, -S, -D …: of `am` itself

    def __str__(self) -> str:
        """`act=… dat=… cat=[…] flg=0x… cmp=P/.A (has extras)`."""
        parts = [f"act={self.action}"] if self.action else []
        if self.categories:
            parts.append(f"cat=[{','.join(self.categories)}]")
        if self.data:
            parts.append(f"dat={self.data}")
        if self.mime:
            parts.append(f"typ={self.mime}")
        if self.flags:
            parts.append(f"flg={self.flags:#x}")
        if self.package:
            parts.append(f"pkg={self.package}")
        if self.component:
            parts.append(f"cmp={short(*self.component)}")
        if self.extras:
            parts.append("(has extras)")
        return f"Intent {{ {' '.join(parts)} }}"


def short(package: str, name: str) -> str:
    """`com.x/.Main` where the class lies in the package, else `com.x/com.y.Main`."""
    inside = name.startswith(package + ".")
    return f"{package}/{name[len(package) :] if inside else name}"


def component(text: str) -> tuple[str, str]:
    """(package, full class name) of `PKG/.Class`; raises BadIntent."""
    package, slash, name = text.partition("/")
    if not slash or not package or not name:
        raise BadIntent(f"Bad component name: {text}")
    return package, full_name(package, name)


def parse_intent(words: Sequence[str]) -> Intent:
    """Reads what follows `am start`, `am broadcast` …; raises BadIntent."""
    intent = Intent()
    queue = list(words)
    while queue:
        word = queue.pop(0)
        needed = 2 if word in TWO_VALUES else int(word in ONE_VALUE or word in OTHER_VALUED)
        if len(queue) < needed:
            raise BadIntent(f"Argument expected after {word}")
        values, queue = queue[:needed], queue[needed:]
        if word in TWO_VALUES:
            intent.extras[values[0]] = values[1]
        elif word in ONE_VALUE:
            _take(intent, word, values[0])
        elif word in OTHER_VALUED:
            continue  # where and how the window opens: there is one display
        elif word in FLAG_NAMES:
            intent.flags |= FLAG_NAMES[word]
        elif word == "--esn" and queue:
            intent.extras[queue.pop(0)] = "null"
        elif word.startswith("-"):
            intent.options.add(word)
        else:
            _target(intent, word)
    return intent


def _take(intent: Intent, word: str, value: str) -> None:
    match word:
        case "-a":
            intent.action = value
        case "-d":
            intent.data = value
        case "-t":
            intent.mime = value
        case "-c":
            intent.categories.append(value)
        case "-n":
            intent.component = component(value)
        case "-p":
            intent.package = value
        case "-f":
            try:
                intent.flags |= int(value, 0)
            except ValueError:
                raise BadIntent(f"Bad flags: {value}") from None
        case _:
            pass  # --user, -i, --receiver-permission: one user, and nothing is checked


def _target(intent: Intent, word: str) -> None:
    """The last free word: a URI, a component or a package."""
    if ":" in word:
        intent.data = word
        intent.action = intent.action or "android.intent.action.VIEW"
    elif "/" in word:
        intent.component = component(word)
    else:
        intent.package = word
        if intent.action is None:
            intent.action = "android.intent.action.MAIN"
            intent.categories.append("android.intent.category.LAUNCHER")
