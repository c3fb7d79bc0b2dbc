"""The wire form of protocol buffers, as far as reading needs it (protobuf.dev). Pure."""

from __future__ import annotations

from collections.abc import Iterator

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_MOST_VARINT = 10  # bytes


class WireError(ValueError):
    """No message in this form."""


class Message:
    """The fields of one message by number; what is not asked for is passed over."""

    def __init__(self, data: bytes) -> None:
        """Raises WireError."""
        self._fields: dict[int, list[int | bytes]] = {}
        for number, value in _fields(data):
            self._fields.setdefault(number, []).append(value)

    def messages(self, number: int) -> list[Message]:
        """A repeated field of messages. Raises WireError."""
        return [Message(value) for value in self._of(number, bytes)]

    def message(self, number: int) -> Message:
        """A single one; empty where it is not set. Raises WireError."""
        return Message(b"".join(self._of(number, bytes)))  # set twice means merged

    def texts(self, number: int) -> list[str]:
        """A repeated field of texts."""
        try:
            return [value.decode() for value in self._of(number, bytes)]
        except UnicodeDecodeError as error:
            raise WireError(f"field {number} is no UTF-8") from error

    def text(self, number: int) -> str:
        """A single one; "" where it is not set."""
        found = self.texts(number)
        return found[-1] if found else ""

    def number(self, number: int) -> int:
        """An integer, boolean or enumeration; 0 where it is not set."""
        found = self._of(number, int)
        return found[-1] if found else 0

    def has(self, number: int) -> bool:
        """The field is set."""
        return number in self._fields

    def _of[T: (int, bytes)](self, number: int, kind: type[T]) -> list[T]:
        values = self._fields.get(number, [])
        right = [value for value in values if isinstance(value, kind)]
        if len(right) != len(values):
            raise WireError(f"field {number} has another type")
        return right


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(data):
        key, at = _varint(data, at)
        number, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(data, at)
            yield number, value
            continue
        if kind == _BYTES:
            length, at = _varint(data, at)
        elif kind in (_FIXED64, _FIXED32):
            length = 8 if kind == _FIXED64 else 4
        else:
            raise WireError(f"wire type {kind} at byte {at}")
        if at + length > len(data):
            raise WireError(f"ends within field {number}")
        yield number, data[at : at + length]
        at += length


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for index in range(_MOST_VARINT):
        if at + index >= len(data):
            raise WireError("ends within a number")
        byte = data[at + index]
        value |= (byte & 0x7F) << (7 * index)
        if byte < 0x80:
            return value, at + index + 1
    raise WireError(f"a number of more than {_MOST_VARINT} bytes at byte {at}")
