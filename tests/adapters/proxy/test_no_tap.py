"""Without interception there is a tap that does nothing and says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.proxy.no_tap import NoTap
from harness.ports import InstrumentError, TrafficTap


def test_it_does_nothing_and_has_no_address(tmp_path: Path) -> None:
    none = NoTap()
    tap: TrafficTap = none

    tap.pass_through(["*"])
    none.save_to(tmp_path / "capture.mitm")
    tap.stop()

    assert not tap.alive()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(InstrumentError, match="without interception"):
        _ = tap.address
