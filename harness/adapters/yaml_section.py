"""One mapping of a settings file, read key by key.

A `Section` hands out the values of one mapping; `done()` refuses what nobody asked
for and suggests the nearest known key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.adapters.strict_yaml import Value


class Section:
    """A mapping. Each method raises SettingError with file, line and key."""

    def __init__(self, value: Value) -> None:
        self._value = value
        self._entries = value.entries()
        self._asked: set[str] = set()

    def find(self, key: str) -> Value | None:
        """The value, or None where the key is absent."""
        self._asked.add(key)
        return self._entries.get(key)

    def need(self, key: str) -> Value:
        """The value of a required key."""
        found = self.find(key)
        if found is None:
            raise self._value.error(f"needs the key {key!r}")
        return found

    def text(self, key: str, default: str | None = None) -> str:
        """A text; without a default the key is required."""
        if default is not None and self.find(key) is None:
            return default
        return self.need(key).text()

    def text_or_none(self, key: str) -> str | None:
        """A text, or None where the key is absent."""
        found = self.find(key)
        return None if found is None else found.text()

    def number(self, key: str, default: float | None = None) -> float:
        """A number of at least 0; without a default the key is required."""
        if default is not None and self.find(key) is None:
            return default
        return self.need(key).number()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text alone counts as a list of one."""
        found = self.find(key)
        return () if found is None else found.texts()

    def section(self, key: str) -> Section | None:
        """A mapping below this one."""
        found = self.find(key)
        return None if found is None else Section(found)

    def sections(self, key: str) -> list[Section]:
        """A list of mappings."""
        found = self.find(key)
        return [] if found is None else [Section(item) for item in found.items()]

    def named(self, key: str) -> dict[str, Section]:
        """A mapping of free names to mappings."""
        found = self.find(key)
        entries = {} if found is None else found.entries()
        return {name: Section(value) for name, value in entries.items()}

    def mapping(self, key: str) -> dict[str, str]:
        """A mapping of free names to texts."""
        found = self.find(key)
        entries = {} if found is None else found.entries()
        return {name: value.text() for name, value in entries.items()}

    def choice[T](self, key: str, convert: Callable[[str], T], known: Iterable[str]) -> T | None:
        """One of a closed list, or None where the key is absent."""
        found = self.find(key)
        if found is None:
            return None
        word = found.word()
        try:
            return convert(word)
        except ValueError as error:
            raise found.error(f"must be one of {', '.join(known)}; it is {word!r}") from error

    def done(self) -> None:
        """Refuses keys that nobody asked for."""
        self._value.entries(self._asked)
