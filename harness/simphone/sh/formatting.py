"""The texts of `echo` and `printf`."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ESCAPE = re.compile(r"\\(0[0-7]{0,3}|[1-7][0-7]{0,2}|x[0-9a-fA-F]{1,2}|c|.)", re.DOTALL)
_SIMPLE = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
           "v": "\v", "\\": "\\"}  # fmt: skip
_DIRECTIVE = re.compile(
    r"%(?P<flags>[-+ #0]*)(?P<width>\*|\d*)(?:\.(?P<precision>\*|\d*))?(?P<kind>[a-zA-Z%])"
)


class _StopError(Exception):
    """`\\c`: nothing more is printed; the text is what came before."""


def unescape(text: str) -> str:
    """Backslash sequences; `\\c` ends the text (raises _StopError inside)."""

    def one(match: re.Match[str]) -> str:
        code = match[1]
        if code == "c":
            raise _StopError(text[: match.start()])
        if code[0] in "01234567":
            return _byte(int(code, 8) & 0xFF)
        if code[0] == "x" and len(code) > 1:
            return _byte(int(code[1:], 16))
        return _SIMPLE.get(code, match[0])

    return _ESCAPE.sub(one, text)


def _byte(value: int) -> str:
    """One byte in the shell's texts: those above 0x7F are surrogates until they are written."""
    return chr(value) if value < 0x80 else chr(0xDC00 + value)


def echo(words: Sequence[str]) -> str:
    """mksh's echo: backslash sequences count unless `-E`; `-n` leaves the newline out."""
    rest = list(words)
    newline, escapes = "\n", True
    while rest and re.fullmatch(r"-[neE]+", rest[0]):
        option = rest.pop(0)
        newline = "" if "n" in option else newline
        escapes = "E" not in option
    text = " ".join(rest)
    if not escapes:
        return text + newline
    try:
        return unescape(text) + newline
    except _StopError as stop:
        return unescape(str(stop))


def printf(template: str, arguments: Sequence[str]) -> tuple[str, str]:
    """(output, error text); the template repeats until all arguments are used."""
    out: list[str] = []
    queue = list(arguments)
    errors: list[str] = []
    while True:
        before = len(queue)
        try:
            out.append(_once(template, queue, errors))
        except _StopError as stop:
            out.append(str(stop))
            break
        if not queue or len(queue) == before:
            break
    return "".join(out), errors[0] if errors else ""


def _once(template: str, queue: list[str], errors: list[str]) -> str:
    out: list[str] = []
    at = 0
    for match in _DIRECTIVE.finditer(template):
        out.append(unescape(template[at : match.start()]))
        at = match.end()
        if match["kind"] == "%":
            out.append("%")
            continue
        width, precision = match["width"], match["precision"]
        width = (queue.pop(0) if queue else "0") if width == "*" else width
        precision = (queue.pop(0) if queue else "0") if precision == "*" else precision
        argument = queue.pop(0) if queue else None
        flags = match["flags"]
        try:
            out.append(_directive(match["kind"], flags, width, precision, argument, errors))
        except _StopError as stop:
            raise _StopError("".join(out) + str(stop)) from None
    out.append(unescape(template[at:]))
    return "".join(out)


def _directive(
    kind: str, flags: str, width: str, precision: str | None, argument: str | None,
    errors: list[str],
) -> str:  # fmt: skip
    limit = "" if precision is None else f".{precision or 0}"
    match kind:
        case "s" | "b" | "q":
            text = argument or ""
            text = unescape(text) if kind == "b" else text
            return f"%{flags.replace('0', '')}{width}{limit}s" % text
        case "c":
            return f"%{flags}{width}s" % (argument or "")[:1]
        case "d" | "i" | "u":
            return f"%{flags}{width}{limit}d" % _integer(argument, errors)
        case "x" | "X" | "o":
            value = _integer(argument, errors)
            return f"%{flags}{width}{limit}{kind}" % (value if value >= 0 else value + 2**64)
        case "e" | "E" | "f" | "F" | "g" | "G":
            return f"%{flags}{width}{limit}{kind}" % _real(argument, errors)
        case _:
            errors.append(f"%{kind}: bad format")
            return ""


def _integer(text: str | None, errors: list[str]) -> int:
    if not text:
        return 0
    if text[0] in "'\"":
        return ord(text[1]) if len(text) > 1 else 0
    try:
        octal = re.fullmatch(r"[-+]?0[0-7]+", text)
        return int(text, 8 if octal else 0)
    except ValueError:
        errors.append(f"{text}: not completely converted")
        digits = re.match(r"[-+]?\d+", text)
        return int(digits[0]) if digits else 0


def _real(text: str | None, errors: list[str]) -> float:
    try:
        return float(text or 0)
    except ValueError:
        errors.append(f"{text}: not completely converted")
        return 0.0
