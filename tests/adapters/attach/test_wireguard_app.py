"""Our tunnel in the phone's WireGuard app."""

from __future__ import annotations

import pytest

from harness.adapters.attach import wireguard_app
from harness.adapters.attach.wireguard_app import plan, put_in, switch_on, undo, undo_commands
from harness.ports import InstrumentError
from tests.adapters.attach.tunnel_phone import SPOOL, STORED, TunnelPhone


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_UP_SECONDS", "_DOWN_SECONDS", "_POLL"):
        monkeypatch.setattr(wireguard_app, name, 0.0)


def test_up_and_away_again_with_the_consent_as_before() -> None:
    phone = TunnelPhone()
    phone.root()
    phone.app_op = "deny"
    entry = plan(phone, by_hand=False)
    put_in(phone, "[Interface]\n", entry)
    assert phone.files == {STORED: "[Interface]\n"}
    switch_on(phone)
    assert phone.up
    assert undo(phone, entry) == []
    assert (phone.files, phone.app_op, phone.up) == ({}, "deny", False)


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        (TunnelPhone(installed=False), "Install WireGuard"),
        (TunnelPhone(other_vpn=True), "a phone has one at a time"),
    ],
    ids=["not installed", "another VPN"],
)
def test_a_phone_that_cannot_be_led_so_is_told(phone: TunnelPhone, said: str) -> None:
    with pytest.raises(InstrumentError, match=said):
        plan(phone, by_hand=False)


def test_an_app_that_takes_no_orders_is_told_with_what_to_tap() -> None:
    phone = TunnelPhone(obeys=False)
    entry = plan(phone, by_hand=False)
    put_in(phone, "x", entry)
    with pytest.raises(InstrumentError, match="Allow remote control apps"):
        switch_on(phone)


def test_what_is_left_is_told() -> None:
    phone = TunnelPhone()
    entry = plan(phone, by_hand=False)
    phone.up, phone.obeys = True, False
    assert "still up" in undo(phone, entry)[0]
    without = TunnelPhone(rootable=False)
    assert "needs adb root" in undo(without, entry)[0]


def test_by_hand_only_the_file_is_ours() -> None:
    phone = TunnelPhone(rootable=False)
    entry = plan(phone, by_hand=True)
    put_in(phone, "x", entry)
    assert list(phone.files) == [wireguard_app.OFFERED]
    assert undo_commands(entry) == [f"rm -f {wireguard_app.OFFERED}"]
    assert undo(phone, entry) == []
    assert SPOOL not in phone.files
    assert len(wireguard_app.steps_by_hand()) == 2
    assert "delete it" in wireguard_app.steps_to_remove()[0]
