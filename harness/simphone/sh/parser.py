"""Parses a script into its syntax tree (recursive descent)."""

from __future__ import annotations

import re

from harness.simphone.sh.scanner import Scanner, Token
from harness.simphone.sh.syntax import (
    AndOr,
    Case,
    Conditional,
    For,
    Function,
    If,
    Loop,
    Node,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    ShellSyntaxError,
    Simple,
    Subshell,
    Text,
    Word,
)

_ASSIGNMENT = re.compile(r"([A-Za-z_]\w*)=")
_FUNCTION = re.compile(r"[A-Za-z_][\w.\-]*$")
_CLOSERS = frozenset({"then", "else", "elif", "fi", "do", "done", "esac", "}", ")", ";;"})
_COMPOUND = frozenset({"if", "while", "until", "for", "case", "{", "(", "[[", "function"})
_REDIRECTS = frozenset({"<", ">", ">>", "<<<", "<<", "<<-", "<&", ">&", "<>", "&>", "&>>", ">|"})


def parse(text: str) -> Script:
    """The tree of a whole script; raises ShellSyntaxError."""
    parser = Parser(Scanner(text, parse_nested))
    script = parser.script()
    parser.demand_end()
    return script


def parse_nested(scanner: Scanner) -> Script:
    """Parses the inside of `$(…)` and leaves the scanner behind its `)`."""
    parser = Parser(scanner)
    script = parser.script()
    parser.demand(")")
    return script


