"""`[[ … ]]`: conditions whose words are neither split nor globbed; `==` takes a pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.simphone.sh import pattern
from harness.simphone.sh.conditions import BINARY, UNARY, ConditionError, holds
from harness.simphone.sh.syntax import Conditional, Text, Word

if TYPE_CHECKING:
    from harness.simphone.sh.interpreter import Interpreter

Item = str | Word
"""An operator or a bare `!`, or a word to be expanded."""
_PATTERNS = {"=": True, "==": True, "!=": False}


async def conditional(shell: Interpreter, node: Conditional) -> int:
    """0 when the condition holds, 1 when not, 2 (with a message) for nonsense."""
    brackets = _Brackets(shell, list(node.items))
    try:
        result = await brackets.either(wanted=True)
        brackets.demand_end()
    except ConditionError as error:
        await shell.complain(f"[[: {error}")
        return 2
    return 0 if result else 1


class _Brackets:
    """Reads and decides in one go; what does not count any more is not expanded."""

    def __init__(self, shell: Interpreter, items: list[Item]) -> None:
        self._shell = shell
        self._items = items
        self._at = 0

    async def either(self, *, wanted: bool) -> bool:
        result = await self._both(wanted=wanted)
        while self._accept("||"):
            result = await self._both(wanted=wanted and not result) or result
        return result

    def demand_end(self) -> None:
        if self._at < len(self._items):
            raise ConditionError(f"unexpected '{self._plain(0)}'")

    async def _both(self, *, wanted: bool) -> bool:
        result = await self._one(wanted=wanted)
        while self._accept("&&"):
            result = await self._one(wanted=wanted and result) and result
        return result

    async def _one(self, *, wanted: bool) -> bool:
        if self._accept("!"):
            return not await self._one(wanted=wanted)
        if self._accept("("):
            result = await self.either(wanted=wanted)
            if not self._accept(")"):
                raise ConditionError("missing )")
            return result
        operator = self._plain(1)
        if operator in BINARY and self._at + 2 < len(self._items):
            left, right = self._items[self._at], self._items[self._at + 2]
            self._at += 3
            return wanted and await self._compare(left, operator, right)
        if self._plain(0) in UNARY and self._at + 1 < len(self._items):
            unary, operand = self._plain(0), self._items[self._at + 1]
            self._at += 2
            return wanted and self._holds([unary, await self._text(operand)])
        if self._at >= len(self._items):
            raise ConditionError("missing expression")
        word = self._items[self._at]
        self._at += 1
        return wanted and await self._text(word) != ""

    async def _compare(self, left: Item, operator: str, right: Item) -> bool:
        if operator in _PATTERNS and not isinstance(right, str):
            pieces = await self._shell.expander.pieces(right)
            return pattern.matches(pieces, await self._text(left)) == _PATTERNS[operator]
        return self._holds([await self._text(left), operator, await self._text(right)])

    def _holds(self, words: list[str]) -> bool:
        return holds(words, self._shell.view, self._shell.state.get)

    async def _text(self, item: Item) -> str:
        return item if isinstance(item, str) else await self._shell.expander.text(item)

    def _plain(self, ahead: int) -> str:
        """The operator there, or the text of a bare word."""
        at = self._at + ahead
        if at >= len(self._items):
            return ""
        item = self._items[at]
        if isinstance(item, str):
            return item
        part = item[0] if len(item) == 1 else None
        return part.text if isinstance(part, Text) and not part.quoted else ""

    def _accept(self, text: str) -> bool:
        if self._plain(0) != text:
            return False
        self._at += 1
        return True
