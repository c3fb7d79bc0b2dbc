from __future__ import annotations

import pytest

from tests.simphone.sh.bench import Bench
from tests.simphone.toybox.table import Row, check

ROWS: list[Row] = [
    (
        "ps --help | grep -c '^-A'; ps -A | head -2 | tr -s ' '",
        ("1\nUSER PID PPID VSZ RSS WCHAN ADDR S NAME\nroot 1 1 2150000 3400 0 0 S init\n"),
        0,
    ),
    (
        (
            "ps -A -o PID,NAME | grep example; ps -o PID= -p 500; ps -o NAME -P 400 | "
            "tail -1; ps -p 77 >/dev/null; echo $?; ps -o NOPE"
        ),
        "  500 com.example.app\n  500\ncom.example.app\n1\nps: bad -o NOPE\n",
        1,
    ),
    (
        (
            "pidof zygote64 init; pidof nope; echo $?; pgrep zygote; "
            "pgrep -f com.example; pgrep -l init; pgrep nope; echo $?"
        ),
        "1 400\n1\n400\n500\n1 init\n1\n",
        0,
    ),
    (
        (
            "sleep 9 & sleep 0.02; pkill sleep; wait $!; echo $?; "
            "sleep 9 & sleep 0.02; killall -9 sleep; wait $!; echo $?; pkill nope; "
            "echo $?"
        ),
        "143\n137\n1\n",
        0,
    ),
    ("sleep 9 & sleep 0.02; echo $! | xargs kill -HUP; wait $!; echo $?", "129\n", 0),
    (
        ("xargs kill <<E\n500\nE\necho 77 | xargs kill; echo x | xargs kill; killall nope"),
        (
            "kill: pid 500: Operation not permitted\nkill: pid 77: No such process\n"
            "kill: bad pid 'x'\nkillall: nope: No such process\n"
        ),
        1,
    ),
    (
        "/bin/kill -l | grep -c TERM; /bin/kill -NOPE 1; pgrep '['",
        "1\nkill: bad signal 'NOPE'\npgrep: bad regex '['\n",
        1,
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_processes(bench: Bench, row: Row) -> None:
    check(bench, row)


def test_root_kills_apps(bench: Bench) -> None:
    bench.run("pkill -f com.example.app", uid=0)

    assert ("com.example.app", "signaled") in bench.phone.processes.ended
