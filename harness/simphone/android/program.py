"""Programs that answer with one text: from a plain function to a `Command`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, field

from harness.simphone.contracts import Command, Invocation


@dataclass(frozen=True, slots=True)
class Reply:
    """What a program printed and its exit code."""

    out: str = ""
    err: str = ""
    code: int = 0


Program = Callable[[Invocation], Reply | Awaitable[Reply]]


def program(function: Program) -> Command:
    """The `Command` that prints what `function` answers."""

    async def run(inv: Invocation) -> int:
        answer = function(inv)
        reply = await answer if inspect.isawaitable(answer) else answer
        if reply.out:
            await inv.stdout.write(reply.out.encode())
        if reply.err:
            await inv.stderr.write(reply.err.encode())
        return reply.code

    return run


@dataclass(slots=True)
class Arguments:
    """Command-line words: flags with their values, and the rest in order."""

    flags: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    rest: list[str] = field(default_factory=list[str])

    def has(self, *names: str) -> bool:
        return any(name in self.flags for name in names)

    def value(self, *names: str) -> str | None:
        """The last value given to one of `names`."""
        for name in names:
            if self.flags.get(name):
                return self.flags[name][-1]
        return None


def user_given(given: Arguments, absent: int = 0) -> int:
    """The number behind `--user`; `absent` without one or for "all", the owner's for "current"."""
    value = given.value("--user")
    if value is not None and value.isdigit():
        return int(value)
    return 0 if value in ("current", "cur") else absent


def arguments(words: Sequence[str], valued: Collection[str] = ()) -> Arguments:
    """Splits `words`; names in `valued` take the next word (or what follows `=`)."""
    found = Arguments()
    queue = list(words)
    while queue:
        word = queue.pop(0)
        name, equals, value = word.partition("=")
        if not word.startswith("-") or word == "-":
            found.rest.append(word)
        elif equals and name.startswith("--"):
            found.flags.setdefault(name, []).append(value)
        elif word in valued and queue:
            found.flags.setdefault(word, []).append(queue.pop(0))
        else:
            found.flags.setdefault(word, [])
    return found
