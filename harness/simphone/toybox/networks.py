"""`ip`, `ifconfig`, `ping`, `nc`: the phone's Wi-Fi with an invented address."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import zlib

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import PIECE

GATEWAY = "192.168.77.1"
CONNECT_TIMEOUT = 10.0  # seconds


def address_of(name: str) -> str:
    """The invented Wi-Fi address of the phone `name`; stable, different per name."""
    return f"192.168.77.{20 + zlib.crc32(name.encode()) % 200}"


def _wifi(call: Call) -> str:
    address = address_of(call.phone.spec.name)
    state = "UP" if call.phone.network.online() else "DOWN"
    flags = "BROADCAST,MULTICAST,UP,LOWER_UP" if state == "UP" else "BROADCAST,MULTICAST"
    text = (
        f"30: wlan0: <{flags}> mtu 1500 qdisc mq state {state} group default qlen 3000\n"
        "    link/ether 02:15:b2:00:10:01 brd ff:ff:ff:ff:ff:ff\n"
    )
    if state == "DOWN":
        return text
    return text + (
        f"    inet {address}/24 brd 192.168.77.255 scope global wlan0\n"
        "       valid_lft forever preferred_lft forever\n"
    )


_LOOPBACK = (
    "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000\n"
    "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00\n"
    "    inet 127.0.0.1/8 scope host lo\n       valid_lft forever preferred_lft forever\n"
)


@applet(raw=True)
async def ip(call: Call) -> None:
    words = [w for w in call.operands if w not in {"show", "list", "ls", "dev", "-o"}]
    words = [w for w in words if not w.startswith("-")]
    what = words[0] if words else ""
    if what and "address".startswith(what):
        wanted = words[1] if len(words) > 1 else ""
        blocks = {"lo": _LOOPBACK, "wlan0": _wifi(call)}
        if wanted and wanted not in blocks:
            await call.out(f'Device "{wanted}" does not exist.\n')
            call.status = 1
            return
        await call.out(blocks[wanted] if wanted else "".join(blocks.values()))
    elif what and "route".startswith(what):
        if call.phone.network.online():
            address = address_of(call.phone.spec.name)
            tail = f"dev wlan0 proto kernel scope link src {address}"
            if words[1:2] == ["get"]:
                target = words[2] if len(words) > 2 else GATEWAY
                await call.out(f"{target} via {GATEWAY} dev wlan0 src {address} uid 2000\n")
            else:
                await call.out(f"192.168.77.0/24 {tail}\n")
    elif what and "link".startswith(what):
        await call.out("".join(t.split("    inet")[0] for t in (_LOOPBACK, _wifi(call))))
    else:
        raise UsageError(f'Object "{what}" is unknown, try "ip help".')


@applet("aS")
async def ifconfig(call: Call) -> None:
    up = "UP " if call.phone.network.online() else ""
    address = address_of(call.phone.spec.name)
    blocks = {
        "wlan0": (
            "wlan0     Link encap:UNSPEC\n"
            f"          inet addr:{address}  Bcast:192.168.77.255  Mask:255.255.255.0\n"
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


COMMANDS: dict[str, Command] = {"ip": ip, "ifconfig": ifconfig, "ping": ping, "nc": nc}
