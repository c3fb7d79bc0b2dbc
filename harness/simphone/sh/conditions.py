"""The conditions of `test` and `[`."""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence

from harness.simphone.contracts import Stat
from harness.simphone.sh.arithmetic import CalculationError, evaluate
from harness.simphone.storage.view import FsView


class ConditionError(Exception):
    """A condition that makes no sense; the text follows `test: `."""


Reader = Callable[[str], str | None]
"""A variable's value, None when it is not set."""
_KINDS = {
    "-f": stat.S_ISREG, "-d": stat.S_ISDIR, "-p": stat.S_ISFIFO, "-S": stat.S_ISSOCK,
    "-b": stat.S_ISBLK, "-c": stat.S_ISCHR,
}  # fmt: skip
_BITS = {"-u": 0o4000, "-g": 0o2000, "-k": 0o1000}
_RIGHTS = {"-r": 4, "-w": 2, "-x": 1}
UNARY = frozenset(
    {"-e", "-a", "-s", "-L", "-h", "-n", "-z", "-t", "-O", "-G", *_KINDS, *_BITS, *_RIGHTS}
)
_NUMBERS: dict[str, Callable[[int, int], bool]] = {
    "-eq": lambda a, b: a == b, "-ne": lambda a, b: a != b, "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b, "-gt": lambda a, b: a > b, "-ge": lambda a, b: a >= b,
}  # fmt: skip
_TEXTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda a, b: a == b, "==": lambda a, b: a == b, "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b, ">": lambda a, b: a > b,
}  # fmt: skip
_FILES = frozenset({"-nt", "-ot", "-ef"})
BINARY = frozenset({*_NUMBERS, *_TEXTS, *_FILES})


def _kept(_name: str, _value: str) -> None:
    """Conditions assign nothing."""


def holds(words: Sequence[str], view: FsView, read: Reader | None = None) -> bool:
    """Whether the condition is true; raises ConditionError for nonsense.

    With `read` numbers are expressions over the shell's variables, as in mksh; without it
    they are plain, as for toybox.
    """
    if not words:
        return False
    parser = _Conditions(list(words), view, read)
    result = parser.either()
    parser.demand_end()
    return result


class _Conditions:
    def __init__(self, words: list[str], view: FsView, read: Reader | None) -> None:
        self._words = words
        self._read = read
        self._view = view
        self._at = 0

    def either(self) -> bool:
        result = self._both()
        while self._accept("-o", "||"):
            result = self._both() or result
        return result

    def demand_end(self) -> None:
        if self._at < len(self._words):
            raise ConditionError(f"{self._words[self._at]}: unexpected operator/operand")

    def _both(self) -> bool:
        result = self._one()
        while self._accept("-a", "&&"):
            result = self._one() and result
        return result

    def _one(self) -> bool:
        left = len(self._words) - self._at
        if left == 0:
            raise ConditionError("expected an expression")
        word = self._words[self._at]
        if left >= 3 and self._words[self._at + 1] in BINARY:
            return self._binary()
        if word == "!" and left > 1:
            self._at += 1
            return not self._one()
        if word == "(" and left > 2:
            self._at += 1
            result = self.either()
            if not self._accept(")"):
                raise ConditionError("missing )")
            return result
        if word in UNARY and left > 1:
            self._at += 2
            return self._unary(word, self._words[self._at - 1])
        self._at += 1
        return word != ""

    def _binary(self) -> bool:
        left, operator, right = self._words[self._at : self._at + 3]
        self._at += 3
        if operator in _NUMBERS:
            return _NUMBERS[operator](self._number(left), self._number(right))
        if operator in _TEXTS:
            return _TEXTS[operator](left, right)
        one, other = self._stat(left), self._stat(right)
        if operator == "-ef":
            return bool(one and other and (one.dev, one.ino) == (other.dev, other.ino))
        if operator == "-ot":
            one, other = other, one
        return one is not None and (other is None or one.mtime > other.mtime)

    def _unary(self, operator: str, operand: str) -> bool:
        if operator in {"-n", "-z"}:
            return (operand != "") == (operator == "-n")
        if operator == "-t":
            return False
        if operator in _RIGHTS:
            return self._view.may(operand, _RIGHTS[operator])
        status = self._stat(operand, follow=operator not in {"-L", "-h"})
        if status is None:
            return False
        if operator in _KINDS:
            return _KINDS[operator](status.mode)
        if operator in _BITS:
            return bool(status.mode & _BITS[operator])
        match operator:
            case "-s":
                return status.size > 0
            case "-L" | "-h":
                return stat.S_ISLNK(status.mode)
            case "-O":
                return status.uid == self._view.uid
            case "-G":
                return status.gid == self._view.uid
            case _:
                return True

    def _number(self, text: str) -> int:
        try:
            return int(text) if self._read is None else evaluate(text, self._read, _kept)
        except ValueError:
            raise ConditionError(f"not integer: {text}") from None
        except CalculationError as error:
            raise ConditionError(f"{text}: {error}") from None

    def _stat(self, path: str, *, follow: bool = True) -> Stat | None:
        try:
            return self._view.stat(path, follow=follow)
        except OSError:
            return None

    def _accept(self, *words: str) -> bool:
        if self._at < len(self._words) and self._words[self._at] in words:
            self._at += 1
            return True
        return False
