"""POSIX regular expressions (basic and extended) as Python's."""

from __future__ import annotations

import re

_CLASSES = {"digit": "0-9", "alpha": "A-Za-z", "alnum": "0-9A-Za-z", "space": r"\s",
            "upper": "A-Z", "lower": "a-z", "blank": r" \t", "xdigit": "0-9A-Fa-f",
            "punct": r"!-/:-@\[-`{-~"}  # fmt: skip
_SPECIAL = "+?|(){}"


def translate(pattern: str, *, extended: bool) -> str:
    """Python's syntax for a POSIX pattern (GNU's `\\+`, `\\|`, `\\w`, `\\b` included)."""
    out: list[str] = []
    at = 0
    while at < len(pattern):
        char = pattern[at]
        if char == "[":
            end = _bracket_end(pattern, at)
            out.append(_bracket(pattern[at:end]))
            at = end
            continue
        if char == "\\" and at + 1 < len(pattern):
            following = pattern[at + 1]
            escaped_special = following in _SPECIAL
            if escaped_special:
                out.append(re.escape(following) if extended else following)
            else:
                out.append({"<": r"\b", ">": r"\b"}.get(following, char + following))
            at += 2
            continue
        basic_literal = not extended and char in _SPECIAL
        leading_star = char == "*" and (not out or out[-1] in {"(", "|", "^"})
        out.append("\\" + char if basic_literal or leading_star else char)
        at += 1
    return "".join(out)


def compiled(
    pattern: str, *, extended: bool, fixed: bool = False, ignore_case: bool = False
) -> re.Pattern[bytes]:
    """A byte pattern; raises re.error."""
    source = re.escape(pattern) if fixed else translate(pattern, extended=extended)
    return re.compile(source.encode(errors="surrogateescape"), re.IGNORECASE if ignore_case else 0)


def _bracket_end(pattern: str, start: int) -> int:
    at = start + 1
    if pattern[at : at + 1] == "^":
        at += 1
    if pattern[at : at + 1] == "]":
        at += 1
    while at < len(pattern) and pattern[at] != "]":
        at = pattern.find(":]", at) + 2 if pattern.startswith("[:", at) else at + 1
    return at + 1


def _bracket(text: str) -> str:
    body = text[1:-1]
    negated = body.startswith("^")
    body = body[1:] if negated else body
    body = body.replace("\\", "\\\\")
    classes: list[str] = []

    def keep(match: re.Match[str]) -> str:
        classes.append(_CLASSES.get(match[1], ""))
        return ""

    body = re.sub(r"\[:(\w+):\]", keep, body)
    body = body.replace("[", r"\[")
    if body.startswith("]"):
        body = r"\]" + body[1:]
    return f"[{'^' if negated else ''}{body}{''.join(classes)}]"
