"""Strict reading of YAML: every complaint names file, line and key.

A `Section` hands out the values of one mapping; `done()` refuses what nobody asked
for and suggests the nearest known key.
"""

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml


class SettingError(ValueError):
    """A settings file is wrong; the text names file, line and key."""


# libyaml reads an app's profile in a sixth of the time, and every command reads one.
_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def complain(source: str, node: yaml.Node, text: str) -> SettingError:
    """The error for `node` of the file `source`."""
    line = node.start_mark.line + 1
    return SettingError(f"{source}, line {line}: {text}")


@dataclass(slots=True)
class Section:
    """One mapping of the file; `where` is its place, e.g. "needs.login"."""

    source: str
    node: yaml.MappingNode
    where: str = ""
    _entries: dict[str, tuple[yaml.Node, yaml.Node]] = field(
        default_factory=dict[str, tuple[yaml.Node, yaml.Node]]
    )
    _asked: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        for key, value in self.node.value:
            name = str(key.value)
            if name in self._entries:
                raise complain(self.source, key, f"key {self._place(name)!r} stands here twice")
            self._entries[name] = (key, value)

    def _place(self, key: str) -> str:
        """The full name of a key."""
        return f"{self.where}.{key}" if self.where else key

    def names(self) -> list[str]:
        """All keys, for mappings whose keys are free."""
        self._asked.extend(self._entries)
        return list(self._entries)

    def find(self, key: str, *, required: bool = False) -> yaml.Node | None:
        """The value's node; raises SettingError when a required key is absent."""
        self._asked.append(key)
        entry = self._entries.get(key)
        if entry is None or entry[1].tag == "tag:yaml.org,2002:null":
            if required:
                raise complain(self.source, self.node, f"key {self._place(key)!r} is missing")
            return None
        return entry[1]

    def wrong(self, key: str, expected: str) -> SettingError:
        """The error for a value of the wrong kind."""
        node = self._entries[key][1]
        return complain(self.source, node, f"key {self._place(key)!r} must be {expected}")

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default the key is required."""
        found = self.text_or_none(key, required=default is None)
        return default or "" if found is None else found

    def text_or_none(self, key: str, *, required: bool = False) -> str | None:
        """A text, or None where the key is absent."""
        node = self.find(key, required=required)
        if node is None:
            return None
        if not isinstance(node, yaml.ScalarNode):
            raise self.wrong(key, "a text")
        return str(node.value)

    def number(self, key: str, default: float | None = None) -> float:
        """A number; without a default the key is required."""
        node = self.find(key, required=default is None)
        if node is None:
            return default or 0.0
        try:
            return float(str(node.value)) if isinstance(node, yaml.ScalarNode) else 1 / 0
        except (ValueError, ZeroDivisionError) as error:
            raise self.wrong(key, "a number") from error

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        node = self.find(key)
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value),)
        if isinstance(node, yaml.SequenceNode) and all(
            isinstance(entry, yaml.ScalarNode) for entry in node.value
        ):
            return tuple(str(entry.value) for entry in node.value)
        raise self.wrong(key, "a list of texts")

    def section(self, key: str, *, required: bool = False) -> "Section | None":
        """A mapping below this one."""
        node = self.find(key, required=required)
        if node is None:
            return None
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(key, "a mapping (key: value)")
        return Section(self.source, node, self._place(key))

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping of free names to texts."""
        below = self.section(key)
        return {} if below is None else {name: below.text(name) for name in below.names()}

    def sections(self, key: str) -> list["Section"]:
        """A list of mappings."""
        node = self.find(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(key, "a list of mappings")
        found: list[Section] = []
        for number, entry in enumerate(node.value):
            if not isinstance(entry, yaml.MappingNode):
                what = f"{self._place(key)}[{number}] must be a mapping"
                raise complain(self.source, entry, what)
            found.append(Section(self.source, entry, f"{self._place(key)}[{number}]"))
        return found

    def choice[T](self, key: str, convert: Callable[[str], T], known: Iterable[str]) -> T | None:
        """One of a closed list, or None where the key is absent."""
        text = self.text_or_none(key)
        if text is None:
            return None
        try:
            return convert(text)
        except ValueError as error:
            raise self.wrong(key, f"one of {', '.join(known)}; it is {text!r}") from error

    def done(self) -> None:
        """Refuses keys that nobody asked for."""
        for name, (key, _) in self._entries.items():
            if name in self._asked:
                continue
            near = difflib.get_close_matches(name, self._asked, n=1, cutoff=0.5)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            known = "" if near else f"; known here: {', '.join(sorted(set(self._asked)))}"
            raise complain(self.source, key, f"unknown key {self._place(name)!r}{hint}{known}")


def read_section(path: Path) -> Section:
    """The file's top mapping. Raises SettingError also for what is no YAML or unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"{path}: cannot be read: {error}") from error
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingError(f"{path}, line {line}: no valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise SettingError(f"{path}: no valid YAML: {error}") from error
    if not isinstance(node, yaml.MappingNode):
        raise SettingError(f"{path}, line 1: a mapping (key: value) is expected")
    return Section(str(path), node)
