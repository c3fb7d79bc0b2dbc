from __future__ import annotations

import asyncio
import logging

import pytest

from harness.simphone.sh.running import Running
from harness.simphone.sh.signals import HUP, INT, KILL, TERM
from harness.simphone.sh.streams import FdTable
from tests.simphone.sh.bench import Bench


async def forever(program: Running) -> int:
    await asyncio.sleep(60)
    return program.pid


def start(bench: Bench, ignored: tuple[int, ...] = ()) -> Running:
    programs = bench.phone.shell.programs
    return programs.start("loop", forever, fds=FdTable({}), uid=2000, ignored=ignored)


def test_signals(bench: Bench) -> None:
    async def scene() -> None:
        programs = bench.phone.shell.programs
        program = start(bench, ignored=(HUP,))
        assert program.process in bench.phone.processes.all()
        assert programs.deliver(program.pid, HUP)
        await asyncio.sleep(0.01)
        assert not program.done.is_set()
        assert programs.deliver(program.pid, TERM)
        assert await program.wait() == 128 + TERM
        assert not programs.deliver(program.pid, TERM)
        assert bench.phone.processes.ended == [("loop", "signaled")]

    bench.live(scene)


def test_a_program_may_deal_with_a_signal_by_itself(bench: Bench) -> None:
    async def scene() -> None:
        shell = bench.phone.shell
        caught: list[int] = []
        program = start(bench, ignored=(HUP,))
        shell.catch(program.pid, (HUP, INT), caught.append)
        shell.catch(99_999, (HUP,), caught.append)  # nobody has this pid
        for signal in (HUP, INT, TERM):
            assert shell.programs.deliver(program.pid, signal)
        assert caught == [HUP, INT]
        assert await program.wait() == 128 + TERM

    bench.live(scene)


def test_a_program_killed_before_its_first_step_still_ends(bench: Bench) -> None:
    async def scene() -> None:
        program = start(bench)
        bench.phone.processes.kill(program.pid)
        assert await program.wait() == 128 + KILL

    bench.live(scene)


def test_a_failing_program_is_logged(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    async def broken(program: Running) -> int:
        raise LookupError(program.process.name)

    async def scene() -> None:
        programs = bench.phone.shell.programs
        program = programs.start("bad", broken, fds=FdTable({}), uid=0)
        assert await program.wait() == 1

    with caplog.at_level(logging.ERROR):
        bench.live(scene)
    assert "program bad of the simulated phone failed" in caplog.text


def test_orphans_go_to_init(bench: Bench) -> None:
    async def scene() -> None:
        await bench.script("sh -c 'sleep 30; true' >/dev/null 2>&1 &")
        orphan = next(p for p in bench.phone.processes.all() if p.name == "sh")
        assert orphan.ppid == 1

    bench.live(scene)
