"""`test` and `[`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.sh.conditions import ConditionError, holds
from harness.simphone.sh.simple import Builtin

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

_CLOSERS = {"[": "]"}


async def _test(shell: Interpreter, words: list[str]) -> int:
    name, *rest = words
    closer = _CLOSERS.get(name)
    if closer is not None:
        if rest[-1:] != [closer]:
            await shell.complain(f"{name}: missing {closer}")
            return 2
        rest.pop()
    try:
        return 0 if holds(rest, shell.view, shell.state.get) else 1
    except ConditionError as error:
        await shell.complain(f"{name}: {error}")
        return 2


BUILTINS: dict[str, Builtin] = {"test": _test, "[": _test}
