"""The daemon's services, asked with packets by hand."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import pytest

from harness.simphone.adbd import AdbDaemon, Authorization, Reachability
from harness.simphone.adbd.packets import Command
from harness.simphone.adbd.shell_frames import FrameId, FrameParser, frame
from harness.simphone.adbd.shell_service import ShellRequest, parse_shell
from harness.simphone.contracts import PhoneSpec
from tests.simphone.adbd.host import CONNECT, Host, connect, connected, until
from tests.simphone.adbd.standins import Phone, parts
from tests.simphone.adbd.test_authentication import KEY, key_text

END_OF_STDIN = frame(FrameId.CLOSE_STDIN, b"")


def run(scenario: Callable[[], Awaitable[None]]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(10):
            await scenario()

    asyncio.run(limited())


def greet(host: Host) -> None:
    host.send(CONNECT.command, CONNECT.arg0, CONNECT.arg1, CONNECT.payload)


async def lost(host: Host) -> None:
    """Returns when the phone has dropped the connection."""
    with contextlib.suppress(EOFError, ConnectionError):
        while await host.receive():
            pass


def talk(service: str, say: bytes = b"", phone: Phone | None = None) -> bytes:
    async def scenario() -> bytes:
        async with asyncio.timeout(10), connected(phone or Phone()) as (host, _):
            return await host.talk(service, say)

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("service", "read"),
    [
        ("shell:a:b", ShellRequest("a:b", framed=False, terminal=False)),
        ("shell:", ShellRequest("", framed=False, terminal=True)),
        ("shell,v2,TERM=xterm,raw:ls -l", ShellRequest("ls -l", framed=True, terminal=False)),
        ("shell,v2,TERM=xterm:ls", ShellRequest("ls", framed=True, terminal=False)),
        ("shell,v2,TERM=x,pty:ls", ShellRequest("ls", framed=True, terminal=True)),
        ("shell,v2,raw:", ShellRequest("", framed=True, terminal=False)),
    ],
)
def test_shell_requests(service: str, read: ShellRequest) -> None:
    assert parse_shell(service) == read


@pytest.mark.parametrize(
    ("script", "frames"),
    [
        ("echo hi", [(1, b"hi\n"), (3, b"\0")]),
        ("complain hi", [(2, b"hi\n"), (3, b"\0")]),
        ("exit 42", [(3, b"\x2a")]),
        ("nope", [(2, b"sh: nope: inaccessible or not found\n"), (3, b"\x7f")]),
        ("id", [(1, b"uid=2000\n"), (3, b"\0")]),
    ],
)
def test_shell_v2_frames_end_with_the_exit_code(
    script: str, frames: list[tuple[int, bytes]]
) -> None:
    assert FrameParser().feed(talk(f"shell,v2,TERM=xterm,raw:{script}")) == frames


def test_shell_v1_is_raw_and_merges_stderr() -> None:
    assert talk("shell:complain hi") == b"hi\n"


def test_shell_v2_stdin_ends_with_close_stdin() -> None:
    heard = talk("shell,v2,raw:cat", frame(FrameId.STDIN, b"abc") + END_OF_STDIN)

    assert FrameParser().feed(heard) == [(1, b"abc"), (3, b"\0")]


def test_a_shell_without_command_and_terminal_runs_its_stdin() -> None:
    heard = talk("shell,v2,raw:", frame(FrameId.STDIN, b"echo piped") + END_OF_STDIN)

    assert FrameParser().feed(heard) == [(1, b"piped\n"), (3, b"\0")]


def test_a_terminal_gets_cr_lf() -> None:
    assert FrameParser().feed(talk("shell,v2,pty:echo hi"))[0] == (1, b"hi\r\n")


@pytest.mark.parametrize("service", ["shell:wait 60", "shell,v2,raw:wait 60"])
def test_the_hosts_close_cancels_the_shell(service: str) -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (host, _):
            phone_id = await host.open(service)
            host.send(Command.CLSE, 1, phone_id)
            await phone.shell.cancelled.wait()

    run(scenario)


def test_losing_the_transport_cancels_the_shell() -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (host, daemon):
            await host.open("shell:wait 60")
            daemon.drop_connections()
            await phone.shell.cancelled.wait()

    run(scenario)


def test_exec_gets_all_bytes_that_came_before_the_hosts_close() -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (host, _):
            phone_id = await host.open("exec:swallow")
            host.send(Command.WRTE, 1, phone_id, b"payload")
            host.send(Command.CLSE, 1, phone_id)
            await until(lambda: phone.shell.swallowed)
            assert phone.shell.swallowed == b"payload"

    run(scenario)


def test_exec_is_raw_and_large_output_arrives_whole() -> None:
    assert talk("exec:flood 1000000") == b"x" * 1_000_000


def test_abb_exec_is_cmd_with_nul_between_arguments_and_raw_stdin() -> None:
    phone = Phone()

    assert talk("abb_exec:package\0install\0-S\x005", b"12345", phone) == b"Success\n"
    assert phone.shell.argvs == [["cmd", "package", "install", "-S", "5"]]


def test_abb_is_framed() -> None:
    phone = Phone()

    assert FrameParser().feed(talk("abb:package\0path\0a b", b"", phone)) == [
        (1, b"Success\n"),
        (3, b"\x03"),
    ]
    assert phone.shell.argvs == [["cmd", "package", "path", "a b"]]


@pytest.mark.parametrize(
    "service", ["jdwp:1", "track-jdwp", "backup:x", "nonsense", "", "tcp:1234"]
)
def test_what_is_not_offered_is_refused(service: str) -> None:
    async def scenario() -> None:
        async with connected(Phone()) as (host, _):
            assert await host.open(service) == 0

    run(scenario)


@pytest.mark.parametrize("late", [False, True])
def test_port_6790_is_held_before_it_is_refused(late: bool) -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.read(100))
        writer.close()

    async def scenario() -> None:
        phone = Phone()
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        async with server, connected(phone) as (host, _):
            started = asyncio.get_running_loop().time()
            opening = asyncio.ensure_future(host.open("tcp:6790"))
            await asyncio.sleep(0.02)
            if late:
                phone.local["tcp:6790"] = server.sockets[0].getsockname()[1]
            assert (await opening != 0) is late
            assert asyncio.get_running_loop().time() - started >= 0.05

    run(scenario)


def test_a_socket_of_the_phone_is_joined() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write((await reader.read(100)).upper())
        writer.close()

    async def scenario() -> None:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        phone = Phone(local={"localabstract:x": server.sockets[0].getsockname()[1]})
        async with server, connected(phone) as (host, _):
            assert await host.talk("localabstract:x", b"hello") == b"HELLO"

    run(scenario)


@pytest.mark.parametrize(
    ("service", "profile", "root_before", "text", "root_after", "drops"),
    [
        ("root:", "userdebug", False, "restarting adbd as root\n", True, True),
        ("root:", "userdebug", True, "adbd is already running as root\n", True, False),
        ("root:", "retail", False, "adbd cannot run as root in production builds\n", False, False),
        ("unroot:", "userdebug", True, "restarting adbd as non root\n", False, True),
        ("unroot:", "userdebug", False, "adbd not running as root\n", False, False),
        ("tcpip:5555", "retail", False, "restarting in TCP mode port: 5555\n", False, True),
        ("tcpip:x", "retail", False, "invalid port x\n", False, False),
        ("usb:", "retail", False, "restarting in USB mode\n", False, True),
        ("remount:", "userdebug", True, "remount succeeded\n", True, False),
        ("remount:", "retail", False, 'Not running as root. Try "adb root" first.\n', False, False),
    ],
)
def test_restarts_of_adbd(
    service: str, profile: str, root_before: bool, text: str, root_after: bool, drops: bool
) -> None:
    async def scenario() -> None:
        phone = Phone(spec=PhoneSpec(name="x", profile=profile), adb_root=root_before)
        async with connected(phone) as (host, _):
            assert await host.talk(service) == text.encode()
            assert phone.adb_root is root_after
            if drops:
                await lost(host)
            else:
                assert await host.silent()

    run(scenario)


def test_after_root_the_shell_is_root() -> None:
    assert FrameParser().feed(talk("shell,v2:id", phone=Phone(adb_root=True)))[0] == (1, b"uid=0\n")


def test_reboot_closes_drops_restarts_and_listens_on_the_same_port() -> None:
    async def scenario() -> None:
        phone = Phone(adb_root=True)
        async with connected(phone) as (host, daemon):
            port = daemon.port
            assert await host.talk("reboot:") == b""
            await lost(host)
            await until(lambda: phone.reboots)
            await asyncio.sleep(0.01)
            again = await connect(daemon)
            greet(again)
            assert (await again.receive()).command == Command.CNXN
            assert (phone.reboots, phone.adb_root, daemon.port) == (1, False, port)
            again.close()

    run(scenario)


def test_the_state_word_is_told_to_the_next_connection() -> None:
    async def scenario() -> None:
        async with connected(Phone()) as (_, daemon):
            daemon.set_state("recovery")
            host = await connect(daemon)
            greet(host)
            assert (await host.receive()).payload.startswith(b"recovery::")
            host.close()

    run(scenario)


def test_unreachable_and_back() -> None:
    async def scenario() -> None:
        async with connected(Phone()) as (host, daemon):
            await daemon.set_reachability("silent")
            await lost(host)
            mute = await connect(daemon)
            greet(mute)
            assert await mute.silent()
            mute.close()

            await daemon.set_reachability(Reachability.REFUSED)
            with pytest.raises(ConnectionRefusedError):
                await connect(daemon)

            await daemon.set_reachability(Reachability.NORMAL)
            back = await connect(daemon)
            greet(back)
            assert (await back.receive()).command == Command.CNXN
            back.close()

    run(scenario)


def test_the_owner_lets_a_waiting_host_in() -> None:
    async def scenario() -> None:
        async with connected(Phone()) as (_, daemon):
            daemon.set_authorization(Authorization.SIGNATURE)
            host = await connect(daemon)
            greet(host)
            assert (await host.receive()).command == Command.AUTH
            host.send(Command.AUTH, 3, 0, key_text(KEY))
            assert await host.silent()
            assert daemon.allow_offered_keys() == 1
            assert (await host.receive()).command == Command.CNXN
            host.close()

    run(scenario)


def test_unknown_words_are_refused() -> None:
    daemon = AdbDaemon(parts(Phone()))

    with pytest.raises(ValueError, match="maybe"):
        daemon.set_authorization("maybe")


def test_start_twice_is_one_start_and_stop_frees_the_port() -> None:
    async def scenario() -> None:
        daemon = AdbDaemon(parts(Phone()))
        port = await daemon.start()
        assert await daemon.start() == port
        await daemon.stop()
        with pytest.raises(ConnectionRefusedError):
            await connect(daemon)
        assert await daemon.start() == port
        await daemon.stop()

    run(scenario)
