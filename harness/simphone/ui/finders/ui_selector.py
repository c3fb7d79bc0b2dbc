"""Reads `new UiSelector().text("a").instance(1)` and `new UiScrollable(...)`.

The language is the part of Java that Appium's own parser takes: one chained
expression, `;` at the end allowed, `new UiSelector()` may be left out of the
front (`.text("a")` is not).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TEXT = {"text", "textContains", "textMatches", "textStartsWith"}
_DESC = {"description", "descriptionContains", "descriptionMatches", "descriptionStartsWith"}
_STRINGS = (
    _TEXT
    | _DESC
    | {
        "resourceId",
        "resourceIdMatches",
        "className",
        "classNameMatches",
        "packageName",
        "packageNameMatches",
    }
)
_FLAGS = {
    "checkable",
    "checked",
    "clickable",
    "enabled",
    "focusable",
    "focused",
    "longClickable",
    "scrollable",
    "selected",
}
_NUMBERS = {"index", "instance"}
_NESTED = {"childSelector", "fromParent"}
_SCROLL_NESTED = {"scrollIntoView", "getChildByText", "getChildByDescription", "getChildByInstance"}
_SCROLLS = {
    "scrollForward",
    "scrollBackward",
    "scrollToEnd",
    "scrollToBeginning",
    "flingForward",
    "flingBackward",
    "flingToEnd",
    "flingToBeginning",
    "scrollTextIntoView",
    "scrollDescriptionIntoView",
}
_SCROLL_SETTINGS = {
    "setAsHorizontalList",
    "setAsVerticalList",
    "setMaxSearchSwipes",
    "setSwipeDeadZonePercentage",
}

_TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(-?\d+(?:\.\d+)?)|([A-Za-z_][\w.]*)|([().,;]))')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'"}


type Value = str | bool | int | UiSelector


@dataclass(frozen=True, slots=True)
class UiSelector:
    """Conditions that all must hold: (name, value), values text, truth, number or selector."""

    conditions: tuple[tuple[str, Value], ...] = ()

    def value(self, name: str) -> Value | None:
        """The last value given for a condition."""
        found = [value for key, value in self.conditions if key == name]
        return found[-1] if found else None


@dataclass(frozen=True, slots=True)
class UiScrollable:
    """A scrollable container and what is to be done with it, in order."""

    container: UiSelector
    actions: tuple[tuple[str, tuple[Value, ...]], ...] = ()


def parse_selector(source: str) -> UiSelector | UiScrollable:
    """Raises ValueError with the place where reading stopped."""
    parser = _Parser(source)
    result = parser.expression()
    parser.end()
    return result


class _Parser:
    def __init__(self, source: str) -> None:
        self._source = source
        self._tokens = _tokens(source)
        self._next = 0

    def expression(self) -> UiSelector | UiScrollable:
        if self._peek() == "new":
            self._take()
        name = self._take().rpartition(".")[2]
        if name == "UiSelector":
            self._expect("(", ")")
            return self._selector()
        if name == "UiScrollable":
            self._expect("(")
            container = self._argument()
            self._expect(")")
            if not isinstance(container, UiSelector):
                raise self._error("UiScrollable needs a UiSelector")
            return self._scrollable(container)
        raise self._error("expected UiSelector or UiScrollable")

    def end(self) -> None:
        while self._peek() == ";":
            self._take()
        if self._peek():
            raise self._error(f"unexpected {self._peek()!r}")

    def _selector(self) -> UiSelector:
        conditions: list[tuple[str, Value]] = []
        for name, arguments in self._calls():
            if len(arguments) > 1 or (not arguments and name not in _FLAGS):
                raise self._error(f"{name} takes one argument")
            value = arguments[0] if arguments else True
            conditions.append((name, self._checked(name, value)))
        return UiSelector(tuple(conditions))

    def _checked(self, name: str, value: Value) -> Value:
        kinds: tuple[tuple[set[str], type], ...] = (
            (_STRINGS, str),
            (_FLAGS, bool),
            (_NESTED, UiSelector),
        )
        for names, kind in kinds:
            if name in names and isinstance(value, kind):
                return value
        if name in _NUMBERS and isinstance(value, int) and not isinstance(value, bool):
            return value
        known = _STRINGS | _FLAGS | _NUMBERS | _NESTED
        if name in known:
            raise self._error(f"wrong kind of argument for {name}")
        raise self._error(f"UiSelector has no {name} method")

    def _scrollable(self, container: UiSelector) -> UiScrollable:
        actions: list[tuple[str, tuple[Value, ...]]] = []
        for name, arguments in self._calls():
            if name not in _SCROLL_NESTED | _SCROLLS | _SCROLL_SETTINGS:
                raise self._error(f"UiScrollable has no {name} method")
            if name in _SCROLL_NESTED and not (arguments and isinstance(arguments[0], UiSelector)):
                raise self._error(f"{name} needs a UiSelector")
            actions.append((name, tuple(arguments)))
        return UiScrollable(container, tuple(actions))

    def _calls(self) -> list[tuple[str, list[Value]]]:
        calls: list[tuple[str, list[Value]]] = []
        while self._peek() == ".":
            self._take()
            name = self._take()
            self._expect("(")
            arguments: list[Value] = []
            while self._peek() != ")":
                arguments.append(self._argument())
                if self._peek() == ",":
                    self._take()
            self._expect(")")
            calls.append((name, arguments))
        return calls

    def _argument(self) -> Value:
        token = self._peek()
        if token.startswith('"'):
            return _unquote(self._take())
        if token in ("true", "false"):
            return self._take() == "true"
        if token[:1].isdigit() or token[:1] == "-":
            return int(float(self._take()))
        value = self.expression()
        if isinstance(value, UiScrollable):
            raise self._error("a UiScrollable cannot be an argument")
        return value

    def _peek(self) -> str:
        return self._tokens[self._next] if self._next < len(self._tokens) else ""

    def _take(self) -> str:
        token = self._peek()
        if not token:
            raise self._error("unexpected end")
        self._next += 1
        return token

    def _expect(self, *tokens: str) -> None:
        for token in tokens:
            if self._take() != token:
                raise self._error(f"expected {token!r}")

    def _error(self, problem: str) -> ValueError:
        return ValueError(f"Could not parse UiSelector expression `{self._source}`: {problem}")


def _tokens(source: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    source = source.strip()
    while position < len(source):
        found = _TOKEN.match(source, position)
        if found is None:
            raise ValueError(f"Could not parse UiSelector expression `{source}` at {position}")
        token = found.group(0).strip()
        # `UiSelector().text` is one call after another, `a.b.UiSelector` one name
        tokens.append(token)
        position = found.end()
    return tokens


def _unquote(token: str) -> str:
    return re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], "\\" + found[1]), token[1:-1])
