"""Cuts a script into words and operators, on demand of the parser."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from harness.simphone.sh.syntax import (
    Arithmetic,
    Parameter,
    Part,
    Script,
    ShellSyntaxError,
    Substitution,
    Text,
    Word,
)

OPERATORS = (
    "<<<", "<<-", "&>>", "&&", "||", ";;", "<<", ">>", "<&", ">&", "<>", "&>", ">|",
    "&", ";", "|", "<", ">", "(", ")",
)  # fmt: skip
WORD_ENDS = " \t\n;&|<>()"
_NAME = re.compile(r"[A-Za-z_]\w*|\d|[@*#?$!\-]")
_BRACED_NAME = re.compile(r"[A-Za-z_]\w*|\d+|[@*#?$!\-]")
_BRACED_OPERATOR = re.compile(r":[-=+?]|%%|%|##|#|//|/|[-=+?]|:")
_IO_NUMBER = re.compile(r"\d+(?=[<>])")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f",
            "v": "\v"}  # fmt: skip

_NUMERIC = re.compile(r"x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([0-7]{1,3})")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is "word", "operator", "newline", "number" (before < or >) or "end"."""

    kind: str
    text: str = ""
    word: Word = ()


class Scanner:
    """Position in a script's text. `parse_nested` parses `$(…)` up to its `)`."""

    def __init__(self, text: str, parse_nested: Callable[[Scanner], Script]) -> None:
        self.text = text
        self.position = 0
        self._parse_nested = parse_nested

    def next(self) -> Token:
        """The next token; comments and line continuations are skipped."""
        self._skip_blanks()
        if self.position >= len(self.text):
            return Token("end")
        if self._take("\n"):
            return Token("newline", "\n")
        if number := _IO_NUMBER.match(self.text, self.position):
            self.position = number.end()
            return Token("number", number[0])
        for operator in OPERATORS:
            if self._take(operator):
                return Token("operator", operator)
        start = self.position
        word = self.word(WORD_ENDS)
        return Token("word", self.text[start : self.position], word)

    def word(self, ends: str, *, quoted: bool = False, quotes: bool = True) -> Word:
        """Parts up to an unquoted character of `ends`, or the end of the text."""
        parts: list[Part] = []
        while self.position < len(self.text):
            char = self.text[self.position]
            if char in ends:
                break
            if char == "\\":
                parts += self._escape(quoted=quoted, ends=ends)
            elif char == "'" and quotes:
                parts.append(Text(self._until("'"), quoted=True))
            elif char == '"' and quotes:
                self.position += 1
                parts.append(Text("", quoted=True))
                parts += self.word('"', quoted=True, quotes=False)
                self._demand('"')
            elif char == "$":
                parts.append(self._dollar(quoted=quoted))
            elif char == "`":
                parts.append(self._backquotes(quoted=quoted))
            else:
                parts.append(self._plain(ends, quoted=quoted, quotes=quotes))
        return tuple(parts)

    def here_document(self, delimiter: str, *, expand: bool, strip_tabs: bool) -> Word:
        """Takes the here-document's lines out of the text after the current line."""
        line_end = self.text.find("\n", self.position)
        if line_end < 0:
            raise ShellSyntaxError(f"here document '{delimiter}' unclosed")
        lines: list[str] = []
        rest = self.text[line_end + 1 :]
        while rest:
            line, _, rest = rest.partition("\n")
            line = line.lstrip("\t") if strip_tabs else line
            if line == delimiter:
                break
            lines.append(line + "\n")
        self.text = self.text[: line_end + 1] + rest
        body = "".join(lines)
        if not expand:
            return (Text(body, quoted=True),)
        return Scanner(body, self._parse_nested).word("", quoted=True, quotes=False)

    def _skip_blanks(self) -> None:
        while self.position < len(self.text):
            if self.text[self.position] in " \t":
                self.position += 1
            elif self.text.startswith("\\\n", self.position):
                self.position += 2
            elif self.text[self.position] == "#":
                end = self.text.find("\n", self.position)
                self.position = len(self.text) if end < 0 else end
            else:
                return

    def _plain(self, ends: str, *, quoted: bool, quotes: bool) -> Text:
        stop = ends + "\\$`" + ("'\"" if quotes else "")
        start = self.position
        while self.position < len(self.text) and self.text[self.position] not in stop:
            self.position += 1
        return Text(self.text[start : self.position], quoted)

    def _escape(self, *, quoted: bool, ends: str) -> tuple[Part, ...]:
        following = self.text[self.position + 1 : self.position + 2]
        self.position += 2
        if following == "\n":
            return ()
        if quoted and following not in {"$", "`", "\\", *([ends] if len(ends) == 1 else [])}:
            return (Text("\\" + following, quoted=True),)
        return (Text(following or "\\", quoted=True),)

    def _until(self, quote: str) -> str:
        end = self.text.find(quote, self.position + 1)
        if end < 0:
            raise ShellSyntaxError(f"syntax error: unexpected EOF looking for {quote}")
        body = self.text[self.position + 1 : end]
        self.position = end + 1
        return body

    def _dollar(self, *, quoted: bool) -> Part:
        self.position += 1
        if self._take("(("):
            return Arithmetic(self._expression(), quoted)
        if self._take("("):
            return Substitution(self._parse_nested(self), quoted)
        if self._take("{"):
            return self._braced(quoted=quoted)
        if not quoted and self.text.startswith("'", self.position):
            return Text(self._ansi_c(), quoted=True)
        if name := _NAME.match(self.text, self.position):
            self.position = name.end()
            return Parameter(name[0], quoted=quoted)
        return Text("$", quoted)

    def _braced(self, *, quoted: bool) -> Part:
        length = re.compile(r"#(?=[A-Za-z_@*\d])").match(self.text, self.position)
        if length:
            self.position += 1
        name = _BRACED_NAME.match(self.text, self.position)
        if not name:
            raise ShellSyntaxError("bad substitution")
        self.position = name.end()
        operator, argument = "length" if length else "", ()
        if found := _BRACED_OPERATOR.match(self.text, self.position):
            operator = found[0]
            self.position = found.end()
            literal_quotes = quoted and operator[-1] in "-=+?"
            argument = self.word("}", quoted=literal_quotes, quotes=not literal_quotes)
        self._demand("}")
        return Parameter(name[0], operator, argument, quoted)

    def _expression(self) -> Word:
        depth, start = 0, self.position
        while self.position < len(self.text):
            char = self.text[self.position]
            if char == ")" and depth == 0:
                break
            depth += (char == "(") - (char == ")")
            self.position += 1
        body = self.text[start : self.position]
        self._demand("))")
        return Scanner(body, self._parse_nested).word("", quoted=True, quotes=False)

    def _backquotes(self, *, quoted: bool) -> Part:
        self.position += 1
        body: list[str] = []
        while not self.text.startswith("`", self.position):
            char = self.text[self.position : self.position + 1]
            if not char:
                raise ShellSyntaxError("syntax error: unexpected EOF looking for `")
            if char == "\\" and self.text[self.position + 1 : self.position + 2] in {
                "`", "\\", "$", *(['"'] if quoted else []),
            }:  # fmt: skip
                self.position += 1
                char = self.text[self.position]
            body.append(char)
            self.position += 1
        self.position += 1
        inner = Scanner("".join(body) + ")", self._parse_nested)
        return Substitution(self._parse_nested(inner), quoted)

    def _ansi_c(self) -> str:
        """`$'…'` with its backslash escapes."""
        self.position += 1
        body: list[str] = []
        while not self.text.startswith("'", self.position):
            if self.position >= len(self.text):
                raise ShellSyntaxError("syntax error: unexpected EOF looking for '")
            char = self.text[self.position]
            if char == "\\":
                self.position += 1
                if number := _NUMERIC.match(self.text, self.position):
                    body.append(_character(number))
                    self.position = number.end()
                    continue
                escaped = self.text[self.position : self.position + 1]
                char = _ESCAPES.get(escaped, escaped)
            body.append(char)
            self.position += 1
        self.position += 1
        return "".join(body)

    def arithmetic(self) -> Word | None:
        """The expression of `((…))` behind its first parenthesis; None when it is none."""
        start = self.position
        if not self._take("("):
            return None
        try:
            return self._expression()
        except ShellSyntaxError:
            self.position = start  # a subshell in a subshell
            return None

    def _take(self, text: str) -> bool:
        if not self.text.startswith(text, self.position):
            return False
        self.position += len(text)
        return True

    def _demand(self, text: str) -> None:
        if not self._take(text):
            raise ShellSyntaxError(f"syntax error: unexpected EOF looking for {text}")


def _character(number: re.Match[str]) -> str:
    r"""`\x41`, `\u00e9`, `\101`: bytes above 0x7F are surrogates until they are written."""
    byte, code, octal = number.groups()
    if code:
        return chr(int(code, 16))
    value = int(byte, 16) if byte else int(octal, 8) & 0xFF
    return chr(value) if value < 0x80 else chr(0xDC00 + value)
