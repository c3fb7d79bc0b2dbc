"""Which phones a host offers."""

from __future__ import annotations

import socket

import pytest

from harness.adapters.child import free_port
from harness.domain.device import AccountEntry, DeviceEntry, PhoneStatus
from harness.lab import attached
from harness.lab.attached import offers_of
from harness.lab.offer import Offer
from harness.ports import InstrumentError
from harness.session.ledger import account_key


def answer_with(monkeypatch: pytest.MonkeyPatch, *phones: PhoneStatus) -> None:
    def listed(_entries: object) -> list[PhoneStatus]:
        return list(phones)

    monkeypatch.setattr(attached, "list_phones", listed)


def test_what_is_attached_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch)
    entries = [
        DeviceEntry("sim", launch=("harness", "phone"), tags=("wifi", "rack-2")),
        DeviceEntry("gone", serial=f"127.0.0.1:{free_port()}"),
        DeviceEntry("usb", serial="XYZ"),
    ]

    assert offers_of(entries, "h", {"lab": "x"}) == [
        Offer("h", "sim", {"lab": "x"}, ("wifi", "rack-2"))
    ]


def test_an_account_is_offered_by_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    answer_with(monkeypatch)
    entry = DeviceEntry("sim", launch=("x",), account=AccountEntry("Anna", password_env="P"))

    assert offers_of([entry], "h", {}) == [Offer("h", "sim", account=account_key("anna"))]


def test_labels_are_what_the_phone_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    there = PhoneStatus("usb", "XYZ", known=True, state="device", model="Pixel 8", api=34)
    answer_with(monkeypatch, there)

    found = offers_of([DeviceEntry("usb", serial="XYZ")], "h", {})

    assert found == [Offer("h", "usb", {"model": "Pixel 8", "api": "34"})]


def test_a_phone_behind_an_address_is_there_when_its_port_listens(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def no_adb(_entries: object) -> list[PhoneStatus]:
        raise InstrumentError("adb", "list", "no server")

    monkeypatch.setattr(attached, "list_phones", no_adb)
    with socket.create_server(("127.0.0.1", 0)) as phone:
        entry = DeviceEntry("tcp", serial=f"127.0.0.1:{phone.getsockname()[1]}")
        assert offers_of([entry], "h", {}) == [Offer("h", "tcp")]
    assert offers_of([entry], "h", {}) == []
