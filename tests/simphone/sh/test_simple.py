from __future__ import annotations

import logging

import pytest

from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("A=1 env | grep ^A=; echo [$A]", "A=1\n[]\n", 0),
    ("A=1; export A; sh -c 'echo $A'", "1\n", 0),
    ("A=1 B=$A; echo [$B]", "[1]\n", 0),
    ("f() { echo f; }; A=2 f; echo [$A]", "f\n[]\n", 0),
    ("A=3 :; echo [$A]", "[3]\n", 0),
    ("x=ls; $x -d /sdcard", "/sdcard\n", 0),
    ("ls() { echo mine; }; ls; command ls -d /sdcard", "mine\n/sdcard\n", 0),
    ("exec echo x; echo no", "x\n", 0),
    ("/system/bin/echo a; /bin/echo b", "a\nb\n", 0),
    ("sh -c 'echo $$' | grep -c .", "1\n", 0),
    ("set -x; echo a", "a\n", 0),
    ("yes | head -n 1; echo $?", "y\n0\n", 0),
    ("sleep 5 & ps -A | grep -c sleep", "1\n", 0),
]


@pytest.mark.parametrize(("script", "out", "rc"), SCRIPTS)
def test_commands(bench: Bench, script: str, out: str, rc: int) -> None:
    if "sleep 5" in script:
        script = script.replace("sleep 5", "sleep 5 >/dev/null 2>&1")
    result = bench.run(script)

    assert (result.out, result.rc) == (out, rc)


def test_an_unknown_program_is_reported_and_logged(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, "harness.simphone.sh"):
        result = bench.run("xyzzy a")

    assert result.err == "/system/bin/sh: xyzzy: inaccessible or not found\n"
    assert result.rc == 127
    assert "xyzzy" in caplog.text


def test_a_script_file_needs_the_right_to_be_run(bench: Bench) -> None:
    bench.fs.write("/data/local/tmp/s", b"#!/system/bin/sh\necho $# $1\n", uid=2000, mode=0o644)

    denied = bench.run("/data/local/tmp/s a")
    assert denied.err == "/system/bin/sh: /data/local/tmp/s: can't execute: Permission denied\n"
    assert denied.rc == 126
    assert bench.run("chmod +x /data/local/tmp/s; cd /data/local; tmp/s a b").out == "2 a\n"


def test_a_failing_system_call_is_told(bench: Bench) -> None:
    bench.fs.free_bytes = 0

    result = bench.run("seq 3 >/data/local/tmp/f; echo $?; touch /data/local/tmp/g")

    assert result.err == "seq: /data/local/tmp/f: No space left on device\n"
    assert result.out == "1\n"
