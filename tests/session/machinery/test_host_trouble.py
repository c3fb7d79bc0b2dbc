"""Each trouble in a process of its own: it would break this one."""

from __future__ import annotations

import socket
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from harness.adapters.child import free_port
from harness.session.machinery.host_trouble import take_port

SCRIPTS = {
    "full disk": """
        from harness.session.machinery.host_trouble import fill_host_disk
        open("old", "w").write("kept")
        fill_host_disk()
        assert open("old").read() == "kept"
        try:
            with open("new", "w") as file:
                file.write("x")
        except OSError as error:
            print("refused", error.errno)
    """,
    "read-only": """
        from pathlib import Path
        from harness.session.machinery.host_trouble import forbid_writing
        Path("run/tests").mkdir(parents=True)
        forbid_writing(Path("run"))
        for place in ("run/a", "run/tests/b"):
            try:
                open(place, "w")
            except PermissionError as error:
                print("refused", error.errno)
        Path("run").chmod(0o700)
    """,
    "clock": """
        import time
        from harness.session.machinery.host_trouble import JUMP, jump_clock
        before, steady = time.time(), time.monotonic()
        jump_clock()
        assert JUMP <= time.time() - before < JUMP + 30
        assert time.monotonic() - steady < 30
        print("refused nothing")
    """,
}


@pytest.mark.parametrize(
    ("name", "lines"), [("full disk", 1), ("read-only", 2), ("clock", 1)], ids=str
)
def test_it_strikes_the_process_that_asked(name: str, lines: int, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(SCRIPTS[name])],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.count("refused") == lines


def test_a_taken_port_is_taken() -> None:
    port = free_port()
    take_port(port)

    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))
