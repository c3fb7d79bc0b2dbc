"""How a toybox applet is called: options, operands, output, error texts."""

from __future__ import annotations

import errno
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from harness.simphone.contracts import Command, Invocation, PhoneParts
from harness.simphone.storage.view import FsView


class UsageError(Exception):
    """The applet was called wrongly; the text follows its name."""


@dataclass(slots=True)
class Call:
    """One run of an applet. `status` is the exit code unless the applet returns one."""

    invocation: Invocation
    options: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    operands: list[str] = field(default_factory=list[str])
    status: int = 0

    @property
    def name(self) -> str:
        return self.invocation.argv[0].rpartition("/")[2]

    @property
    def phone(self) -> PhoneParts:
        return self.invocation.phone

    @property
    def view(self) -> FsView:
        """The file system as the applet's user sees it."""
        inv = self.invocation
        return FsView(inv.phone.fs, inv.uid, inv.ns, inv.cwd)

    def has(self, *letters: str) -> bool:
        return any(letter in self.options for letter in letters)

    def value(self, letter: str, default: str = "") -> str:
        """The last value given to an option."""
        return self.options.get(letter, [default])[-1]

    def number(self, letter: str, default: int = 0) -> int:
        """An option's value as a number; raises UsageError."""
        text = self.value(letter, str(default))
        try:
            return int(text)
        except ValueError:
            raise UsageError(f"not integer: {text}") from None

    async def out(self, text: str | bytes) -> None:
        """Writes to stdout."""
        await self.invocation.stdout.write(_bytes(text))

    async def complain(self, text: str) -> None:
        """`name: text` on stderr, and exit code 1."""
        self.status = self.status or 1
        await self.invocation.stderr.write(_bytes(f"{self.name}: {text}\n"))

    async def failed(self, path: str, error: OSError) -> None:
        """`name: path: reason` on stderr, and exit code 1."""
        await self.complain(f"{path}: {reason(error)}")


def reason(error: OSError) -> str:
    """The text of an errno, as bionic has it."""
    if error.errno == errno.ELOOP:
        return "Too many symbolic links encountered"
    return os.strerror(error.errno or errno.EIO)


Applet = Callable[[Call], Awaitable[int | None]]


def applet(
    options: str = "",
    *,
    least: int = 0,
    most: int | None = None,
    long: Mapping[str, str] | None = None,
    stop_early: bool = False,
    raw: bool = False,
) -> Callable[[Applet], Command]:
    """Makes a `Command` of an applet.

    `options` as for getopt ("al:m;" = -a, -l with a value, -m with a value only
    if it is attached); `long` maps long options to letters; `least` and `most`
    bound the operands; with `stop_early`
    the first operand ends the options, as for programs that start others; with
    `raw` all words are operands.
    """

    def decorate(function: Applet) -> Command:
        async def command(invocation: Invocation) -> int:
            call = Call(invocation)
            try:
                if raw:
                    call.operands = list(invocation.argv[1:])
                elif "--help" in invocation.argv[1:2]:
                    await call.out(f"usage: {call.name} [-{options.replace(':', '')}] ...\n")
                    return 0
                else:
                    parse(call, options, long or {}, stop_early=stop_early)
                if len(call.operands) < least:
                    raise UsageError(f"Needs {least} argument{'s' if least > 1 else ''}")
                if most is not None and len(call.operands) > most:
                    raise UsageError(f"Max {most} argument{'s' if most != 1 else ''}")
                status = await function(call)
            except UsageError as error:
                await call.complain(str(error))
                return call.status
            return call.status if status is None else status

        return command

    return decorate


def parse(call: Call, options: str, long: Mapping[str, str], *, stop_early: bool) -> None:
    """Sorts argv into options and operands; raises UsageError as toybox words it."""
    queue = list(call.invocation.argv[1:])
    while queue:
        word = queue.pop(0)
        if word == "--":
            call.operands += queue
            return
        if word.startswith("--"):
            _long_option(call, word, queue, options, long)
        elif word.startswith("-") and len(word) > 1:
            _letters(call, word[1:], queue, options)
        else:
            call.operands.append(word)
            if stop_early:
                call.operands += queue
                return


def _long_option(
    call: Call, word: str, queue: list[str], options: str, long: Mapping[str, str]
) -> None:
    name, equals, value = word[2:].partition("=")
    letter = long.get(name)
    if letter is None:
        raise UsageError(f"Unknown option '{word[2:]}' (see \"{call.name} --help\")")
    if f"{letter}:" in options:
        if not equals and not queue:
            raise UsageError(f"Missing argument to --{name}")
        call.options.setdefault(letter, []).append(value if equals else queue.pop(0))
    else:
        call.options.setdefault(letter, []).append(value)


def _letters(call: Call, letters: str, queue: list[str], options: str) -> None:
    while letters:
        letter, letters = letters[0], letters[1:]
        if letter in ":;" or letter not in options:
            raise UsageError(f"Unknown option '{letter}' (see \"{call.name} --help\")")
        if f"{letter};" in options:
            call.options.setdefault(letter, []).append(letters)
            return
        if f"{letter}:" not in options:
            call.options.setdefault(letter, []).append("")
            continue
        if not letters and not queue:
            raise UsageError(f"Missing argument to -{letter}")
        call.options.setdefault(letter, []).append(letters or queue.pop(0))
        return


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode(errors="surrogateescape")
