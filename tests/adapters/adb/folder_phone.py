"""A phone whose shell is this machine's, with its folders below a temporary one."""

from __future__ import annotations

import json
import shlex
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from harness.ports import ShellResult
from tests.adapters.adb.conftest import FakePhone

PACKAGE = "org.example.app"
VIDEO = b"\0\0\0\x18ftypmp42" + b"\0" * 40


class FolderPhone(FakePhone):
    """`/data/data` and `/storage` lie below `top`. `way`: plain, run_as, su or closed."""

    def __init__(self, root: Path, way: str = "plain") -> None:
        super().__init__()
        self.top = root
        self.way = way

    def shell(
        self, command: str, *, timeout: float = 10.0, stdin: bytes | None = None
    ) -> ShellResult:
        if command in self.answers:
            return super().shell(command, timeout=timeout, stdin=stdin)
        self.asked.append(command)
        inner = self._allowed(command)
        if inner is None:
            return ShellResult(command, "", "Permission denied", 1)
        for top in ("/data/data/", "/storage/"):
            inner = inner.replace(top, f"{self.top}{top}")
        done = subprocess.run(["sh", "-c", inner], capture_output=True, check=False)
        text = done.stdout.decode("utf-8", "replace").replace(str(self.top), "")
        return ShellResult(command, text, done.stderr.decode("utf-8", "replace"), done.returncode)

    def _allowed(self, command: str) -> str | None:
        words = {"run_as": f"run-as {PACKAGE} sh -c ", "su": "su 0 sh -c "}
        dressed = next((head for head in words.values() if command.startswith(head)), None)
        if dressed is None:
            return command if self.way == "plain" or "/data/data" not in command else None
        inside = shlex.split(command.removeprefix(dressed))[0]
        return inside if dressed == words.get(self.way) else None

    def put(self, path: str, data: bytes) -> None:
        """Writes a file of the app's folder."""
        whole = self.top / "data/data" / PACKAGE / path
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(data)

    def table(
        self, database: str, table: str, columns: str, rows: list[tuple[object, ...]]
    ) -> None:
        """Makes a table with these rows."""
        whole = self.top / "data/data" / PACKAGE / database
        whole.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(whole)) as connection:
            connection.execute(f"CREATE TABLE {table} ({columns})")
            marks = ", ".join("?" for _ in columns.split(","))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - a test's own names
            connection.commit()

    def preferences(self, name: str, **values: object) -> None:
        """Writes shared_prefs/<name>.xml with strings; what is no text goes in as JSON."""
        texts = {key: v if isinstance(v, str) else json.dumps(v) for key, v in values.items()}
        lines = [
            f'<string name="{key}">{text.replace("&", "&amp;").replace("<", "&lt;")}</string>'
            for key, text in texts.items()
        ]
        self.put(f"shared_prefs/{name}.xml", f"<map>{''.join(lines)}</map>".encode())
