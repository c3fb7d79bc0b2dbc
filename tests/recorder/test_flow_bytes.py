"""Our encoder writes what mitmproxy's writes."""

from __future__ import annotations

from typing import Any

import pytest
from mitmproxy.io import tnetstring

from harness.recorder.flow_bytes import Encoded, encode
from tests.recorder.flows import flow

VALUES = [
    None, True, False, 0, -7, 10**20, 0.1, 1e300, float("inf"), "", "zürich", b"", b"\x00\xff",
    [], (1, "a"), [[b"x", [None]]], {}, {"a": {"b": [1, 2.5]}, "c": b"d"}, flow().get_state(),
]  # fmt: skip


@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:24])
def test_mitmproxy_reads_what_it_would_have_written(value: Any) -> None:
    ours, its = encode(value), tnetstring.dumps(value)

    assert len(ours) == len(its)
    assert tnetstring.loads(ours) == tnetstring.loads(its)


def test_what_is_encoded_is_put_in_as_it_is() -> None:
    inner = {"x": [1, b"2"]}

    assert encode({"a": Encoded(encode(inner))}) == encode({"a": inner})


def test_what_no_flow_holds_is_refused() -> None:
    with pytest.raises(TypeError, match="a flow holds no set"):
        encode({"a": {1}})
