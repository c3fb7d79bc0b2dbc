from __future__ import annotations

import pytest

from harness.simphone.sh.parser import parse_nested
from harness.simphone.sh.scanner import Scanner
from harness.simphone.sh.syntax import Arithmetic, Parameter, Substitution, Text


def tokens(text: str) -> list[tuple[str, str]]:
    scanner = Scanner(text, parse_nested)
    found: list[tuple[str, str]] = []
    while (token := scanner.next()).kind != "end":
        found.append((token.kind, token.text))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a b", [("word", "a"), ("word", "b")]),
        ("a&&b", [("word", "a"), ("operator", "&&"), ("word", "b")]),
        ("2>&1", [("number", "2"), ("operator", ">&"), ("word", "1")]),
        ("a2>x", [("word", "a2"), ("operator", ">"), ("word", "x")]),
        ("a \\\n b#c # d", [("word", "a"), ("word", "b#c")]),
        ("'a b'\"c;d\"", [("word", "'a b'\"c;d\"")]),
        ("a\n", [("word", "a"), ("newline", "\n")]),
        ("$(a;b) c", [("word", "$(a;b)"), ("word", "c")]),
    ],
)
def test_tokens(text: str, expected: list[tuple[str, str]]) -> None:
    assert tokens(text) == expected


def word(text: str) -> tuple[object, ...]:
    return Scanner(text, parse_nested).next().word


def test_parts_of_a_word() -> None:
    assert word("a\\ b'c'") == (Text("a"), Text(" ", quoted=True), Text("b"), Text("c", True))
    assert word('"$x"') == (Text("", True), Parameter("x", quoted=True))
    assert word("${#x}") == (Parameter("x", "length"),)
    assert word("${x:-a b}") == (Parameter("x", ":-", (Text("a b"),)),)
    assert isinstance(word("`a`")[0], Substitution)
    assert isinstance(word("$((1+(2)))")[0], Arithmetic)
    assert word("$") == (Text("$"),)
