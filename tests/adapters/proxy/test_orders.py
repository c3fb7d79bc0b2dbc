"""Orders to the recorder."""

from pathlib import Path

import pytest

from harness.adapters.proxy.orders import Orders, read_orders, write_orders


@pytest.mark.parametrize("orders", [Orders(), Orders(("a.*", "b.test"), "/x/capture.mitm")])
def test_what_is_written_is_read_and_nothing_else_is_left(tmp_path: Path, orders: Orders) -> None:
    write_orders(tmp_path / "control.json", orders)
    assert read_orders(tmp_path / "control.json") == orders
    assert [path.name for path in tmp_path.iterdir()] == ["control.json"]


@pytest.mark.parametrize("content", [None, "{", '{"pass_through": 5}'])
def test_what_is_no_order_is_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "control.json").write_text(content, encoding="utf-8")
    assert read_orders(tmp_path / "control.json") is None
