"""`netstat`: the phone's sockets, read from /proc/net as the real one does."""

from __future__ import annotations

import ipaddress

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, applet

TITLE = (
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State      "
    " User       Inode\n"
)
PLAIN_TITLE = "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
STATES = {1: "ESTABLISHED", 7: "CLOSE", 10: "LISTEN"}
LISTEN = 10


@applet("aelnprtuwx46W")
async def netstat(call: Call) -> None:
    """Options: -t -u choose, -l listening ones, -a all, -e with uid; numbers always."""
    listening, everything = call.has("l"), call.has("a")
    which = "only servers" if listening else "servers and established"
    which = which if listening or everything else "w/o servers"
    await call.out(f"Active Internet connections ({which})\n")
    await call.out(TITLE if call.has("e") else PLAIN_TITLE)
    chosen = [kind for kind, letter in (("tcp", "t"), ("udp", "u")) if call.has(letter)]
    for kind in chosen or ["tcp", "udp"]:
        for words in _rows(call, kind):
            state = int(words[3], 16)
            if everything or (state == LISTEN) == listening:
                await call.out(_line(call, kind, words, state))


def _rows(call: Call, kind: str) -> list[list[str]]:
    try:
        text = call.view.read(f"/proc/net/{kind}").decode()
    except OSError:
        return []
    return [line.split() for line in text.splitlines()[1:]]


def _line(call: Call, kind: str, words: list[str], state: int) -> str:
    local, remote = (_readable(word) for word in words[1:3])
    name = STATES.get(state, "") if kind == "tcp" else ""
    line = f"{kind:<5}      0      0 {local:<23} {remote:<23} {name:<11}"
    return f"{line} {words[7]:<10} {words[9]}\n" if call.has("e") else f"{line.rstrip()}\n"


def _readable(word: str) -> str:
    address, _, port = word.partition(":")
    text = str(ipaddress.IPv4Address(bytes.fromhex(address)[::-1]))
    return f"{text}:{int(port, 16) or '*'}"


COMMANDS: dict[str, Command] = {"netstat": netstat}
