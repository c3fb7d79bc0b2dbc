"""Shell arithmetic as mksh computes it: signed 32 bits, wrapping around."""

from __future__ import annotations

import re
from collections.abc import Callable

_TOKEN = re.compile(
    r"\s*(0[xX][0-9a-fA-F]+|\d+#\w+|\d+|[A-Za-z_]\w*"
    r"|<<=|>>=|\+\+|--|&&|\|\||<<|>>|<=|>=|==|!=|[-+*/%&|^]=|[-+*/%&|^~!<>=?:(),])"
)
_LEVELS: tuple[tuple[str, ...], ...] = (
    ("||",), ("&&",), ("|",), ("^",), ("&",), ("==", "!="), ("<", "<=", ">", ">="),
    ("<<", ">>"), ("+", "-"), ("*", "/", "%"),
)  # fmt: skip
_ASSIGN = frozenset({"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>="})


class CalculationError(Exception):
    """The expression cannot be computed; the text is for the user."""


def wrap(number: int) -> int:
    """`number` as a signed 32-bit integer."""
    return (number + 0x80000000) % 0x100000000 - 0x80000000


def _divide(left: int, right: int) -> int:
    if right == 0:
        raise CalculationError("zero divisor")
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


OPERATIONS: dict[str, Callable[[int, int], int]] = {
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
    "&": lambda a, b: a & b,
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
    "<<": lambda a, b: a << (b & 31),
    ">>": lambda a, b: a >> (b & 31),
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": _divide,
    "%": lambda a, b: a - b * _divide(a, b),
    "||": lambda a, b: int(bool(a) or bool(b)),
    "&&": lambda a, b: int(bool(a) and bool(b)),
}


def evaluate(
    text: str, read: Callable[[str], str | None], assign: Callable[[str, str], None]
) -> int:
    """The value of `text`; variables come from `read` and go to `assign`."""
    if not text.strip():
        return 0
    calculation = _Calculation(_tokens(text), read, assign)
    value = calculation.comma()
    calculation.demand_end()
    return value


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise CalculationError(f"{text}: unexpected '{text[position:].strip()[:1]}'")
        tokens.append(match[1])
        position = match.end()
    return tokens


def number(text: str) -> int:
    """A number as mksh reads it: decimal (also with leading zeros), 0x…, base#digits."""
    text = text.strip()
    sign = -1 if text.startswith("-") else 1
    digits = text.lstrip("+-")
    try:
        if "#" in digits:
            base, _, rest = digits.partition("#")
            return wrap(sign * int(rest, int(base)))
        return wrap(sign * int(digits, 16 if digits[:2].lower() == "0x" else 10))
    except ValueError:
        raise CalculationError(f"{text}: bad number") from None


class _Calculation:
    def __init__(
        self,
        tokens: list[str],
        read: Callable[[str], str | None],
        assign: Callable[[str, str], None],
    ) -> None:
        self._tokens = tokens
        self._at = 0
        self._read = read
        self._assign = assign

    def comma(self) -> int:
        value = self._assignment()
        while self._accept(","):
            value = self._assignment()
        return value

    def demand_end(self) -> None:
        if self._at < len(self._tokens):
            raise CalculationError(f"unexpected '{self._tokens[self._at]}'")

    def _assignment(self) -> int:
        name, operator = self._peek(), self._peek(1)
        if operator in _ASSIGN and _is_name(name):
            self._at += 2
            value = self._assignment()
            if operator != "=":
                value = OPERATIONS[operator[:-1]](self._variable(name), value)
            return self._store(name, value)
        return self._choice()

    def _choice(self) -> int:
        condition = self._binary(0)
        if not self._accept("?"):
            return condition
        yes = self._assignment()
        self._demand(":")
        no = self._assignment()
        return yes if condition else no

    def _binary(self, level: int) -> int:
        if level == len(_LEVELS):
            return self._unary()
        left = self._binary(level + 1)
        while (operator := self._peek()) in _LEVELS[level]:
            self._at += 1
            left = wrap(OPERATIONS[operator](left, self._binary(level + 1)))
        return left

    def _unary(self) -> int:
        symbol = self._next()
        match symbol:
            case "-":
                return wrap(-self._unary())
            case "+":
                return self._unary()
            case "!":
                return int(not self._unary())
            case "~":
                return ~self._unary()
            case "++" | "--":
                name = self._next()
                return self._store(name, self._variable(name) + (1 if symbol == "++" else -1))
            case "(":
                value = self.comma()
                self._demand(")")
                return value
            case _:
                return self._operand(symbol)

    def _operand(self, token: str) -> int:
        if token[:1].isdigit():
            return number(token)
        if not _is_name(token):
            raise CalculationError(f"unexpected '{token or 'end'}'")
        value = self._variable(token)
        if self._peek() in {"++", "--"}:
            self._store(token, value + (1 if self._next() == "++" else -1))
        return value

    def _variable(self, name: str) -> int:
        text = (self._read(name) or "").strip()
        if not text:
            return 0
        return number(text) if not _is_name(text) else self._variable(text)

    def _store(self, name: str, value: int) -> int:
        self._assign(name, str(wrap(value)))
        return wrap(value)

    def _peek(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self._at += 1
        return token

    def _accept(self, text: str) -> bool:
        if self._peek() != text:
            return False
        self._at += 1
        return True

    def _demand(self, text: str) -> None:
        if not self._accept(text):
            raise CalculationError(f"missing '{text}'")


def _is_name(text: str) -> bool:
    return text.isidentifier()
