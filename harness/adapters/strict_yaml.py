"""Reads YAML strictly: every complaint names the file, the line and the key.

PyYAML's plain loader forgets where a value stood; its node tree keeps the marks.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from pathlib import Path

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from harness.adapters.setting_error import SettingError

_DEEP = 5_000


class Value:
    """One value of a document together with its place.

    `place` is its key with those above it, e.g. needs.login.label or hosts[0]; empty for
    the document itself.
    """

    def __init__(self, node: Node, file: str, place: str = "", key: Node | None = None) -> None:
        self.node = node
        self.file = file
        self.place = place
        self._key = key

    @property
    def line(self) -> int:
        """1-based line of its key; of the value itself where it has none."""
        return (self._key or self.node).start_mark.line + 1

    def error(self, text: str) -> SettingError:
        """An error about this value."""
        return SettingError(self.file, self.line, f"{self._name()!r} {text}")

    def entries(self, allowed: Iterable[str] | None = None) -> dict[str, Value]:
        """A mapping's values by key. Unknown and repeated keys are errors."""
        if not isinstance(self.node, MappingNode):
            raise self.error(f"must be a mapping (key: value), not {self._shown()}")
        known = None if allowed is None else sorted(allowed)
        found: dict[str, Value] = {}
        for key, node in self.node.value:
            if not isinstance(key, ScalarNode) or not key.value:
                line = key.start_mark.line + 1
                text = f"{self._name()!r} has a key that is no plain word"
                raise SettingError(self.file, line, text)
            name = str(key.value)
            place = f"{self.place}.{name}" if self.place else name
            value = Value(node, self.file, place, key)
            if known is not None and name not in known:
                raise SettingError(self.file, value.line, unknown(name, known, self._name()))
            if name in found:
                raise SettingError(
                    self.file, value.line, f"{name!r} stands twice in {self._name()!r}"
                )
            found[name] = value
        return found

    def items(self) -> list[Value]:
        """A list's values."""
        if not isinstance(self.node, SequenceNode):
            raise self.error(f"must be a list, not {self._shown()}")
        return [
            Value(node, self.file, f"{self._name()}[{number}]")
            for number, node in enumerate(self.node.value)
        ]

    @property
    def is_text(self) -> bool:
        """A plain or quoted scalar."""
        return isinstance(self.node, ScalarNode)

    @property
    def is_list(self) -> bool:
        """A sequence."""
        return isinstance(self.node, SequenceNode)

    def text(self) -> str:
        """A word or sentence; numbers, dates and booleans need quotes."""
        if self._is("str"):
            return str(self.node.value)
        raise self.error(f"must be text, not {self._shown()}{self._quoted()}")

    def texts(self) -> tuple[str, ...]:
        """A list of texts; a single text counts as a list of one."""
        if isinstance(self.node, ScalarNode):
            return (self.text(),)
        return tuple(item.text() for item in self.items())

    def word(self) -> str:
        """A word of a closed list as it is written: yes stays "yes"."""
        if isinstance(self.node, ScalarNode) and not self._is("null"):
            return str(self.node.value)
        raise self.error(f"must be one word, not {self._shown()}")

    def flag(self) -> bool:
        """true or false."""
        found = self._plain("bool")
        if isinstance(found, bool):
            return found
        raise self.error(f"must be true or false, not {self._shown()}")

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        found = self._plain("int")
        if isinstance(found, int) and low <= found <= high:
            return found
        raise self.error(f"must be a whole number from {low} to {high}, not {self._shown()}")

    def number(self, low: float = 0.0) -> float:
        """A number, whole or not, of at least `low`."""
        found = self._plain("int", "float")
        if isinstance(found, int | float) and math.isfinite(found) and found >= low:
            return float(found)
        raise self.error(f"must be a number of at least {low:g}, not {self._shown()}")

    def _name(self) -> str:
        return self.place or Path(self.file).name

    def _is(self, *names: str) -> bool:
        known = [f"tag:yaml.org,2002:{name}" for name in names]
        return isinstance(self.node, ScalarNode) and self.node.tag in known

    def _plain(self, *names: str) -> object:
        """What a scalar of one of these types means; None for any other."""
        if not self._is(*names) or ":" in str(self.node.value):  # 1:30 is no 90 to anybody
            return None
        try:
            return yaml.constructor.SafeConstructor().construct_object(self.node)
        except (ValueError, KeyError):  # by its tag a number, by its text none
            return None

    def _shown(self) -> str:
        if isinstance(self.node, ScalarNode):
            return repr(str(self.node.value)) if self.node.value else "empty"
        return "a list" if isinstance(self.node, SequenceNode) else "a mapping"

    def _quoted(self) -> str:
        return "; put it in quotes" if isinstance(self.node, ScalarNode) and self.node.value else ""


def unknown(name: str, known: Iterable[str], where: str) -> str:
    """The sentence for a word that is not known, with the nearest that is."""
    ordered = sorted(known)
    near = difflib.get_close_matches(name, ordered, 1, 0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"known are: {', '.join(ordered)}"
    return f"{name!r} is not known in {where!r}; {hint}"


def load(path: Path) -> Value:
    """The document's root. Raises SettingError for what is not YAML or cannot be read."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingError(str(path), None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingError(str(path), None, f"cannot be read as UTF-8: {error.reason}") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Value:
    """As `load`, of a text."""
    try:
        node = yaml.compose(text, Loader=_loader(text))
    except yaml.MarkedYAMLError as error:
        marks = [mark.line + 1 for mark in (error.problem_mark, error.context_mark) if mark]
        last = text.count("\n") + (not text.endswith("\n"))
        line = next((line for line in marks if line <= last), last)
        raise SettingError(name, line, f"is no YAML: {error.problem or error}") from error
    except yaml.reader.ReaderError as error:  # libyaml counts bytes
        line = text.encode()[: error.position].count(b"\n") + 1
        raise SettingError(name, line, f"is no YAML: {error.reason}") from error
    except RecursionError as error:
        raise SettingError(name, 1, "is nested too deep") from error
    if node is None:
        raise SettingError(name, 1, "is empty")
    return Value(node, name)


def _loader(text: str) -> type[yaml.SafeLoader | yaml.CSafeLoader]:
    """libyaml reads an app's profile in a sixth of the time, and every command reads one.

    Its reader has no bound for depth and crashes where PyYAML's own tells.
    """
    opened = text.count("[") + text.count("{")
    deep = opened > _DEEP or any(len(line) > _DEEP for line in text.splitlines())
    return yaml.CSafeLoader if yaml.__with_libyaml__ and not deep else yaml.SafeLoader
