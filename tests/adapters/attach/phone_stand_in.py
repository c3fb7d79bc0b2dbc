"""An in-memory phone: settings, reverse entries, a few files and mounts; no more."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from pathlib import Path

from harness.ports import InstrumentError, ShellResult

APEX = "/apex/com.android.conscrypt/cacerts"
SYSTEM = "/system/etc/security/cacerts"


class StandIn:
    """Understands the commands that the attach package sends, one at a time."""

    def __init__(
        self,
        *,
        apex: bool = True,
        rootable: bool = True,
        nc: bool = True,
        nsenter: bool = True,
    ) -> None:
        self.settings: dict[str, str] = {}
        self.reversed: dict[int, int] = {}
        self.files: dict[str, str] = {}
        self.mounts: dict[str, dict[str, set[str]]] = {"shell": {}, "900": {}, "1234": {}}
        self.apex = apex
        self.nsenter = nsenter
        self.rootable = rootable
        self.rooted = False
        self.nc = nc
        self.loop = False
        self.done: list[str] = []
        self.broken: Callable[[str], bool] = lambda command: False
        self.answer = ""

    name = "stand-in"
    serial = "127.0.0.1:5555"

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        self.done.append(command)
        if self.broken(command):
            raise InstrumentError("adb", f"shell {command}", "device offline")
        output, code = self._run(command)
        return ShellResult(command, output, "", code)

    def _run(self, command: str) -> tuple[str, int]:
        if command.startswith("settings "):
            return "".join(self._setting(part.strip()) for part in command.split(";")), 0
        if command.startswith("setsid"):
            self.loop = True
            return "", 0
        if command.startswith("kill -0"):
            return "", 0 if self.loop else 1
        if "rm -rf /data/local/tmp/harness-dm" in command:
            self.loop = False
            return "", 0
        if command.startswith("( printf"):
            return self.answer, 0
        if command == "command -v nc":
            return "", 0 if self.nc else 1
        if command == "command -v nsenter":
            return "", 0 if self.nsenter else 1
        return self._mounting(command)

    def _setting(self, words: str) -> str:
        verb, key, *value = (word for word in shlex.split(words)[1:] if word != "global")
        if verb == "get":
            return self.settings.get(key, "null") + "\n"
        if verb == "delete":
            self.settings.pop(key, None)
        else:
            self.settings[key] = value[0]
            if key == "http_proxy":  # as ConnectivityService does
                host, _, port = value[0].partition(":")
                self.settings["global_http_proxy_host"] = host
                self.settings["global_http_proxy_port"] = port
        return ""

    def _mounting(self, command: str) -> tuple[str, int]:
        space = "shell"
        if "nsenter" in command and not self.nsenter:
            return "", 127
        inside = re.match(r"nsenter --mount=/proc/(\d+)/ns/mnt (?:sh -c '(.*)'|(.*))", command)
        if inside:
            space, command = inside[1], inside[2] or inside[3]
        if command.startswith("for p in "):
            loop = re.match(r"for p in ([\d ]+); do nsenter \S+ sh -c '(.*)'; done; true", command)
            assert loop is not None, command
            for pid in loop[1].split():
                self._mounting(f"nsenter --mount=/proc/{pid}/ns/mnt sh -c '{loop[2]}'")
            return "", 0
        if command.startswith(("mount", "cp ", "[ ! -f ")):
            self._change(command, space)
            return "", 0
        if command.startswith("[ -d"):
            return "", 0 if self.apex else 1
        if command.startswith("[ -f "):
            found = re.findall(r"-f (\S+)", command)
            return "", 0 if any(self._there(path, space) for path in found) else 1
        if command.startswith("ls "):
            return "", 0 if self._there(command.removeprefix("ls "), space) else 1
        known = {"pidof": "900\n", "ps -A": "PID PPID\n1 0\n900 1\n1234 900\n4321 1\n"}
        return known.get(command[:5], ""), 0

    def _change(self, command: str, space: str) -> None:
        mounts = self.mounts[space]
        if command.startswith("[ ! -f "):
            path, target = re.findall(r"\S+/cacerts(?:/\S+)?", command)
            if self._there(path, space):
                for each in self.mounts.values() if target == SYSTEM else [mounts]:
                    each.pop(target)
        elif command.startswith("mount -t tmpfs"):
            shared: set[str] = set()
            for each in self.mounts.values():  # seen in all namespaces
                each[SYSTEM] = shared
        elif command.startswith("mount --bind"):
            mounts[APEX] = mounts[SYSTEM]
        elif command.startswith("cp /data/local/tmp/harness-ca/*"):
            mounts[SYSTEM].update(Path(name).name for name in self.files)

    def _there(self, path: str, space: str) -> bool:
        folder, _, name = path.rpartition("/")
        return name in self.mounts[space].get(folder, set())

    def push(self, source: Path, target: str, *, mode: int = 0o644, timeout: float = 60.0) -> None:
        self.files[target] = source.read_text(encoding="utf-8")

    def pull(self, source: str, target: Path, *, timeout: float = 60.0) -> None:
        raise AssertionError("nothing is pulled")

    def reverse(self, phone_port: int, host_port: int) -> None:
        assert self.reversed.get(phone_port, host_port) == host_port, "never re-targeted"
        self.done.append(f"reverse {phone_port} {host_port}")
        self.reversed[phone_port] = host_port

    def reverse_list(self) -> list[tuple[int, int]]:
        return list(self.reversed.items())

    def remove_reverse(self, phone_port: int) -> None:
        self.done.append(f"remove {phone_port}")
        self.reversed.pop(phone_port, None)

    def root(self, *, timeout: float = 15.0) -> bool:
        self.rooted = self.rootable
        self.reversed.clear()  # adbd starts again
        self.loop = False
        return self.rooted

    def is_root(self) -> bool:
        return self.rooted

    def state(self) -> str:
        return "device"

    def wait_for(self, state: str = "device", *, timeout: float = 30.0) -> None:
        return
