import os
import subprocess
import sys

import pytest

from harness.adapters import tether


def test_it_becomes_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", tether.__file__, str(os.getpid()), "echo", "here"],
        capture_output=True,
        timeout=20,
        check=True,
    )

    assert done.stdout == b"here\n"


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's parent-death signal")
def test_a_parent_that_is_gone_already_starts_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-I", "-S", tether.__file__, "1", "echo", "here"],
        capture_output=True,
        timeout=20,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, b"")


def test_elsewhere_it_watches_and_passes_the_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tether.sys, "platform", "darwin")
    monkeypatch.setattr(tether, "_LOOK", 0.01)

    def ignore(*_: object) -> None: ...

    monkeypatch.setattr(tether.signal, "signal", ignore)

    assert tether.main([str(os.getppid()), sys.executable, "-c", "raise SystemExit(3)"]) == 3
    assert tether.main(["1234567", sys.executable, "-c", "import time; time.sleep(60)"]) == -9
