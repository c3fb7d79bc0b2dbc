"""Damaged recordings by the thousand: sound ones, each broken in a way that files break."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.session.hars import SHAPES
from tests.session.mitm_dump import answered, tflow
from tests.session.odd_values import with_an_odd_value
from tests.session.old_dumps import FORMATS, old_dump

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
MANY = 10_000


def sound() -> list[tuple[str, bytes]]:
    """(ending, content) of recordings that can be read."""
    found = [(".har", make().encode()) for make in SHAPES.values()]
    folders = sorted(GOLDEN.iterdir())[::12]
    found += [(".jsonl", (folder / "observations.jsonl").read_bytes()) for folder in folders]
    with tempfile.TemporaryDirectory() as place:
        for version in FORMATS:
            flows = (answered(503), tflow.tflow(err=True), tflow.ttcpflow(), answered())
            path = old_dump(Path(place) / "x.mitm", version, *flows[:2], flows[3])
            found.append((".mitm", path.read_bytes()))
    return found


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _headless(data: bytes, chance: random.Random) -> bytes:
    return data[chance.randrange(len(data)) :]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _holed(data: bytes, chance: random.Random) -> bytes:
    begin = chance.randrange(len(data))
    return data[:begin] + data[begin + chance.randint(1, 400) :]


def _zeroed(data: bytes, chance: random.Random) -> bytes:
    begin, size = chance.randrange(len(data)), chance.randint(1, 512)
    return data[:begin] + bytes(len(data[begin : begin + size])) + data[begin + size :]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    return data[:end] + data[begin:]


def _stuffed(data: bytes, chance: random.Random) -> bytes:
    odd = (b"null", b"-1", b"1e999", b"[" * 3000, b'"\\ud800"', b"NaN", b"\xff\xfe", b"{}", b"true")
    begin = chance.randrange(len(data))
    return data[:begin] + chance.choice(odd) + data[begin:]


def _retyped(data: bytes, chance: random.Random) -> bytes:
    pairs = (
        (b"503", b'"503"'), (b"200", b"null"), (b":[", b":{"), (b'"', b""), (b"true", b"3"),
        (b"2026", b"9999999"), (b"https", b"\x00"), (b":{", b":[{"), (b"443", b"70000"),
        (b",", b";"),
    )  # fmt: skip
    old, new = chance.choice(pairs)
    return data.replace(old, new, chance.randint(1, 3))


BREAKS: tuple[Callable[[bytes, random.Random], bytes], ...] = (
    _cut, _headless, _flipped, _holed, _zeroed, _doubled, _stuffed, _retyped, with_an_odd_value,
)  # fmt: skip


def damaged(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """`count` damaged recordings, the same for a seed; some are broken twice."""
    chance = random.Random(seed)
    start = sound()
    for _ in range(count):
        ending, data = chance.choice(start)
        for _ in range(chance.choice((1, 1, 2))):
            data = chance.choice(BREAKS)(data or b"x", chance)
        yield ending, data
