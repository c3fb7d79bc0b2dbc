"""A secret on its way to a text field: no traceback, log or repr shows it."""

from __future__ import annotations


class Secret:
    """Holds a value until `reveal`, which only whoever types it calls."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The value itself."""
        return self._value

    def __repr__(self) -> str:
        return "Secret(***)"

    __str__ = __repr__
