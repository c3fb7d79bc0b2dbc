"""Reads YAML strictly: every complaint names the file, the line and the key.

PyYAML's plain loader forgets where a value stood; its node tree keeps the marks.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


class StrictYamlError(Exception):
    """One sentence for the user: file, line, key, what is wrong and what would be right."""

    def __init__(self, file: str, line: int, text: str) -> None:
        self.file = file
        self.line = line
        super().__init__(f"{file}:{line}: {text}")


class Value:
    """One value of a document together with its place."""

    def __init__(self, node: Node, file: str, key: str) -> None:
        self.node = node
        self.file = file
        self.key = key

    @property
    def line(self) -> int:
        """1-based line of the value."""
        return self.node.start_mark.line + 1

    def error(self, text: str) -> StrictYamlError:
        """An error about this value."""
        return StrictYamlError(self.file, self.line, f"{self.key!r} {text}")

    def entries(self, allowed: Iterable[str] | None = None) -> dict[str, Value]:
        """A mapping's values by key. Unknown and repeated keys are errors."""
        if not isinstance(self.node, MappingNode):
            raise self.error("must be a mapping (key: value)")
        known = None if allowed is None else sorted(allowed)
        found: dict[str, Value] = {}
        for key_node, value_node in self.node.value:
            key = Value(key_node, self.file, str(key_node.value))
            if not isinstance(key_node, ScalarNode):
                raise self.error("has a key that is no plain word")
            name = str(key_node.value)
            if known is not None and name not in known:
                raise StrictYamlError(self.file, key.line, unknown(name, known, self.key))
            if name in found:
                raise key.error(f"stands twice in {self.key!r}")
            found[name] = Value(value_node, self.file, name)
        return found

    def items(self) -> list[Value]:
        """A list's values."""
        if not isinstance(self.node, SequenceNode):
            raise self.error("must be a list")
        return [Value(node, self.file, self.key) for node in self.node.value]

    @property
    def is_text(self) -> bool:
        """A plain or quoted scalar."""
        return isinstance(self.node, ScalarNode)

    @property
    def is_list(self) -> bool:
        """A sequence."""
        return isinstance(self.node, SequenceNode)

    def text(self) -> str:
        """A word or sentence; numbers and booleans need quotes."""
        if self._tag("str"):
            return str(self.node.value)
        raise self.error(f"must be text, not {self._shown()}; put it in quotes")

    def texts(self) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        if isinstance(self.node, ScalarNode):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def flag(self) -> bool:
        """true or false."""
        if self._tag("bool"):
            return str(self.node.value).lower() in ("true", "yes", "on")
        raise self.error(f"must be true or false, not {self._shown()}")

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        if self._tag("int"):
            value = int(yaml.safe_load(str(self.node.value)))
            if low <= value <= high:
                return value
        raise self.error(f"must be a whole number from {low} to {high}, not {self._shown()}")

    def _tag(self, name: str) -> bool:
        return isinstance(self.node, ScalarNode) and self.node.tag == f"tag:yaml.org,2002:{name}"

    def _shown(self) -> str:
        if isinstance(self.node, ScalarNode):
            return repr(str(self.node.value)) if self.node.value else "empty"
        return "a list" if isinstance(self.node, SequenceNode) else "a mapping"


def unknown(name: str, known: Iterable[str], where: str) -> str:
    """The sentence for a word that is not known, with the nearest that is."""
    ordered = sorted(known)
    near = difflib.get_close_matches(name, ordered, 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(ordered)}"
    return f"{name!r} is not known in {where!r}; {hint}"


def load(path: Path, shown: str | None = None) -> Value:
    """The document's root. Raises StrictYamlError for what is not YAML or cannot be read."""
    name = shown or path.name
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StrictYamlError(name, 1, f"cannot be read: {error}") from error
    return parse(text, name)


def parse(text: str, name: str) -> Value:
    """As `load`, of a text."""
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise StrictYamlError(name, line, f"is no YAML: {error.problem or error}") from error
    except yaml.YAMLError as error:
        raise StrictYamlError(name, 1, f"is no YAML: {error}") from error
    if node is None:
        raise StrictYamlError(name, 1, "is empty")
    return Value(node, name, name)
