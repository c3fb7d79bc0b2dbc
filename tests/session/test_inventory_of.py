"""The look at a phone in use is at its app, by its profile, as adb is."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from harness.domain.inventory import Inventory
from harness.session import inventory_of
from harness.session.phone_session import PhoneSession
from tests.loss.phones import look


def test_take_inventory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, object, dict[str, object]]] = []

    def take(device: object, profile: object, **more: object) -> Inventory:
        asked.append((device, profile, more))
        return look()

    monkeypatch.setattr(inventory_of, "look", take)
    session = cast(
        "PhoneSession",
        cast("Any", SimpleNamespace(device="d", profile="p", app=SimpleNamespace(package="a.b"))),
    )
    inventory_of.take_inventory(session, look())

    ((device, profile, more),) = asked
    assert (device, profile, more["package"], more["earlier"]) == ("d", "p", "a.b", look())
