"""`iptables` and `ip6tables`: keep the rules of their filter table until the phone restarts.

The rules are kept, not applied: the phone's app sends no UDP.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from harness.simphone.contracts import Command, FileSystem, PhoneParts
from harness.simphone.toybox.call import Call, applet

VERSION = "v1.8.7 (legacy)"
NO_ROOT, NOT_THERE, WRONG = 3, 1, 2  # exit codes
CHAINS = ("INPUT", "FORWARD", "OUTPUT")


@dataclass(slots=True)
class _Tables:
    """Rules by program and chain; `uptime` tells whether the phone was restarted since."""

    uptime: float = 0.0
    rules: dict[tuple[str, str], list[tuple[str, ...]]] = field(
        default_factory=dict[tuple[str, str], list[tuple[str, ...]]]
    )


_OF: WeakKeyDictionary[FileSystem, _Tables] = WeakKeyDictionary()
"""By what each phone has one of."""


def _tables(phone: PhoneParts) -> _Tables:
    kept = _OF.setdefault(phone.fs, _Tables())
    now = phone.clock.uptime()
    if now < kept.uptime:
        kept.rules.clear()
    kept.uptime = now
    return kept


@applet(raw=True)
async def iptables(call: Call) -> int:
    """iptables [-w] -I|-A|-D|-C CHAIN RULE…, or -S."""
    words = [word for word in call.operands if word != "-w"]
    if call.invocation.uid != 0:
        await _say(
            call, f"{VERSION}: can't initialize {call.name} table `filter': Permission denied"
            " (you must be root)\nPerhaps iptables or your kernel needs to be upgraded.",
        )  # fmt: skip
        return NO_ROOT
    tables = _tables(call.phone)
    if words[:1] == ["-S"]:
        for chain in CHAINS:
            for rule in tables.rules.get((call.name, chain), []):
                await call.out(f"-A {chain} {' '.join(rule)}\n")
        return 0
    if len(words) < 3 or words[0] not in {"-I", "-A", "-D", "-C"} or words[1] not in CHAINS:
        await _say(call, f"{VERSION}: Bad argument `{' '.join(words[:2])}'")
        return WRONG
    rules, rule = tables.rules.setdefault((call.name, words[1]), []), tuple(words[2:])
    if words[0] == "-I":
        rules.insert(0, rule)
    elif words[0] == "-A":
        rules.append(rule)
    elif rule not in rules:
        await _say(call, ": Bad rule (does a matching rule exist in that chain?).")
        return NOT_THERE
    elif words[0] == "-D":
        rules.remove(rule)
    return 0


async def _say(call: Call, text: str) -> None:
    gap = "" if text.startswith(":") else " "
    await call.invocation.stderr.write(f"{call.name}{gap}{text}\n".encode())


COMMANDS: dict[str, Command] = {"iptables": iptables, "ip6tables": iptables}
