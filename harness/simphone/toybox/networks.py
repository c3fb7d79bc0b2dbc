"""`ifconfig`, `ping`, `nc`: what the phone's network reaches."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import zlib

from harness.simphone.contracts import Command
from harness.simphone.network.wifi_link import BROADCAST, address_of
from harness.simphone.toybox.call import Call, applet
from harness.simphone.toybox.inputs import PIECE

CONNECT_TIMEOUT = 10.0  # seconds


@applet("aS")
async def ifconfig(call: Call) -> None:
    up = "UP " if call.phone.network.online() else ""
    address = address_of(call.phone.spec.name)
    blocks = {
        "wlan0": (
            "wlan0     Link encap:UNSPEC\n"
            f"          inet addr:{address}  Bcast:{BROADCAST}  Mask:255.255.255.0\n"
            f"          {up}BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n"
        ),
        "lo": (
            "lo        Link encap:UNSPEC\n          inet addr:127.0.0.1  Mask:255.0.0.0\n"
            "          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n"
        ),
    }
    for name in call.operands or list(blocks):
        if name in blocks:
            await call.out(blocks[name])
        else:
            await call.complain(f"{name}: No such device")


@applet("46c:i:I:m:qs:t:W:w:fnU", least=1, most=1)
async def ping(call: Call) -> int:
    """Reaches what the phone's network reaches; counts as the real one does."""
    host = call.operands[0]
    try:
        address = await _resolved(call, host)
    except OSError:
        await call.complain(f"unknown host {host}")
        return 2
    count = call.number("c", 1)
    await call.out(f"PING {host} ({address}) 56(84) bytes of data.\n")
    reached = call.phone.network.online() or ipaddress.ip_address(address).is_loopback
    if reached:
        for number in range(1, count + 1):
            await call.out(f"64 bytes from {address}: icmp_seq={number} ttl=57 time=12.3 ms\n")
    got = count if reached else 0
    lost = 0 if reached else 100
    await call.out(
        f"\n--- {host} ping statistics ---\n"
        f"{count} packets transmitted, {got} received, {lost}% packet loss, time 0ms\n"
    )
    return 0 if reached else 1


async def _resolved(call: Call, host: str) -> str:
    """The address to show. Whether a name exists is asked of the phone's network."""
    try:
        return str(ipaddress.ip_address("127.0.0.1" if host == "localhost" else host))
    except ValueError:
        pass
    if not call.phone.network.online():
        raise OSError(f"{host}: no network")
    try:
        async with asyncio.timeout(CONNECT_TIMEOUT):
            _, writer = await call.phone.network.connect(host, 443, uid=call.invocation.uid)
        writer.close()
    except socket.gaierror:
        raise
    except (OSError, TimeoutError):
        pass  # the name exists, only that port does not answer
    return f"203.0.113.{1 + zlib.crc32(host.encode()) % 250}"


@applet("46lp:q:s:uw:W:z", least=2, most=2)
async def nc(call: Call) -> int:
    """Connects, sends stdin, prints what comes back until the other side ends."""
    host, port = call.operands
    try:
        async with asyncio.timeout(call.number("w", int(CONNECT_TIMEOUT))):
            reader, writer = await call.phone.network.connect(
                host, int(port), uid=call.invocation.uid
            )
    except TimeoutError:
        await call.complain("Timeout")
        return 1
    except OSError as error:
        await call.complain(f"{host}: {error.strerror or error}")
        return 1
    if call.has("z"):
        writer.close()
        return 0
    sending = asyncio.ensure_future(_send(call, writer))
    try:
        while piece := await reader.read(PIECE):
            await call.out(piece)
    finally:
        sending.cancel()
        writer.close()
    return 0


async def _send(call: Call, writer: asyncio.StreamWriter) -> None:
    while piece := await call.invocation.stdin.read(PIECE):
        writer.write(piece)
        await writer.drain()
    if writer.can_write_eof():
        writer.write_eof()


COMMANDS: dict[str, Command] = {
    "ifconfig": ifconfig,
    "ping": ping,
    "ping6": ping,
    "nc": nc,
    "netcat": nc,
}
