"""`sed` in small: `s`, `d`, `p`, `q`, `y`, `i`, `a`, `c` with line, `$` and /regex/ addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.contracts import Command
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.inputs import all_of, sources
from harness.simphone.toybox.regexes import compiled

_ADDRESS = re.compile(r"(\d+|\$|/(?:[^/\\]|\\.)*/)")
Address = int | str | re.Pattern[bytes]


@dataclass(slots=True)
class _Instruction:
    first: Address | None
    last: Address | None
    negated: bool
    letter: str
    run: Callable[[bytes], tuple[bytes, bool]] | None = None
    prints: bool = False
    text: bytes = b""
    open: bool = False

    def applies(self, number: int, row: bytes, *, is_last: bool) -> bool:
        return self._in_range(number, row, is_last=is_last) != self.negated

    def _in_range(self, number: int, row: bytes, *, is_last: bool) -> bool:
        if self.first is None:
            return True
        if self.last is None:
            return _at(self.first, number, row, is_last=is_last)
        if not self.open:
            self.open = _at(self.first, number, row, is_last=is_last)
            if self.open and isinstance(self.last, int) and self.last <= number:
                self.open = False
                return True
            return self.open
        self.open = not _at(self.last, number, row, is_last=is_last)
        return True


def _at(address: Address, number: int, row: bytes, *, is_last: bool) -> bool:
    if isinstance(address, int):
        return number == address
    if isinstance(address, str):
        return is_last
    return address.search(row) is not None


@applet("e:f:inErsz", long={"expression": "e", "quiet": "n", "regexp-extended": "E"})
async def sed(call: Call) -> None:
    names = list(call.operands)
    scripts = call.options.get("e", [])
    if not scripts:
        if not names:
            raise UsageError("no pattern")
        scripts = [names.pop(0)]
    program = parse("\n".join(scripts), extended=call.has("E", "r"))
    if call.has("i"):
        for name in names:
            try:
                changed = edit(program, call.view.read(name), quiet=call.has("n"))
                call.view.write(name, changed)
            except OSError as error:
                await call.failed(name, error)
        return
    data = b""
    async for _, source in sources(call, names):
        data += await all_of(source)
    await call.out(edit(program, data, quiet=call.has("n")))


def edit(program: list[_Instruction], data: bytes, *, quiet: bool) -> bytes:
    """The output of `program` on `data`."""
    out: list[bytes] = []
    rows = data.splitlines(keepends=True)
    for number, line in enumerate(rows, 1):
        row = line.rstrip(b"\n")
        end = line[len(row) :]
        keep, stop = not quiet, False
        behind: list[bytes] = []
        for step in program:
            if not step.applies(number, row, is_last=number == len(rows)):
                continue
            if step.letter == "d":
                keep = False
                break
            if step.letter == "q":
                stop = True
                break
            if step.letter == "c":
                keep = False
                out.append(step.text)
                break
            if step.letter in {"i", "a"}:
                (out if step.letter == "i" else behind).append(step.text)
                continue
            changed = False
            if step.run is not None:
                row, changed = step.run(row)
            if step.letter == "p" or (step.prints and changed):
                out.append(row + b"\n")
        if keep:
            out.append(row + end)
        out += behind
        if stop:
            break
    return b"".join(out)


def parse(script: str, *, extended: bool) -> list[_Instruction]:
    """The instructions of a script; raises UsageError."""
    program: list[_Instruction] = []
    rest = script.lstrip("; \n\t")
    while rest:
        first, rest = _address(rest, extended=extended)
        last: Address | None = None
        if first is not None and rest.startswith(","):
            last, rest = _address(rest[1:], extended=extended)
        rest = rest.lstrip()
        negated = rest.startswith("!")
        rest = rest.lstrip("! ")
        letter, rest = rest[:1], rest[1:]
        if letter in {"d", "p", "q"}:
            program.append(_Instruction(first, last, negated, letter))
        elif letter in {"s", "y"}:
            run, prints, rest = _replacement(letter, rest, extended=extended)
            program.append(_Instruction(first, last, negated, letter, run, prints))
        elif letter in {"i", "a", "c"}:
            text, _, rest = rest.lstrip(" ").removeprefix("\\").lstrip("\n").partition("\n")
            step = _Instruction(first, last, negated, letter)
            step.text = f"{text}\n".encode(errors="surrogateescape")
            program.append(step)
        else:
            raise UsageError(f"bad pattern '{script}'@{len(script) - len(rest)} ({letter})")
        rest = rest.lstrip("; \n\t")
    return program


def _address(text: str, *, extended: bool) -> tuple[Address | None, str]:
    match = _ADDRESS.match(text)
    if not match:
        return None, text
    found, rest = match[1], text[match.end() :]
    if found.isdigit():
        return int(found), rest
    if found == "$":
        return found, rest
    return compiled(found[1:-1].replace("\\/", "/"), extended=extended), rest


def _replacement(
    letter: str, text: str, *, extended: bool
) -> tuple[Callable[[bytes], tuple[bytes, bool]], bool, str]:
    mark = re.escape(text[:1])
    match = re.match(rf"{mark}((?:[^\\]|\\.)*?){mark}((?:[^\\]|\\.)*?){mark}", text, re.DOTALL)
    if not text or not match:
        raise UsageError(f"bad pattern '{letter}{text}'")
    old, new = match[1].replace("\\" + text[0], text[0]), match[2]
    flags = re.match(r"[gpiI\d]*", text[match.end() :])
    letters = flags[0] if flags else ""
    rest = text[match.end() + len(letters) :]
    if letter == "y":
        table = bytes.maketrans(old.encode(), new.encode())
        return (lambda row: (row.translate(table), True)), False, rest
    pattern = compiled(old, extended=extended, ignore_case="i" in letters.lower())
    template = _template(new, text[0])
    nth = int("".join(c for c in letters if c.isdigit()) or 1)

    def run(row: bytes) -> tuple[bytes, bool]:
        seen = 0

        def one(found: re.Match[bytes]) -> bytes:
            nonlocal seen
            seen += 1
            if seen < nth or ("g" not in letters and seen > nth):
                return found[0]
            return found.expand(template)

        return pattern.sub(one, row), seen >= nth

    return run, "p" in letters, rest


def _template(new: str, mark: str) -> bytes:
    """Python's template for sed's replacement: `&` is the match, `\\1` a group."""
    text = re.sub(
        r"\\(.)|(&)",
        lambda m: r"\g<0>" if m[2] else _escaped(m[1], mark),
        new,
        flags=re.DOTALL,
    )
    return text.encode(errors="surrogateescape")


def _escaped(char: str, mark: str) -> str:
    if char.isdigit():
        return rf"\g<{char}>"
    return {"n": "\n", "t": "\t", "&": "&", mark: mark, "\\": r"\\"}.get(char, char)


COMMANDS: dict[str, Command] = {"sed": sed}
