import asyncio

import pytest

from harness.simphone.adbd import AdbDaemon
from tests.simphone.adbd.host import CONNECT, Host, connect, connected, until
from tests.simphone.adbd.standins import Phone


def talk(*requests: str, root: bool = False) -> tuple[list[bytes], dict[int, int]]:
    """The answers on one transport, and the phone's ports while it is still there."""

    async def scenario() -> tuple[list[bytes], dict[int, int]]:
        phone = Phone(adb_root=root)
        async with connected(phone) as (host, _):
            answers = [await host.talk("reverse:" + request) for request in requests]
            return answers, dict(phone.network.ports)

    return asyncio.run(scenario())


@pytest.mark.parametrize(
    ("requests", "last_answer", "ports"),
    [
        (["list-forward"], b"0000", []),
        (["forward:tcp:8080;tcp:9"], b"OKAY", [8080]),
        (
            ["forward:tcp:8080;tcp:9", "forward:norebind:tcp:8080;tcp:10"],
            b"FAIL001dcannot rebind existing socket",
            [8080],
        ),
        (["forward:norebind:tcp:8080;tcp:9"], b"OKAY", [8080]),
        (
            ["forward:tcp:8080;tcp:9", "forward:tcp:8080;tcp:10", "list-forward"],
            b"0017host-1 tcp:8080 tcp:10\n",
            [8080],
        ),
        (["killforward:tcp:7777"], b"FAIL001dlistener 'tcp:7777' not found", []),
        (["forward:tcp:8080;tcp:9", "killforward:tcp:8080"], b"OKAY", []),
        (["forward:tcp:8080;tcp:9", "forward:tcp:8081;tcp:9", "killforward-all"], b"OKAY", []),
        (["forward:tcp:80;tcp:9"], b"FAIL0027cannot bind listener: Permission denied", []),
        (["nonsense"], b"FAIL0015bad forward: nonsense", []),
    ],
)
def test_requests_and_answers(requests: list[str], last_answer: bytes, ports: list[int]) -> None:
    answers, listening = talk(*requests)

    assert (answers[-1], sorted(listening)) == (last_answer, ports)


def test_root_may_take_low_ports() -> None:
    assert talk("forward:tcp:80;tcp:9", root=True)[0] == [b"OKAY"]


def test_any_free_port_is_told_and_can_be_removed_by_its_number() -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (host, _):
            answer = await host.talk("reverse:forward:tcp:0;tcp:9")
            port = int(answer[8:])
            assert answer == f"OKAY{len(str(port)):04x}{port}".encode()
            assert list(phone.network.ports) == [port]
            assert await host.talk(f"reverse:killforward:tcp:{port}") == b"OKAY"
            assert phone.network.ports == {}

    asyncio.run(scenario())


async def second_host(daemon: AdbDaemon) -> Host:
    host = await connect(daemon)
    host.send(CONNECT.command, CONNECT.arg0, CONNECT.arg1, CONNECT.payload)
    await host.receive()
    return host


def test_each_transport_has_its_own_table_but_a_port_is_taken_once() -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (first, daemon):
            second = await second_host(daemon)
            await first.talk("reverse:forward:tcp:8080;tcp:9")
            assert await second.talk("reverse:list-forward") == b"0000"
            assert await second.talk("reverse:killforward-all") == b"OKAY"
            assert list(phone.network.ports) == [8080]
            refused = await second.talk("reverse:forward:tcp:8080;tcp:10")
            assert refused == b"FAIL002ccannot bind listener: Address already in use"

            first.close()
            await until(lambda: not phone.network.ports)
            assert await second.talk("reverse:forward:tcp:8080;tcp:10") == b"OKAY"
            second.close()

    asyncio.run(asyncio.wait_for(scenario(), 5))


def test_a_lost_transport_closes_its_ports() -> None:
    async def scenario() -> None:
        phone = Phone()
        async with connected(phone) as (host, daemon):
            await host.talk("reverse:forward:tcp:8080;tcp:9")
            os_port = phone.network.ports[8080]
            daemon.drop_connections()
            await until(lambda: not phone.network.ports)
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection("127.0.0.1", os_port)

    asyncio.run(asyncio.wait_for(scenario(), 5))
