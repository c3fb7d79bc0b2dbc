"""`ip addr|link|route|rule|neigh`: the phone's Wi-Fi with an invented address."""

from __future__ import annotations

from dataclasses import dataclass

from harness.simphone.contracts import Command
from harness.simphone.network.wifi_link import (
    BROADCAST,
    GATEWAY,
    GATEWAY_HARDWARE,
    HARDWARE,
    NETWORK,
    address_of,
)
from harness.simphone.toybox.call import Call, UsageError, applet

FOREVER = "       valid_lft forever preferred_lft forever"
RULES = (
    "0:\tfrom all lookup local",
    "10000:\tfrom all fwmark 0xc0000/0xd0000 lookup legacy_system",
    "16000:\tfrom all fwmark 0x10065/0x1ffff iif lo lookup wlan0",
    "31000:\tfrom all fwmark 0x0/0xffff iif lo lookup wlan0",
    "32000:\tfrom all unreachable",
)


@dataclass(frozen=True, slots=True)
class Interface:
    """`link` are the lines of `ip link`, `inet` and `inet6` those of each family."""

    name: str
    link: tuple[str, str]
    inet: tuple[str, ...]
    inet6: tuple[str, ...]


def interfaces(call: Call) -> list[Interface]:
    """Loopback and Wi-Fi."""
    up = call.phone.network.online()
    flags = "BROADCAST,MULTICAST,UP,LOWER_UP" if up else "BROADCAST,MULTICAST"
    state = "UP" if up else "DOWN"
    address = address_of(call.phone.spec.name)
    loop = "1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN"
    wlan = f"30: wlan0: <{flags}> mtu 1500 qdisc mq state {state} group default qlen 3000"
    return [
        Interface(
            "lo",
            (
                f"{loop} group default qlen 1000",
                "    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00",
            ),
            ("    inet 127.0.0.1/8 scope host lo", FOREVER),
            ("    inet6 ::1/128 scope host ", FOREVER),
        ),
        Interface(
            "wlan0",
            (wlan, f"    link/ether {HARDWARE} brd ff:ff:ff:ff:ff:ff"),
            (f"    inet {address}/24 brd {BROADCAST} scope global wlan0", FOREVER) if up else (),
            ("    inet6 fe80::15:b2ff:fe00:1001/64 scope link ", FOREVER) if up else (),
        ),
    ]


@applet(raw=True)
async def ip(call: Call) -> None:
    options = [word for word in call.operands if word.startswith("-")]
    words = [w for w in call.operands if not w.startswith("-") and w not in _FILLERS]
    what = words[0] if words else ""
    for name, function in _OBJECTS.items():
        if what and name.startswith(what):
            await function(call, words[1:], options)
            return
    raise UsageError(f'Object "{what}" is unknown, try "ip help".')


_FILLERS = {"show", "list", "ls", "dev"}


async def _addresses(call: Call, words: list[str], options: list[str]) -> None:
    for found in await _wanted(call, words):
        inet = () if "-6" in options else found.inet
        inet6 = () if "-4" in options else found.inet6
        if "-o" in options or "-oneline" in options:
            head = found.link[0].partition(":")[0]
            pairs = zip((*inet[::2], *inet6[::2]), (*inet[1::2], *inet6[1::2]), strict=True)
            for line, lasting in pairs:
                await call.out(f"{head}: {found.name}{line}\\{lasting}\n")
        elif options and not (inet or inet6):
            continue
        else:
            await call.out("".join(f"{line}\n" for line in (*found.link, *inet, *inet6)))


async def _links(call: Call, words: list[str], options: list[str]) -> None:
    for found in await _wanted(call, words):
        between = "\\" if "-o" in options or "-oneline" in options else "\n"
        await call.out(between.join(found.link) + "\n")


async def _wanted(call: Call, words: list[str]) -> list[Interface]:
    found = [i for i in interfaces(call) if not words or i.name == words[0]]
    if not found:
        await call.invocation.stderr.write(f'Device "{words[0]}" does not exist.\n'.encode())
        call.status = 1
    return found


async def _routes(call: Call, words: list[str], options: list[str]) -> None:
    if not call.phone.network.online() or "-6" in options:
        return
    address = address_of(call.phone.spec.name)
    if words[:1] == ["get"]:
        target = words[1] if len(words) > 1 else GATEWAY
        uid = call.invocation.uid
        await call.out(f"{target} via {GATEWAY} dev wlan0 src {address} uid {uid}\n    cache \n")
        return
    if words[:1] == ["table"]:  # Android keeps each network's default route in its own table
        await call.out(f"default via {GATEWAY} dev wlan0 table wlan0 proto static\n")
    await call.out(f"{NETWORK} dev wlan0 proto kernel scope link src {address}\n")


async def _rules(call: Call, _words: list[str], _options: list[str]) -> None:
    await call.out("".join(f"{rule}\n" for rule in RULES))


async def _neighbours(call: Call, _words: list[str], _options: list[str]) -> None:
    if call.phone.network.online():
        await call.out(f"{GATEWAY} dev wlan0 lladdr {GATEWAY_HARDWARE} REACHABLE\n")


_OBJECTS = {
    "address": _addresses,
    "link": _links,
    "route": _routes,
    "rule": _rules,
    "neighbour": _neighbours,
    "neighbor": _neighbours,
}
COMMANDS: dict[str, Command] = {"ip": ip}
