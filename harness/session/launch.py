"""Starts the phone of an entry: its launch command, or an emulator; ends it afterwards."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harness.adapters import child
from harness.domain.resolve import ResolveRule, parse_resolve
from harness.ports import InstrumentError
from harness.session.account import Account, read_password_file

START_TIMEOUT = 90.0
"""Seconds until the JSON line must have come."""


@dataclass(frozen=True, slots=True)
class Launched:
    """What the JSON line of `harness phone` says of its first phone."""

    process: subprocess.Popen[bytes]
    serial: str
    control: str | None = None
    account: Account | None = None
    resolve: tuple[ResolveRule, ...] = ()
    upstream_ca: Path | None = None

    def stop(self) -> None:
        """Ends the phone."""
        child.stop(self.process, timeout=10.0)


def launch(name: str, words: Sequence[str], *, adb_port: int, log: Path) -> Launched:
    """Runs an entry's launch command until its line is there. Raises InstrumentError."""
    command = own_command(words)
    environment = {**os.environ, "ANDROID_ADB_SERVER_PORT": str(adb_port)}
    process = child.start("tools", command, env=environment, output=log, pipe=True, tree=True)
    try:
        line = first_line(process, START_TIMEOUT)
        return read_line(line, process, name)
    except InstrumentError as error:
        child.stop(process)
        raise InstrumentError(
            "tools", f"launch {name} by {' '.join(words)}", error.detail, advice=f"See {log}."
        ) from error


def own_command(words: Sequence[str]) -> list[str]:
    """`harness …` and `{python} …` with this interpreter in their place."""
    first = {
        "harness": [sys.executable, "-m", "harness"],
        "{python}": [sys.executable],
    }.get(words[0], [words[0]])
    return [*first, *words[1:]]


def read_line(line: str, process: subprocess.Popen[bytes], name: str) -> Launched:
    """Reads CONTRACT's JSON line; raises InstrumentError for any other."""
    try:
        data: Any = json.loads(line)
        phone = data["phones"][0]
        service = data.get("service") or {}
        account = phone.get("account") or {}
        upstream = service.get("upstream_ca")
        return Launched(
            process=process,
            serial=str(phone["address"]),
            control=phone.get("control"),
            account=_account(account, name),
            resolve=tuple(parse_resolve(str(rule)) for rule in service.get("resolve") or ()),
            upstream_ca=Path(upstream) if upstream else None,
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise InstrumentError(
            "tools", f"read the launch line of {name}", f"{error!r} in {line[:200]!r}"
        ) from error


def _account(account: dict[str, Any], name: str) -> Account | None:
    if "user" not in account or "password_file" not in account:
        return None
    password = read_password_file(Path(account["password_file"]), name)
    known = account.get("known") or {}
    numbers = {str(key): value for key, value in known.items() if isinstance(value, int)}
    return Account(account["user"], password, throwaway=True, known_values=numbers)


def first_line(process: subprocess.Popen[bytes], timeout: float) -> str:
    """The line that a launch command prints once its phone is up. Raises InstrumentError."""
    pipe = process.stdout
    if pipe is None:
        raise InstrumentError("tools", "read the launch line", "no pipe")
    deadline, data = time.monotonic() + timeout, b""
    while b"\n" not in data:
        left = deadline - time.monotonic()
        if left <= 0:
            raise InstrumentError("tools", "read the launch line", f"none within {timeout:.0f} s")
        ready, _, _ = select.select([pipe], [], [], min(left, 1.0))
        if not ready:
            continue
        part = os.read(pipe.fileno(), 65536)
        if not part:
            code = process.wait(5.0)
            raise InstrumentError("tools", "read the launch line", f"exit code {code}")
        data += part
    return data.partition(b"\n")[0].decode("utf-8", "replace")
