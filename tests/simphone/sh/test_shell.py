"""When an adb stream ends: the table of background jobs measured with mksh."""

from __future__ import annotations

import asyncio

import pytest

from harness.simphone.contracts import Invocation
from harness.simphone.sh.streams import BytesSource, MemorySink
from tests.simphone.sh.bench import Bench, StandingClock, WallClock

JOB = 0.4  # seconds
RETURNS = [
    # script with J for the job, whether the stream waits for the job
    ("sleep T & echo hi", True),
    ("sleep T >/dev/null & echo hi", True),
    ("sleep T </dev/null 2>&1 >/dev/null & echo hi", True),
    ("sleep T >/dev/null 2>&1 & echo hi", False),
    ("setsid sh -c 'sleep T; true' </dev/null >/dev/null 2>&1 & echo hi", False),
    ("sh -c 'sleep T; true' </dev/null >/dev/null 2>&1 & echo hi", False),
    ("nohup sleep T </dev/null >/dev/null 2>&1 & echo hi", False),
    ("( sleep T; true ) </dev/null >/dev/null 2>&1 & echo hi", True),
    ("{ sleep T; true; } </dev/null >/dev/null 2>&1 & echo hi", True),
    ("while sleep T; do break; done </dev/null >/dev/null 2>&1 & echo hi", True),
    ("( exec </dev/null >/dev/null 2>&1; sleep T ) & echo hi", False),
    ("setsid -d sleep T </dev/null >/dev/null 2>&1; echo hi", True),
]


@pytest.mark.parametrize(("script", "waits"), RETURNS)
def test_a_stream_ends_when_nobody_holds_its_output(bench: Bench, script: str, waits: bool) -> None:
    result = bench.run(script.replace("T", str(JOB)))

    assert (result.out, result.rc) == ("hi\n", 0)
    assert (result.seconds >= JOB) == waits


LOOP = """setsid sh -c 'D=/data/local/tmp/dm N=1; trap "" HUP PIPE; echo $$ >$D/dm.pid
while sleep 0.05; do
  [ "$(cat $D/dm.pid 2>/dev/null)" = $$ ] || exit 0
  m=$(stat -c %Y $D/hb 2>/dev/null); a=$(( $(date +%s) - ${m:-0} ))
  [ $a -ge 0 ] && [ $a -le $N ] && continue
  until echo :0 > $D/http_proxy && [ "$(cat $D/http_proxy)" = :0 ]; do sleep 1; done
  rm -f $D/dm.pid; exit 0
done' </dev/null >/dev/null 2>&1 &"""
ARM = "mkdir -p /data/local/tmp/dm; touch /data/local/tmp/dm/hb; " + LOOP


def dead_man(bench: Bench) -> list[str]:
    return [p.name for p in bench.phone.processes.all() if p.name == "sh"]


def test_the_dead_mans_loop_fires_when_the_heart_stops(bench: Bench) -> None:
    async def scene() -> None:
        armed = await bench.script(ARM)
        await asyncio.sleep(0.2)

        assert armed.seconds < 0.5
        assert dead_man(bench) == ["sh"]
        assert not bench.fs.access("/data/local/tmp/dm/http_proxy", 4)

        bench.phone.clock.offset += 2.5
        await asyncio.sleep(0.2)

        assert bench.fs.read("/data/local/tmp/dm/http_proxy") == b":0\n"
        assert dead_man(bench) == []

    bench.live(scene)


def test_beats_keep_it_quiet_and_removing_its_pid_file_disarms_it(bench: Bench) -> None:
    async def scene() -> None:
        await bench.script(ARM)
        for _ in range(3):
            bench.phone.clock.offset += 1
            await bench.script("touch /data/local/tmp/dm/hb")
            await asyncio.sleep(0.08)
        assert dead_man(bench) == ["sh"]

        await bench.script("rm /data/local/tmp/dm/dm.pid")
        await asyncio.sleep(0.15)

        assert dead_man(bench) == []
        assert not bench.fs.access("/data/local/tmp/dm/http_proxy", 4)

    bench.live(scene)


def test_a_second_start_replaces_the_first(bench: Bench) -> None:
    async def scene() -> None:
        await bench.script(ARM)
        await asyncio.sleep(0.1)
        await bench.script(ARM)
        await asyncio.sleep(0.2)

        assert dead_man(bench) == ["sh"]

    bench.live(scene)


def test_end_all_ends_what_the_streams_left_running(bench: Bench) -> None:
    async def scene() -> None:
        await bench.script(ARM)
        await asyncio.sleep(0.1)
        await bench.phone.shell.end_all()

        assert dead_man(bench) == []

    bench.live(scene)


async def close_after(bench: Bench, script: str, seconds: float) -> None:
    """Runs a script and closes its stream as the host does."""
    sink = MemorySink()
    run = asyncio.ensure_future(
        bench.phone.shell.run(script, stdin=BytesSource(b""), stdout=sink, stderr=sink)
    )
    await asyncio.sleep(seconds)
    run.cancel()
    await asyncio.wait({run})
    await asyncio.sleep(0.05)


@pytest.mark.parametrize(
    ("script", "left"),
    [
        ("while :; do sleep 0.02; done", []),
        ("sleep 30", []),
        ("exec sleep 30", []),
        ("trap '' HUP; while :; do sleep 0.02; done", ["sh"]),
        ("sh -c 'sleep 30; true' & while :; do sleep 0.02; done", ["sh"]),
        ("setsid sh -c 'sleep 30; true' </dev/null >/dev/null 2>&1 & sleep 30", ["sh"]),
    ],
)
def test_closing_the_stream_hangs_up_on_the_shell_only(
    bench: Bench, script: str, left: list[str]
) -> None:
    async def scene() -> None:
        before = {p.pid for p in bench.phone.processes.all()}
        await close_after(bench, script, 0.1)

        assert [p.name for p in bench.phone.processes.all() if p.pid not in before] == left

    bench.live(scene)


def test_killing_the_process_ends_the_program(bench: Bench) -> None:
    async def scene() -> None:
        run = asyncio.ensure_future(bench.script("sh -c 'sleep 30; true'; echo $?"))
        await asyncio.sleep(0.05)
        inner = next(p for p in bench.phone.processes.all() if p.name == "sh" and p.ppid != 1)
        bench.phone.processes.kill(inner.pid)

        assert (await run).out == "137\n"

    bench.live(scene)


def test_execute_runs_one_program_by_argv(bench: Bench) -> None:
    async def scene() -> None:
        out = MemorySink()
        invocation = Invocation(
            argv=(), stdin=BytesSource(b""), stdout=out, stderr=out, phone=bench.phone.parts()
        )
        argv = ["sh", "-c", "echo $0 $1; exit 3", "a b", "$x"]

        assert await bench.phone.shell.execute(argv, invocation) == 3
        assert bytes(out.data) == b"a b $x\n"

    bench.live(scene)


def test_programs_show_up_in_the_bin_folder(bench: Bench) -> None:
    assert {"sh", "ls", "setsid"} <= set(bench.fs.listdir("/system/bin"))
    assert bench.fs.stat("/bin/ls", uid=2000).mode & 0o777 == 0o755


def test_a_wall_clock_runs(tmp_path_factory: pytest.TempPathFactory) -> None:
    bench = Bench(tmp_path_factory.mktemp("wall"), WallClock())

    assert abs(int(bench.run("date +%s").out) - WallClock().now()) <= 2
    assert StandingClock().now() == StandingClock().now()
