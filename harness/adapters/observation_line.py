"""One line of observations.jsonl: sealed JSON, written short and decoded into domain records.

A line is a JSON object with the keys id, v, t, mono, source, host, device, scenario,
step, kind, facts and, last, seal. `t` is ISO 8601 UTC with microseconds and Z; the
seal is "<length>-<crc32 hex>" of the bytes before `,"seal"`, so that a cut or edited
line is noticed. Facts leave out what has its default value.
"""

from __future__ import annotations

import dataclasses
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any, cast

import msgspec

from harness.domain.facts import FACTS, Facts
from harness.domain.observation import FORMAT_VERSION, Observation

_SEAL = b',"seal":"'


class ObservationLineError(ValueError):
    """A line cannot be used; the text says why."""


class DamagedLineError(ObservationLineError):
    """Cut, edited, or no observation at all."""


class UnknownKindError(ObservationLineError):
    """Sealed and whole, but of a kind that this version does not know."""


class UnknownVersionError(ObservationLineError):
    """Written by a later version of the harness."""


class _Line[F](msgspec.Struct, gc=False):
    id: str
    v: int
    t: datetime
    mono: float
    source: str
    host: str
    kind: str
    facts: F
    device: str | None = None
    scenario: str | None = None
    step: str | None = None


class _Head(msgspec.Struct):
    """Enough to say why a line cannot be used."""

    v: int = 0
    kind: str | None = None


_HEAD = msgspec.json.Decoder(_Head)
_ENCODER = msgspec.json.Encoder()
_KIND = b'"kind":"'


@cache
def _decoder(kind: bytes) -> msgspec.json.Decoder[_Line[Any]] | None:
    """One decoder a kind reads the whole line at once; two would take twice as long."""
    facts = FACTS.get(kind.decode("latin-1"))
    return None if facts is None else msgspec.json.Decoder(_Line[facts])


def _kind_of(text: bytes) -> bytes:
    """The line's kind, without decoding it: no quote inside a JSON string is bare, so the
    first such key is the line's own."""
    begin = text.find(_KIND) + len(_KIND)
    return text[begin : text.find(b'"', begin)] if begin >= len(_KIND) else b""


_REQUIRED = object()


@cache
def _fields(record: type) -> tuple[tuple[str, object], ...]:
    """(name, default) of each field; required fields have a default nothing equals."""
    found: list[tuple[str, object]] = []
    for field in dataclasses.fields(record):
        if field.default is not dataclasses.MISSING:
            found.append((field.name, field.default))
        elif field.default_factory is not dataclasses.MISSING:
            found.append((field.name, cast("Callable[[], object]", field.default_factory)()))
        else:
            found.append((field.name, _REQUIRED))
    return tuple(found)


_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


def _short(value: object) -> object:
    """A record as a dict without its default values; other values as they are."""
    if type(value) in _AS_THEY_ARE:
        return value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            name: _short(kept)
            for name, default in _fields(type(value))
            if (kept := getattr(value, name)) is not default and kept != default
        }
    if isinstance(value, tuple):
        return [_short(item) for item in cast("tuple[object, ...]", value)]
    if isinstance(value, float):
        return round(value, 6)
    return value


def _printable(value: object) -> object:
    """The same with characters that UTF-8 cannot carry (raw header bytes) replaced."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        pairs = cast("dict[object, object]", value)
        return {_printable(key): _printable(item) for key, item in pairs.items()}
    if isinstance(value, list):
        return [_printable(item) for item in cast("list[object]", value)]
    return value


def iso(t: float) -> str:
    """UTC with microseconds and Z."""
    return datetime.fromtimestamp(t, UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def encode_line(observation: Observation) -> bytes:
    """The sealed line, newline included."""
    whole: dict[str, Any] = {
        "id": observation.id,
        "v": observation.v,
        "t": iso(observation.t),
        "mono": round(observation.mono, 6),
        "source": observation.source,
        "host": observation.host,
        "device": observation.device,
        "scenario": observation.scenario,
        "step": observation.step,
        "kind": observation.kind,
        "facts": _short(observation.facts),
    }
    try:
        body = _ENCODER.encode(whole)[:-1]
    except UnicodeEncodeError:
        body = _ENCODER.encode(_printable(whole))[:-1]
    return b'%s%s%d-%08x"}\n' % (body, _SEAL, len(body), zlib.crc32(body))


def _unseal(line: bytes) -> bytes:
    """The JSON object without its seal. Raises DamagedLineError."""
    at = line.rfind(_SEAL)
    if at < 0:
        raise DamagedLineError("no seal: cut, or no observation line")
    body = line[:at]
    if line[at:] != b'%s%d-%08x"}' % (_SEAL, len(body), zlib.crc32(body)):
        raise DamagedLineError("the seal does not fit: cut or changed")
    return body + b"}"


def decode_line(line: bytes) -> Observation:
    """One line, with or without its newline, as a record.

    Raises DamagedLineError, UnknownVersionError or UnknownKindError (all ObservationLineError).
    """
    text = _unseal(line.rstrip(b"\r\n"))
    decoder = _decoder(_kind_of(text)[:64])
    try:
        if decoder is None:
            raise _unusable(text)
        raw = decoder.decode(text)
    except msgspec.MsgspecError as error:
        refusal = _unusable(text)
        known = isinstance(refusal, DamagedLineError)
        raise (DamagedLineError(f"not an observation: {error}") if known else refusal) from error
    if raw.v > FORMAT_VERSION:
        raise _unusable(text)
    return Observation(
        id=raw.id,
        t=raw.t.timestamp(),
        mono=raw.mono,
        source=raw.source,
        host=raw.host,
        kind=raw.kind,
        facts=cast("Facts", raw.facts),
        device=raw.device,
        scenario=raw.scenario,
        step=raw.step,
        v=raw.v,
    )


def _unusable(text: bytes) -> ObservationLineError:
    """Why a sealed line cannot be used: a later version, an unknown kind, or damage."""
    try:
        head = _HEAD.decode(text)
    except msgspec.MsgspecError as error:
        return DamagedLineError(f"not an observation: {error}")
    if head.v > FORMAT_VERSION:
        return UnknownVersionError(f"format version {head.v}; this harness reads {FORMAT_VERSION}")
    if head.kind is None or head.kind in FACTS:
        return DamagedLineError("not an observation: fields are missing")
    return UnknownKindError(f"unknown kind {head.kind!r}")
