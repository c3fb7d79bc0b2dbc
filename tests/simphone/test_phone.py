"""The phone as a whole: programs, boot, reboot, local sockets, run-as."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from harness.simphone.app.build import PACKAGE
from harness.simphone.fleet import Fleet, Running, Wish
from tests.simphone.collected import shell


def on_phone(
    folder: Path, body: Callable[[Running], Awaitable[None]], profile: str = "userdebug"
) -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one", profile=profile)], folder)
        try:
            await fleet.start()
            await body(fleet.running[0])
        finally:
            await fleet.stop()

    asyncio.run(run())


def test_shell_has_the_programs_of_all_parts(tmp_path: Path) -> None:
    async def body(running: Running) -> None:
        code, out, _ = await shell(
            running.phone, "ls -d /data/local/tmp; getprop sys.boot_completed; which input"
        )
        assert (code, out.split()) == (0, ["/data/local/tmp", "1", "/system/bin/input"])

    on_phone(tmp_path, body)


@pytest.mark.parametrize(
    ("profile", "script", "code", "text"),
    [
        ("userdebug", f"run-as {PACKAGE} id -u", 0, "10180"),
        ("userdebug", f"run-as {PACKAGE} pwd", 0, f"/data/user/0/{PACKAGE}"),
        ("userdebug", "run-as no.such id", 1, "unknown package: no.such"),
        ("userdebug", "run-as", 1, "Usage"),
        ("retail", f"run-as {PACKAGE} id", 1, f"package not debuggable: {PACKAGE}"),
    ],
)
def test_run_as(profile: str, script: str, code: int, text: str, tmp_path: Path) -> None:
    async def body(running: Running) -> None:
        got, out, err = await shell(running.phone, script)
        assert (got, text in out + err) == (code, True), (out, err)

    on_phone(tmp_path, body, profile)


def test_reboot_ends_processes_and_keeps_storage(tmp_path: Path) -> None:
    async def body(running: Running) -> None:
        phone = running.phone
        before = {process.pid for process in phone.processes.all()}
        await shell(phone, "echo kept > /data/local/tmp/f; sh -c 'sleep 60' >/dev/null 2>&1 &")
        phone.settings.put("global", "http_proxy", "127.0.0.1:8080")
        await phone.adbd.reboot()
        assert await shell(phone, "cat /data/local/tmp/f") == (0, "kept\n", "")
        assert phone.settings.get("global", "http_proxy") == "127.0.0.1:8080"
        assert before.isdisjoint({process.pid for process in phone.processes.all()})
        assert phone.clock.uptime() < 30
        assert f"127.0.0.1:{phone.adbd.port}" == running.address

    on_phone(tmp_path, body)


def test_local_sockets(tmp_path: Path) -> None:
    async def body(running: Running) -> None:
        async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"hi")
            writer.close()

        server = await asyncio.start_server(greet, "127.0.0.1", 0)
        running.phone.network.listen(6790, server.sockets[0].getsockname()[1])
        found = await running.phone.open_local("tcp:6790")
        assert found is not None
        assert await found[0].read() == b"hi"
        found[1].close()
        assert await running.phone.open_local("tcp:6791") is None
        assert await running.phone.open_local("localabstract:nobody") is None
        server.close()

    on_phone(tmp_path, body)


def test_root_is_trusted_from_the_first_boot(tmp_path: Path) -> None:
    async def body(running: Running) -> None:
        assert b"BEGIN CERTIFICATE" in running.phone.network.trusted_certificates()
        code, _, _ = await shell(running.phone, "echo x > /system/etc/security/cacerts/x")
        assert code != 0

    on_phone(tmp_path, body)
