"""TCP sockets as /proc/net/tcp and netstat show them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import cast

from harness.simphone.fleet import Fleet, Wish
from harness.simphone.network.tcp_sockets import HEAD, TcpSockets
from tests.simphone.collected import shell

HOST = "api16-normal-c-useast1a.tiktokv.com"


class Writer:
    """As much of a StreamWriter as is asked."""

    def __init__(self) -> None:
        self.closed = False

    def is_closing(self) -> bool:
        return self.closed


def test_open_ones_are_shown_until_they_close() -> None:
    sockets, writer = TcpSockets(), Writer()
    sockets.address = "192.168.77.33"
    assert sockets.table(()) == HEAD.encode()
    sockets.opened(10_180, ("198.18.0.7", 443), cast("asyncio.StreamWriter", writer))
    sockets.opened(10_180, ("127.0.0.1", 8080), cast("asyncio.StreamWriter", Writer()))
    rows = [line.split() for line in sockets.table([6790]).decode().splitlines()[1:]]
    assert [(row[1], row[2], row[3], row[7]) for row in rows] == [
        ("0100007F:1A86", "00000000:0000", "0A", "1000"),
        ("214DA8C0:9088", "070012C6:01BB", "01", "10180"),
        ("0100007F:9089", "0100007F:1F90", "01", "10180"),
    ]
    writer.closed = True
    assert len(sockets.all(())) == 1


def test_an_open_connection_of_the_phone(tmp_path: Path) -> None:
    async def main() -> tuple[str, str, str]:
        fleet = Fleet([Wish("one")], tmp_path)
        await fleet.start()
        try:
            phone = fleet.running[0].phone
            phone.network.listen(9000, fleet.service.internet.locate(HOST, 443)[1])
            _, writer = await phone.network.connect(HOST, 443, uid=10_180)
            _, local = await phone.network.connect("127.0.0.1", 9000, uid=2000)
            seen = (await shell(phone, "netstat -ante"))[1]
            serving = (await shell(phone, "netstat -lt; netstat -u | tail -1"))[1]
            writer.close()
            local.close()
            left = (await shell(phone, "netstat -te; ip addr show wlan0"))[1]
            return seen, serving, left
        finally:
            await fleet.stop()

    seen, serving, left = asyncio.run(main())
    assert "servers and established" in seen
    (row,) = (line.split() for line in seen.splitlines() if " 10180 " in line)
    assert row[0] == "tcp"
    assert row[4].startswith("198.18.")
    assert row[4].endswith(":443")
    assert row[5] == "ESTABLISHED"
    assert "127.0.0.1:9000" in serving
    assert "LISTEN" in serving
    assert "Foreign Address" in serving.splitlines()[-1]
    assert "ESTABLISHED" not in left
    assert row[3].rpartition(":")[0] in left  # the address is that of the interface
