from __future__ import annotations

import pytest

from harness.simphone.sh.parser import parse
from harness.simphone.sh.syntax import (
    AndOr,
    Case,
    For,
    Function,
    If,
    Loop,
    Pipeline,
    Redirected,
    ShellSyntaxError,
    Simple,
    Subshell,
    Text,
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a b", Simple),
        ("a=1", Simple),
        ("a | b", Pipeline),
        ("! a", Pipeline),
        ("a && b", AndOr),
        ("( a )", Subshell),
        ("{ a; } >f", Redirected),
        ("if a; then b; fi", If),
        ("until a; do b; done", Loop),
        ("for x; do a; done", For),
        ("case a in a) ;; esac", Case),
        ("f() { a; }", Function),
        ("'if' a", Simple),
        ("echo if then fi", Simple),
    ],
)
def test_kinds_of_commands(text: str, kind: type) -> None:
    ((node, background),) = parse(text).items

    assert isinstance(node, kind)
    assert not background


def test_separators_and_comments() -> None:
    script = parse("a & b; c\n# note\nd # more\n\n")

    assert [background for _, background in script.items] == [True, False, False, False]


def test_redirections_and_here_documents() -> None:
    ((node, _),) = parse("cat <<-'E' 2>&1 >>f\n\tx $y\n\tE\n").items
    assert isinstance(node, Simple)

    assert [(r.fd, r.operator) for r in node.redirects] == [(0, "<<"), (2, ">&"), (1, ">>")]
    assert node.redirects[0].target == (Text("x $y\n", quoted=True),)


@pytest.mark.parametrize(
    "text",
    ["if a", "a |", "a &&", "( a", "{ a", "do", "a ;; b", "for 1 in a; do b; done", "a >", "()",
     "case a in b) c", "while a; done", "cat <<E", "echo $(a", "echo ${a", "echo ${}", "`a"],
)  # fmt: skip
def test_syntax_errors(text: str) -> None:
    with pytest.raises(ShellSyntaxError):
        parse(text)
