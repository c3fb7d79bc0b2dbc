"""Orders to the running recorder."""

from pathlib import Path

from harness.adapters.proxy.orders import Orders, write_orders
from harness.recorder.control_file import ControlFile


def test_orders_are_seen_when_the_file_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "control.json"
    control = ControlFile(path)
    assert control.orders() == Orders()
    first = Orders(("a.*",), "/x.mitm")
    write_orders(path, first)
    assert control.orders() == first
    assert control.orders() is control.orders(), "not read again"
    write_orders(path, Orders())
    assert control.orders() == Orders()


def test_what_is_no_order_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "control.json"
    control = ControlFile(path)
    write_orders(path, Orders(("a.*",)))
    assert control.orders().pass_through == ("a.*",)
    path.write_text("{", encoding="utf-8")
    assert control.orders().pass_through == ("a.*",)


def test_without_a_file_there_are_none() -> None:
    assert ControlFile(None).orders() == Orders()