class Parser:
    """One token ahead of the scanner. Words that close a construct end a script."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner
        self._ahead: Token | None = None

    def script(self) -> Script:
        """Commands up to a closing word or the end."""
        items: list[tuple[Node, bool]] = []
        self._skip_newlines()
        while not self._at_end():
            node = self._and_or()
            background = self._accept("&")
            items.append((node, background))
            if not background and not self._accept(";") and self._peek().kind != "newline":
                break
            self._skip_newlines()
        return Script(tuple(items))

    def demand(self, text: str) -> None:
        """Takes the operator or reserved word `text`; raises ShellSyntaxError."""
        if not self._accept(text):
            self._unexpected()

    def demand_end(self) -> None:
        """Raises ShellSyntaxError if anything is left."""
        if self._peek().kind != "end":
            self._unexpected()

    def _and_or(self) -> Node:
        first = self._pipeline()
        rest: list[tuple[str, Node]] = []
        while self._peek().text in {"&&", "||"} and self._peek().kind == "operator":
            operator = self._next().text
            self._skip_newlines()
            rest.append((operator, self._pipeline()))
        return AndOr(first, tuple(rest)) if rest else first

    def _pipeline(self) -> Node:
        negated = False
        while self._accept("!"):
            negated = not negated
        commands = [self._command()]
        while self._accept("|"):
            self._skip_newlines()
            commands.append(self._command())
        if len(commands) == 1 and not negated:
            return commands[0]
        return Pipeline(tuple(commands), negated)

    def _command(self) -> Node:
        token = self._peek()
        if token.text not in _COMPOUND or (token.kind == "word" and not _bare(token)):
            return self._simple()
        body = self._compound(self._next().text)
        redirects: list[Redirect] = []
        while redirect := self._redirect():
            redirects.append(redirect)
        return Redirected(body, tuple(redirects)) if redirects else body

    def _compound(self, opener: str) -> Node:
        match opener:
            case "(" if (expression := self._scanner.arithmetic()) is not None:
                return Simple((), ((Text("let"),), expression), ())
            case "[[":
                return self._conditional()
            case "function":
                return self._named_function()
            case "(":
                body = Subshell(self._body())
                self.demand(")")
                return body
            case "{":
                group = self._body()
                self.demand("}")
                return group
            case "if":
                return self._if()
            case "for":
                return self._for()
            case "case":
                return self._case()
            case _:
                condition = self._body()
                return Loop(condition, self._do(), wanted=opener == "while")

    def _body(self) -> Script:
        script = self.script()
        if not script.items:
            self._unexpected()
        return script

    def _do(self) -> Script:
        self.demand("do")
        body = self._body()
        self.demand("done")
        return body

    def _if(self) -> If:
        branches: list[tuple[Script, Script]] = []
        otherwise = None
        while True:
            condition = self._body()
            self.demand("then")
            branches.append((condition, self._body()))
            if self._accept("elif"):
                continue
            if self._accept("else"):
                otherwise = self._body()
            self.demand("fi")
            return If(tuple(branches), otherwise)

    def _for(self) -> For:
        name = self._next().text
        if not _FUNCTION.match(name):
            raise ShellSyntaxError(f"{name}: is not an identifier")
        self._skip_newlines()
        words: tuple[Word, ...] | None = None
        if self._accept("in"):
            found: list[Word] = []
            while self._peek().kind == "word":
                found.append(self._next().word)
            words = tuple(found)
        self._accept(";")
        self._skip_newlines()
        return For(name, words, self._do())

    def _case(self) -> Case:
        word = self._next().word
        self._skip_newlines()
        self.demand("in")
        self._skip_newlines()
        branches: list[tuple[tuple[Word, ...], Script]] = []
        while not self._accept("esac"):
            self._accept("(")
            patterns = [self._next().word]
            while self._accept("|"):
                patterns.append(self._next().word)
            self.demand(")")
            branches.append((tuple(patterns), self.script()))
            if not self._accept(";;"):
                self._skip_newlines()
                self.demand("esac")
                break
            self._skip_newlines()
        return Case(word, tuple(branches))

    def _simple(self) -> Node:
        assignments: list[tuple[str, Word]] = []
        words: list[Word] = []
        redirects: list[Redirect] = []
        while True:
            if redirect := self._redirect():
                redirects.append(redirect)
                continue
            token = self._peek()
            if token.kind != "word":
                break
            self._next()
            found = None if words else _assignment(token)
            if found:
                assignments.append(found)
            else:
                words.append(token.word)
                if len(words) == 1 and self._peek().text == "(" and _FUNCTION.match(token.text):
                    return self._function(token.text)
        if not (assignments or words or redirects):
            self._unexpected()
        return Simple(tuple(assignments), tuple(words), tuple(redirects))

    def _function(self, name: str) -> Function:
        self.demand("(")
        self.demand(")")
        self._skip_newlines()
        return Function(name, self._command())

    def _named_function(self) -> Function:
        """`function name [()] body`."""
        name = self._next().text
        if not _FUNCTION.match(name):
            raise ShellSyntaxError(f"{name}: is not an identifier")
        if self._accept("("):
            self.demand(")")
        self._skip_newlines()
        return Function(name, self._command())

    def _conditional(self) -> Conditional:
        items: list[str | Word] = []
        while not self._accept("]]"):
            token = self._next()
            if token.kind == "operator":
                items.append(token.text)
            elif token.kind in {"word", "number"}:
                items.append(token.word or (Text(token.text),))
            elif token.kind == "end":
                self._unexpected(token)
        return Conditional(tuple(items))

    def _redirect(self) -> Redirect | None:
        fd: int | None = None
        if self._peek().kind == "number":
            fd = int(self._next().text)
        token = self._peek()
        if token.kind != "operator" or token.text not in _REDIRECTS:
            return None
        operator = self._next().text
        default = 0 if operator[0] == "<" else 1
        target = self._next()
        if target.kind not in {"word", "number"}:
            self._unexpected(target)
        word = target.word or (Text(target.text),)
        if operator in {"<<", "<<-"}:
            delimiter = "".join(p.text for p in word if isinstance(p, Text))
            quoted = any(isinstance(p, Text) and p.quoted for p in word)
            body = self._scanner.here_document(
                delimiter, expand=not quoted, strip_tabs=operator == "<<-"
            )
            return Redirect(0 if fd is None else fd, "<<", body)
        return Redirect(default if fd is None else fd, operator, word)

    def _peek(self) -> Token:
        if self._ahead is None:
            self._ahead = self._scanner.next()
        return self._ahead

    def _next(self) -> Token:
        token = self._peek()
        self._ahead = None
        return token

    def _accept(self, text: str) -> bool:
        token = self._peek()
        if token.text == text and (token.kind == "operator" or _bare(token)):
            self._ahead = None
            return True
        return False

    def _skip_newlines(self) -> None:
        while self._peek().kind == "newline":
            self._ahead = None

    def _at_end(self) -> bool:
        token = self._peek()
        if token.kind == "end":
            return True
        return token.text in _CLOSERS and (token.kind == "operator" or _bare(token))

    def _unexpected(self, token: Token | None = None) -> None:
        token = token or self._peek()
        what = {"end": "EOF", "newline": "newline"}.get(token.kind, token.text)
        raise ShellSyntaxError(f"syntax error: unexpected '{what}'")


def _bare(token: Token) -> bool:
    """Whether a word token is one piece of unquoted text, as reserved words must be."""
    if token.kind != "word" or len(token.word) != 1:
        return False
    part = token.word[0]
    return isinstance(part, Text) and not part.quoted


def _assignment(token: Token) -> tuple[str, Word] | None:
    first = token.word[0] if token.word else None
    if not isinstance(first, Text) or first.quoted:
        return None
    match = _ASSIGNMENT.match(first.text)
    if not match:
        return None
    rest = first.text[match.end() :]
    return match[1], ((Text(rest),) if rest else ()) + token.word[1:]
