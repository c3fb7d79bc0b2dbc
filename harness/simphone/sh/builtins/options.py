"""`getopts` and `let`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.sh.arithmetic import CalculationError, evaluate
from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter


async def _getopts(shell: Interpreter, words: list[str]) -> int:
    """`getopts OPTSTRING NAME [ARG…]`; OPTIND, OPTARG, and the place in a cluster of letters."""
    if len(words) < 3:
        await shell.complain("getopts: missing name argument")
        return 2
    wanted, name, state = words[1], words[2], shell.state
    given = words[3:] or state.positional
    index, place = int(state.get("OPTIND") or "1"), state.option_place
    word = given[index - 1] if index <= len(given) else ""
    if place == 0 and (len(word) < 2 or word[0] != "-" or word == "--"):
        if word == "--":
            state.assign("OPTIND", str(index + 1))
        state.assign(name, "?")
        return 1
    letter = word[place + 1]
    state.option_place = place + 1 if place + 2 < len(word) else 0
    after = index if state.option_place else index + 1
    known = letter != ":" and letter in wanted.lstrip(":")
    value = None
    if known and f"{letter}:" in wanted:
        value = word[place + 2 :] or (given[index] if index < len(given) else None)
        state.option_place = 0
        after = index + (1 if word[place + 2 :] or value is None else 2)
    state.assign("OPTIND", str(after))
    state.unset("OPTARG")
    if known and (value is not None or f"{letter}:" not in wanted):
        state.assign(name, letter)
        if value is not None:
            state.assign("OPTARG", value)
        return 0
    silent = wanted.startswith(":")
    state.assign(name, ":" if silent and known else "?")
    if silent:
        state.assign("OPTARG", letter)
    else:
        text = "requires an argument" if known else "unknown option"
        await shell.complain(f"-{letter}: {text}")
    return 0


async def _let(shell: Interpreter, words: list[str]) -> int:
    """Success when the last expression is not 0."""
    value = 0
    for word in words[1:]:
        try:
            value = evaluate(word, shell.state.get, shell.state.assign)
        except CalculationError as error:
            await shell.complain(f"let: {error}")
            return 2
    return int(value == 0)


BUILTINS: dict[str, Builtin] = {"getopts": _getopts, "let": _let}
