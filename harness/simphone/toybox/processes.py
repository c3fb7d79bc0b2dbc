"""`ps`, `pgrep`, `pkill`, `pidof`, `kill`, `killall`."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from harness.simphone.contracts import Command, Process
from harness.simphone.sh import signals
from harness.simphone.storage.identity import name_of
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.children import SendsSignals

_HELP = """usage: ps [-AadefLlnwZ] [-gG GROUP,] [-k FIELD,] [-o FIELD,] [-p PID,] [-uU USER,]

List processes.

Which processes to show (-gGuUpPt selections may be comma separated lists):

-A\tAll
-a\tHas terminal not session leader
-d\tAll but session leaders
-e\tSynonym for -A
-p\tIn PID list
-P\tIn PPID list
-u\tIn EUID list
"""
_COLUMNS: dict[str, tuple[int, Callable[[Process], str]]] = {
    "USER": (-14, lambda p: name_of(p.uid)),
    "UID": (5, lambda p: str(p.uid)),
    "PID": (5, lambda p: str(p.pid)),
    "TID": (5, lambda p: str(p.pid)),
    "PPID": (5, lambda p: str(p.ppid)),
    "VSZ": (10, lambda p: str(10_800_000 if p.package else 2_150_000)),
    "RSS": (6, lambda p: str(142_000 if p.package else 3_400)),
    "WCHAN": (-10, lambda _p: "0"),
    "ADDR": (10, lambda _p: "0"),
    "S": (1, lambda _p: "S"),
    "STAT": (-5, lambda _p: "S"),
    "NAME": (-27, lambda p: p.name),
    "CMD": (-15, lambda p: p.name.rpartition(".")[2][-15:]),
    "CMDLINE": (-27, lambda p: p.name),
    "ARGS": (-27, lambda p: p.name),
    "COMM": (-15, lambda p: p.name[-15:]),
}
_USUAL = ("USER", "PID", "PPID", "VSZ", "RSS", "WCHAN", "ADDR", "S", "NAME")


@applet(raw=True)
async def ps(call: Call) -> None:
    columns: list[str] = []
    chosen: dict[str, set[str]] = {}
    everyone = False
    words = list(call.operands)
    while words:
        word = words.pop(0)
        if word == "--help":
            await call.out(_HELP)
            return
        letter = word[1:2] if word.startswith("-") else ""
        if letter in {"o", "O", "p", "P", "u", "U", "k", "g", "G", "t"} and letter:
            value = word[2:] or (words.pop(0) if words else "")
            if letter == "o":
                columns += [c for c in re.split(r"[,\s]+", value) if c]
            elif letter in "pPuU":
                chosen.setdefault(letter.replace("U", "u"), set()).update(value.split(","))
        elif letter:
            everyone = everyone or bool(set(word) & set("Aed"))
        elif word.isdigit():
            chosen.setdefault("p", set()).add(word)
        else:
            everyone = True
    rows = [p for p in call.phone.processes.all() if _chosen(call, p, chosen, everyone=everyone)]
    names = [_title(c) for c in columns or _USUAL]
    await call.out(_row(names, [n for _, n in names]))
    for process in rows:
        await call.out(_row(names, [_COLUMNS[c][1](process) for c, _ in names]))
    if not rows:
        call.status = 1


def _title(column: str) -> tuple[str, str]:
    name, equals, title = column.partition("=")
    key = name.partition(":")[0].upper()
    if key not in _COLUMNS:
        raise UsageError(f"bad -o {name}")
    return key, title if equals else key


def _row(names: list[tuple[str, str]], values: list[str]) -> str:
    cells: list[str] = []
    for (key, _), value in zip(names, values, strict=True):
        width = _COLUMNS[key][0]
        cells.append(value.ljust(-width) if width < 0 else value.rjust(width))
    return " ".join(cells).rstrip() + "\n" if any(values) else ""


def _chosen(call: Call, process: Process, chosen: dict[str, set[str]], *, everyone: bool) -> bool:
    if not chosen:
        return everyone or process.uid == call.invocation.uid
    return (
        str(process.pid) in chosen.get("p", ())
        or str(process.ppid) in chosen.get("P", ())
        or bool({str(process.uid), name_of(process.uid)} & chosen.get("u", set()))
    )


def _matching(call: Call, pattern: str) -> list[Process]:
    try:
        regex = re.compile(pattern)
    except re.error:
        raise UsageError(f"bad regex '{pattern}'") from None
    own = call.invocation.pid
    users = {u for value in call.options.get("u", []) for u in value.split(",")}
    found: list[Process] = []
    for process in call.phone.processes.all():
        name = process.name if call.has("f") else process.name[:15]
        hit = regex.fullmatch(name) if call.has("x") else regex.search(name)
        if bool(hit) == call.has("v") or process.pid == own:
            continue
        if not users or users & {str(process.uid), name_of(process.uid)}:
            found.append(process)
    return found


@applet("cd:fG:g:lnoP:s:t:U:u:vxL:", least=1, most=1)
async def pgrep(call: Call) -> int:
    found = _matching(call, call.operands[0])
    found = found[:1] if call.has("o") else found[-1:] if call.has("n") else found
    for process in found:
        name = f" {process.name}" if call.has("l") else ""
        await call.out(f"{process.pid}{name}\n")
    return 0 if found else 1


@applet(raw=True)
async def pkill(call: Call) -> int:
    signal, words = _signal(list(call.operands))
    letters = {w for w in words if w.startswith("-")}
    call.options.update({letter: [""] for word in letters for letter in word[1:]})
    names = [w for w in words if w not in letters]
    if len(names) != 1:
        raise UsageError("Needs 1 argument")
    found = _matching(call, names[0])
    for process in found:
        await _send(call, process.pid, signal)
    return call.status if found else 1


@applet("so:x", least=1)
async def pidof(call: Call) -> int:
    everything = call.phone.processes.all()
    wanted = {operand.rpartition("/")[2] for operand in call.operands}
    found = [str(p.pid) for p in everything if p.name.rpartition("/")[2] in wanted]
    if found:
        await call.out(" ".join(found[:1] if call.has("s") else found) + "\n")
    return 0 if found else 1


@applet(raw=True)
async def kill(call: Call) -> None:
    if call.operands[:1] == ["-l"]:
        await call.out(" ".join(n for n in signals.NUMBERS if n != "EXIT") + "\n")
        return
    signal, words = _signal(list(call.operands))
    if not words:
        raise UsageError("Needs 1 argument")
    for word in words:
        if not word.isdigit():
            await call.complain(f"bad pid '{word}'")
            continue
        await _send(call, int(word), signal)


@applet(raw=True)
async def killall(call: Call) -> int:
    signal, words = _signal(list(call.operands))
    found = [p for p in call.phone.processes.all() if p.name in words]
    if not found:
        await call.complain(f"{' '.join(words)}: No such process")
        return 1
    for process in found:
        await _send(call, process.pid, signal)
    return call.status


def _signal(words: list[str]) -> tuple[int, list[str]]:
    """The signal that the first word names (TERM if none does), and the other words."""
    text = ""
    if words[:1] in (["-s"], ["-L"]) and len(words) > 1:
        text, words = words[1], words[2:]
    elif words and re.fullmatch(r"-(\d+|SIG[A-Z]+\d?|[A-Z]{2,}\d?)", words[0]):
        text, words = words[0][1:], words[1:]
    elif words[:1] == ["--"]:
        words = words[1:]
    if not text:
        return signals.TERM, words
    number = signals.number_of(text)
    if number is None:
        raise UsageError(f"bad signal '{text}'")
    return number, words


async def _send(call: Call, pid: int, signal: int) -> None:
    shell = call.phone.shell
    if isinstance(shell, SendsSignals):
        failure = shell.send_signal(pid, signal, uid=call.invocation.uid)
    else:
        failure = 0 if call.phone.processes.kill(pid, signal=signal) else 3
    if failure:
        await call.complain(f"pid {pid}: {os.strerror(failure)}")


COMMANDS: dict[str, Command] = {
    "ps": ps,
    "pgrep": pgrep,
    "pkill": pkill,
    "pidof": pidof,
    "kill": kill,
    "killall": killall,
}
