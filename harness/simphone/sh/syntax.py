"""The syntax tree of a shell script."""

from __future__ import annotations

from dataclasses import dataclass


class ShellSyntaxError(Exception):
    """The script cannot be parsed; the text is what mksh prints after its name."""


@dataclass(frozen=True, slots=True)
class Text:
    """Literal text; unquoted text may hold glob characters and a leading tilde."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """`$name` or `${name<operator>argument}`; operator "length" is `${#name}`."""

    name: str
    operator: str = ""
    argument: Word = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Substitution:
    """`$(script)` or backquotes."""

    body: Script
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`$((expression))`; the expression is expanded before it is computed."""

    expression: Word
    quoted: bool = False


Part = Text | Parameter | Substitution | Arithmetic
Word = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Redirect:
    """`fd operator target`; operators `<` `>` `>>` `<&` `>&` `&>` `<>` `<<<`
    and `<<` (here-document, whose target is the text itself)."""

    fd: int
    operator: str
    target: Word


@dataclass(frozen=True, slots=True)
class Simple:
    """`A=1 B=2 command word… >file`."""

    assignments: tuple[tuple[str, Word], ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """`[!] a | b | c`."""

    commands: tuple[Node, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AndOr:
    """`first && b || c`: operator and node pairs after the first."""

    first: Node
    rest: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Script:
    """Commands in order, each with whether `&` follows it."""

    items: tuple[tuple[Node, bool], ...]


@dataclass(frozen=True, slots=True)
class Subshell:
    """`( … )`."""

    body: Script


@dataclass(frozen=True, slots=True)
class If:
    """`if … then … elif … else … fi`: (condition, body) pairs and the else part."""

    branches: tuple[tuple[Script, Script], ...]
    otherwise: Script | None


@dataclass(frozen=True, slots=True)
class Loop:
    """`while` or `until`: runs the body as long as the condition's success is `wanted`."""

    condition: Script
    body: Script
    wanted: bool


@dataclass(frozen=True, slots=True)
class For:
    """`for name in words`; None = the positional parameters."""

    name: str
    words: tuple[Word, ...] | None
    body: Script


@dataclass(frozen=True, slots=True)
class Case:
    """`case word in pattern|pattern) … ;; esac`."""

    word: Word
    branches: tuple[tuple[tuple[Word, ...], Script], ...]


@dataclass(frozen=True, slots=True)
class Function:
    """`name() body`."""

    name: str
    body: Node


@dataclass(frozen=True, slots=True)
class Conditional:
    """`[[ … ]]`: operators as text, and words."""

    items: tuple[str | Word, ...]


@dataclass(frozen=True, slots=True)
class Redirected:
    """A compound command with redirections after it."""

    body: Node
    redirects: tuple[Redirect, ...]


Node = (
    Simple
    | Pipeline
    | AndOr
    | Script
    | Subshell
    | If
    | Loop
    | For
    | Case
    | Function
    | Conditional
    | Redirected
)
