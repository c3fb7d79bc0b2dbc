"""`expr`."""

from __future__ import annotations

import re

from harness.simphone.contracts import Command
from harness.simphone.sh.arithmetic import OPERATIONS, CalculationError
from harness.simphone.toybox.call import Call, UsageError, applet
from harness.simphone.toybox.regexes import translate

_LEVELS = (("|",), ("&",), ("=", "==", "!=", "<", "<=", ">", ">="), ("+", "-"), ("*", "/", "%"),
           (":",))  # fmt: skip
_WRONG = 2


@applet(raw=True)
async def expr(call: Call) -> int:
    words = list(call.operands)
    if not words:
        raise UsageError("Needs 1 argument")
    try:
        value = _level(words, 0)
    except (CalculationError, ValueError, re.error) as error:
        call.status = _WRONG
        raise UsageError(str(error)) from None
    if words:
        call.status = _WRONG
        raise UsageError(f"unexpected argument '{words[0]}'")
    await call.out(f"{value}\n")
    return 1 if value in {"", "0"} else 0


def _level(words: list[str], level: int) -> str:
    if level == len(_LEVELS):
        return _operand(words)
    left = _level(words, level + 1)
    while words and words[0] in _LEVELS[level]:
        operator = words.pop(0)
        left = _apply(operator, left, _level(words, level + 1))
    return left


def _operand(words: list[str]) -> str:
    if not words:
        raise ValueError("syntax error")
    word = words.pop(0)
    if word == "(":
        value = _level(words, 0)
        if not words or words.pop(0) != ")":
            raise ValueError("syntax error")
        return value
    if word == "length" and words:
        return str(len(words.pop(0)))
    return word


def _apply(operator: str, left: str, right: str) -> str:
    if operator == "|":
        return left if left not in {"", "0"} else right
    if operator == "&":
        return left if left not in {"", "0"} and right not in {"", "0"} else "0"
    if operator == ":":
        match = re.match(translate(right, extended=False), left)
        if re.search(r"\\\(", right):
            return match[1] if match else ""
        return str(len(match[0]) if match else 0)
    numbers = all(re.fullmatch(r"-?\d+", text) for text in (left, right))
    operator = "==" if operator == "=" else operator
    if numbers:
        return str(OPERATIONS[operator](int(left), int(right)))
    if operator in {"==", "!=", "<", "<=", ">", ">="}:
        order = (left > right) - (left < right)
        return str(OPERATIONS[operator](order, 0))
    raise ValueError("not integer")


COMMANDS: dict[str, Command] = {"expr": expr}
