"""Word expansion: tilde, parameters, substitutions, arithmetic, splitting, file names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field

from harness.simphone.sh import arithmetic, pattern
from harness.simphone.sh.braces import braced
from harness.simphone.sh.state import ShellState
from harness.simphone.sh.syntax import (
    Arithmetic,
    Parameter,
    Part,
    Script,
    Substitution,
    Text,
    Word,
)
from harness.simphone.storage.view import FsView

Piece = tuple[str, bool]


class ExpansionError(Exception):
    """A word cannot be expanded (`${x:?text}`, bad arithmetic); the text is the message."""


@dataclass(slots=True)
class _Fields:
    """Fields under construction; a field of None has not begun."""

    done: list[list[Piece]] = field(default_factory=list[list[Piece]])
    current: list[Piece] | None = None

    def add(self, text: str, *, quoted: bool) -> None:
        if self.current is None:
            self.current = []
        self.current.append((text, quoted))

    def end(self) -> None:
        if self.current is not None:
            self.done.append(self.current)
        self.current = None


@dataclass(slots=True)
class Expander:
    """Expands words for one shell. `run` gives a substitution's output, `dynamic`
    the variables that are made when they are read."""

    state: ShellState
    view: Callable[[], FsView]
    run: Callable[[Script], Awaitable[str]]
    dynamic: Mapping[str, Callable[[], str]] = field(default_factory=dict[str, Callable[[], str]])

    async def fields(self, words: Iterable[Word]) -> list[str]:
        """The words of a command, after splitting and file name expansion."""
        out: list[str] = []
        for word in (each for whole in words for each in braced(whole)):
            for pieces in await self._split(word):
                found: list[str] = []
                if "f" not in self.state.options and pattern.has_pattern(pieces):
                    found = pattern.expand_files(pieces, self.view())
                out += found or ["".join(text for text, _ in pieces)]
        return out

    async def text(self, word: Word) -> str:
        """One string: for assignments, redirections, here-documents, `case`."""
        return "".join(text for text, _ in await self.pieces(word))

    async def pieces(self, word: Word) -> list[Piece]:
        """Text with its quoting, not split: for patterns."""
        out: list[Piece] = []
        for index, part in enumerate(word):
            if isinstance(part, Text):
                out.append((self._tilde(part, index), part.quoted))
            else:
                out.append((await self._value(part) or "", part.quoted))
        return out

    async def calculate(self, word: Word) -> int:
        """The value of an arithmetic expression; raises ExpansionError."""
        text = await self.text(word)
        try:
            return arithmetic.evaluate(text, self.state.get, self.state.assign)
        except arithmetic.CalculationError as error:
            raise ExpansionError(f"{text.strip()}: {error}") from None

    async def _split(self, word: Word) -> list[list[Piece]]:
        fields = _Fields()
        for index, part in enumerate(word):
            if isinstance(part, Text):
                fields.add(self._tilde(part, index), quoted=part.quoted)
            elif isinstance(part, Parameter) and part.name in {"@", "*"} and not part.operator:
                self._positional(part, fields)
            else:
                value = await self._value(part) or ""
                if part.quoted:
                    fields.add(value, quoted=True)
                else:
                    self._split_value(value, fields)
        fields.end()
        return fields.done

    def _positional(self, part: Parameter, fields: _Fields) -> None:
        if part.quoted and part.name == "*":
            fields.add(self.state.get("*") or "", quoted=True)
            return
        # "" before "$@" (the opening quote) must not make a field of its own.
        if part.quoted and fields.current == [("", True)] and not self.state.positional:
            fields.current = None
        for index, value in enumerate(self.state.positional):
            if index:
                fields.end()
            if part.quoted:
                fields.add(value, quoted=True)
            else:
                self._split_value(value, fields)

    def _split_value(self, value: str, fields: _Fields) -> None:
        separators = self.state.variables.get("IFS", " \t\n")
        blank = "".join(c for c in separators if c in " \t\n")
        at = 0
        while at < len(value):
            if value[at] not in separators:
                end = at
                while end < len(value) and value[end] not in separators:
                    end += 1
                fields.add(value[at:end], quoted=False)
                at = end
                continue
            hard = 0
            while at < len(value) and value[at] in separators:
                if value[at] not in blank:
                    if hard:
                        break
                    hard = 1
                at += 1
            if hard and fields.current is None:
                fields.add("", quoted=False)
            fields.end()

    def _tilde(self, part: Text, index: int) -> str:
        text = part.text
        if index or part.quoted or not text.startswith("~"):
            return text
        name, slash, rest = text.partition("/")
        homes = {"~": self.state.get("HOME"), "~+": self.state.cwd, "~root": "/", "~shell": "/"}
        home = homes.get(name)
        return text if home is None else home.rstrip("/") + slash + rest or "/"

    async def _value(self, part: Part) -> str | None:
        match part:
            case Text():
                return part.text
            case Substitution():
                return await self.run(part.body)
            case Arithmetic():
                return str(await self.calculate(part.expression))
            case Parameter():
                return await self._parameter(part)

    async def _parameter(self, part: Parameter) -> str | None:
        made = self.dynamic.get(part.name)
        value = made() if made else self.state.get(part.name)
        operator = part.operator
        if operator == "length":
            count = len(self.state.positional) if part.name in "@*" else len(value or "")
            return str(count)
        if operator and operator[-1] in "-=+?":
            return await self._alternative(part, value)
        if value is None:
            if "u" in self.state.options and part.name not in "@*":
                raise ExpansionError(f"{part.name}: parameter not set")
            return None
        if operator in {"#", "##", "%", "%%"}:
            return pattern.strip(value, await self.pieces(part.argument), operator)
        if operator in {"/", "//"}:
            return await self._replaced(value, part.argument, every=operator == "//")
        if operator == ":":
            return await self._piece_of(value, part.argument)
        return value

    async def _alternative(self, part: Parameter, value: str | None) -> str | None:
        missing = value is None or (part.operator[0] == ":" and not value)
        match part.operator[-1]:
            case "-":
                return await self.text(part.argument) if missing else value
            case "+":
                return None if missing else await self.text(part.argument)
            case "=" if missing:
                self.state.assign(part.name, await self.text(part.argument))
                return self.state.get(part.name)
            case "?" if missing:
                text = await self.text(part.argument) or "parameter null or not set"
                raise ExpansionError(f"{part.name}: {text}")
            case _:
                return value

    async def _replaced(self, value: str, argument: Word, *, every: bool) -> str:
        pieces = await self.pieces(argument)
        old: list[Piece] = []
        new = ""
        for index, (text, quoted) in enumerate(pieces):
            head, slash, tail = text.partition("/")
            if quoted or not slash:
                old.append((text, quoted))
                continue
            old.append((head, quoted))
            new = tail + "".join(rest for rest, _ in pieces[index + 1 :])
            break
        return pattern.replace(value, old, new, every=every)

    async def _piece_of(self, value: str, argument: Word) -> str:
        offset, _, length = (await self.text(argument)).partition(":")
        compute = arithmetic.evaluate
        start = compute(offset, self.state.get, self.state.assign)
        start = max(0, start + len(value)) if start < 0 else start
        if not length:
            return value[start:]
        return value[start : start + compute(length, self.state.get, self.state.assign)]
