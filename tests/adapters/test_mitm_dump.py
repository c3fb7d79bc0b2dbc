"""Flows are found around damaged places, wherever those lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters import mitm_dump
from harness.adapters.mitm_dump import flow_states
from tests.session.mitm_dump import answered, dump


def row(tmp_path: Path, count: int = 4) -> tuple[Path, list[int]]:
    """A dump of flows with the statuses 200, 201 …, and where each begins."""
    path, begins = tmp_path / "x.mitm", list[int]()
    data = b""
    for number in range(count):
        begins.append(len(data))
        data += dump(tmp_path / "one.mitm", answered(200 + number)).read_bytes()
    path.write_bytes(data)
    return path, begins


def told(path: Path) -> list[int | str]:
    """The status of each flow; one mark for each damaged place."""
    found: list[int | str] = []
    for state in flow_states(path):
        if isinstance(state, dict):
            found.append(state["response"]["status_code"])
        elif not found or found[-1] != "damage":
            found.append("damage")
    return found


def test_whole_flows_in_their_order(tmp_path: Path) -> None:
    path, _ = row(tmp_path)
    assert told(path) == [200, 201, 202, 203]


@pytest.mark.parametrize("size", [64, 500, 1 << 20])
@pytest.mark.parametrize(
    ("flow", "begin", "end", "put", "left"),
    [
        (1, 0, 1, b"x", [200, "damage", 202, 203]),  # the length itself
        (0, 0, 3, b"", ["damage", 201, 202, 203]),
        (1, 40, 90, b"", [200, "damage", 202, 203]),  # a hole: the length no longer fits
        (1, 6, 7, b"x", [200, "damage", 202, 203]),  # within, the length fits
        (2, 0, 4, b"9999", [200, 201, "damage", 203]),  # a length beyond the file
        (2, 0, 4, b"999999999999", [200, 201, "damage", 203]),
        (1, 0, 0, b"\0" * 700, [200, "damage", 201, 202, 203]),  # zeros between two
        (3, 40, 90, b"", [200, 201, 202, "damage"]),
    ],
)
def test_a_damaged_flow_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int, flow: int, begin: int, end: int,
    put: bytes, left: list[int | str],
) -> None:  # fmt: skip
    monkeypatch.setattr(mitm_dump, "CHUNK", size)
    path, begins = row(tmp_path)
    data, at = path.read_bytes(), begins[flow]
    path.write_bytes(data[: at + begin] + put + data[at + end :])
    assert told(path) == left


def test_a_length_is_believed_up_to_a_bound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = row(tmp_path, 1)
    monkeypatch.setattr(mitm_dump, "LARGEST_FLOW", 100)
    assert told(path) == ["damage"]


@pytest.mark.parametrize("data", [b"2:1:}", b"0:}", b"3:abc,", b"22:2:id;12:4:type;2:id;}}", b"x"])
def test_what_is_no_flow(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.mitm"
    path.write_bytes(data)
    assert told(path) == ["damage"]
