from __future__ import annotations

import pytest

from harness.simphone.sh.formatting import echo, printf, unescape


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["a", "b"], "a b\n"),
        (["-n", "a"], "a"),
        (["a\\nb"], "a\nb\n"),
        (["-E", "a\\nb"], "a\\nb\n"),
        (["a\\cb", "c"], "a"),
        (["-x"], "-x\n"),
        ([], "\n"),
    ],
)
def test_echo(words: list[str], text: str) -> None:
    assert echo(words) == text


@pytest.mark.parametrize(
    ("template", "arguments", "text"),
    [
        ("%s-%d\\n", ["a", "5"], "a-5\n"),
        ("%s\\n", ["a", "b"], "a\nb\n"),
        ("%5s|%-5s|%05d|%.2s", ["a", "b", "7", "xyz"], "    a|b    |00007|xy"),
        ("%x %X %o %c %%", ["255", "255", "8", "hey"], "ff FF 10 h %"),
        ("%b", ["a\\tb"], "a\tb"),
        ("%*d", ["4", "7"], "   7"),
        ("%d %s", [], "0 "),
        ("%d", ["'A"], "65"),
        ("%.1f", ["2.55"], "2.5"),
        ("plain", ["x"], "plain"),
        ("a%b", ["b\\cno"], "ab"),
    ],
)
def test_printf(template: str, arguments: list[str], text: str) -> None:
    assert printf(template, arguments) == (text, "")


def test_printf_says_what_is_no_number() -> None:
    assert printf("%d", ["12x"]) == ("12", "12x: not completely converted")
    assert printf("%y", ["1"]) == ("", "%y: bad format")


def test_escapes() -> None:
    assert unescape("\\0101\\x42\\\\\\q") == "AB\\\\q"
