from __future__ import annotations

import pytest

from harness.simphone.sh.builtins.jobs import seconds_of
from tests.simphone.sh.bench import Bench

SCRIPTS = [
    ("(exit 3) & wait $!; echo $?", "3\n"),
    ("sleep 0.05 & wait; echo done", "done\n"),
    ("sleep 9 & kill $!; wait $!; echo $?", "143\n"),
    ("sleep 9 & kill -9 %1; wait %1; echo $?", "137\n"),
    ("sleep 9 & kill -0 $! && echo there; kill -s KILL $!", "there\n"),
    ("sleep 9 & jobs -p | grep -c .; kill $!", "1\n"),
    ("sleep 9 & sleep 0.02; jobs; kill $!", "[1] + Running              sleep\n"),
    ("wait 12345; echo $?", "127\n"),
    ("kill 99999; echo $?", "1\n"),
    ("kill -0 1; echo $?", "1\n"),
    ("kill -NOPE 1; kill; echo $?", "1\n"),
    ("kill -l | tr ' ' '\\n' | grep TERM", "TERM\n"),
    ("trap 'echo a' EXIT; trap - EXIT; echo b", "b\n"),
    ("trap 'echo x' 0 TERM; trap; trap - 0", "trap -- 'echo x' EXIT\ntrap -- 'echo x' TERM\n"),
    ("trap x NOPE; echo $?", "1\n"),
    ("trap 'echo T' TERM; (sleep 0.05; kill $$) & sleep 5; echo after", "T\nafter\n"),
    ("trap 'echo T' TERM; sleep 5 & (sleep 0.05; kill $$) & wait; kill $(jobs -p)", "T\n"),
    ("sleep nope; echo $?", "1\n"),
]


@pytest.mark.parametrize(("script", "out"), SCRIPTS)
def test_jobs(bench: Bench, script: str, out: str) -> None:
    result = bench.run(script)

    assert result.out == out
    assert result.seconds < 3


@pytest.mark.parametrize(
    ("text", "seconds"), [("1", 1), ("0.5", 0.5), ("2m", 120), ("x", None), ("-1", None)]
)
def test_times(text: str, seconds: float | None) -> None:
    assert seconds_of(text) == seconds
