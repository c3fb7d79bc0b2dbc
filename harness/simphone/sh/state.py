"""What a shell remembers: variables, functions, options, positional parameters."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field

from harness.simphone.sh.syntax import Node

SHELL_NAME = "/system/bin/sh"
PATH = (
    "/product/bin:/apex/com.android.runtime/bin:/apex/com.android.art/bin:/system_ext/bin:"
    "/system/bin:/system/xbin:/odm/bin:/vendor/bin:/vendor/xbin"
)


def default_environment(uid: int) -> dict[str, str]:
    """The environment adbd gives a shell."""
    user = "root" if uid == 0 else "shell"
    return {
        "ANDROID_ASSETS": "/system/app",
        "ANDROID_BOOTLOGO": "1",
        "ANDROID_DATA": "/data",
        "ANDROID_ROOT": "/system",
        "ANDROID_STORAGE": "/storage",
        "EXTERNAL_STORAGE": "/sdcard",
        "HOME": "/",
        "HOSTNAME": "localhost",
        "LOGNAME": user,
        "PATH": PATH,
        "SHELL": "/bin/sh",
        "TERM": "dumb",
        "TMPDIR": "/data/local/tmp",
        "USER": user,
    }


class ReadOnlyVariableError(Exception):
    """A read-only variable was assigned to; the text is its name."""


@dataclass(slots=True)
class ShellState:
    """Copied for subshells; `pid` stays the first shell's, as `$$` does."""

    pid: int
    variables: dict[str, str]
    exported: set[str]
    cwd: str = "/"
    name: str = SHELL_NAME  # $0, and the start of every message
    positional: list[str] = field(default_factory=list[str])
    functions: dict[str, Node] = field(default_factory=dict[str, Node])
    options: set[str] = field(default_factory=set[str])  # letters of `set -e` …
    read_only: set[str] = field(default_factory=set[str])
    status: int = 0
    last_job: int | None = None
    umask: int = 0
    option_place: int = 0  # of `getopts` within a cluster such as -abc
    traps: dict[int, str] = field(default_factory=dict[int, str])  # "" = ignored
    locals: list[dict[str, str | None]] = field(default_factory=list[dict[str, str | None]])

    def get(self, name: str) -> str | None:
        """A variable or special parameter; None if it is not set."""
        match name:
            case "?":
                return str(self.status)
            case "$":
                return str(self.pid)
            case "!":
                return None if self.last_job is None else str(self.last_job)
            case "#":
                return str(len(self.positional))
            case "0":
                return self.name
            case "-":
                return f"h{''.join(sorted(self.options))}c"
            case "@" | "*":
                separator = self.variables.get("IFS", " ")[:1]
                return separator.join(self.positional) if self.positional else None
            case _ if name.isdigit():
                index = int(name) - 1
                return self.positional[index] if index < len(self.positional) else None
            case _:
                return self.variables.get(name)

    def assign(self, name: str, value: str) -> None:
        """Sets a variable; raises ReadOnlyVariableError."""
        if name in self.read_only:
            raise ReadOnlyVariableError(name)
        self.variables[name] = value
        if "a" in self.options:
            self.exported.add(name)

    def unset(self, name: str) -> None:
        if name in self.read_only:
            raise ReadOnlyVariableError(name)
        self.variables.pop(name, None)
        self.exported.discard(name)

    def environment(self) -> dict[str, str]:
        """The exported variables."""
        return {n: self.variables[n] for n in self.exported if n in self.variables}

    def ignored_signals(self) -> set[int]:
        return {signal for signal, action in self.traps.items() if signal and not action}

    def subshell(self) -> ShellState:
        """A copy for a subshell: ignored signals stay ignored, other traps are dropped."""
        child = copy.copy(self)
        child.variables = dict(self.variables)
        child.exported = set(self.exported)
        child.positional = list(self.positional)
        child.functions = dict(self.functions)
        child.options = set(self.options)
        child.read_only = set(self.read_only)
        child.traps = {s: a for s, a in self.traps.items() if s and not a}
        child.locals = []
        return child
