"""The way through a tunnel, from attaching to the phone as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach import wireguard_app, wireguard_route
from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Entry, Journal
from harness.adapters.attach.reset import reset_phone
from harness.adapters.attach.wireguard_route import WireguardRoute
from harness.adapters.proxy.certificate import make_authority
from harness.ports import InstrumentError, ProxyAddress
from tests.adapters.attach.tunnel_phone import STORED, TunnelPhone


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_UP_SECONDS", "_DOWN_SECONDS", "_POLL"):
        monkeypatch.setattr(wireguard_app, name, 0.0)
    monkeypatch.setattr(wireguard_route, "_POLL", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.canary._TRIES", 1)


def attached(phone: TunnelPhone, folder: Path, **options: bool) -> Attachment:
    proxy = ProxyAddress("127.0.0.1", 15801, make_authority(folder).certificate, 1)
    route = WireguardRoute(phone, "conf", attended=options.get("attended", False),
                           tell=lambda _text: None)  # fmt: skip
    return Attachment(phone, proxy, route=route, journals=folder / "j")


def test_up_seen_by_a_request_of_the_shell_mended_and_away(tmp_path: Path) -> None:
    phone = TunnelPhone()
    attachment = attached(phone, tmp_path)
    attachment.attach()
    entry = Journal(phone.serial, tmp_path / "j").load()
    assert entry is not None
    assert entry.tunnel is not None
    assert (
        "conf"
        not in (tmp_path / "j").joinpath(f"{phone.serial.replace(':', '_')}.json").read_text()
    )
    assert (phone.up, phone.settings, phone.reversed) == (True, {}, {})
    assert attachment.holds_vpn
    undo = phone.files["/data/local/tmp/harness-dm/undo.sh"]
    assert "SET_TUNNEL_DOWN" in undo, "the loop on the phone takes it down when we are gone"

    assert attachment.verify().way == "wireguard"
    assert any("| su 2000 nc -w 3 192.0.2.80 80" in command for command in phone.done)
    phone.up = False
    assert attachment.way_lost()
    assert attachment.mend() == ["the WireGuard tunnel was down"]
    with attachment.set_aside():
        assert not phone.up
    assert phone.up
    attachment.detach()
    assert (phone.up, phone.app_op, STORED in phone.files) == (False, None, False)
    assert not attachment.holds_vpn


def test_what_a_killed_run_left_is_reset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = TunnelPhone()
    attached(phone, tmp_path).attach()

    def gone(_entry: Entry) -> bool:
        return False

    monkeypatch.setattr("harness.adapters.attach.reset.owner_lives", gone)
    assert reset_phone(phone, journals=tmp_path / "j")
    assert (phone.up, STORED in phone.files) == (False, False)


def test_without_root_it_takes_a_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = TunnelPhone(rootable=False)
    with pytest.raises(InstrumentError, match="--attended"):
        attached(phone, tmp_path).attach()
    monkeypatch.setattr(wireguard_route, "PATIENCE", 0.0)
    with pytest.raises(InstrumentError, match="not switched on"):
        attached(phone, tmp_path, attended=True).attach()
    assert wireguard_app.OFFERED not in phone.files

    monkeypatch.setattr(wireguard_route, "PATIENCE", 5.0)

    def tapped(text: str) -> None:
        phone.up = "Switch the tunnel" in text

    route = WireguardRoute(phone, "conf", attended=True, tell=tapped)
    proxy = ProxyAddress("127.0.0.1", 15801, make_authority(tmp_path).certificate, 1)
    attachment = Attachment(phone, proxy, route=route, journals=tmp_path / "j")
    attachment.attach()
    attachment.verify()
    assert not route.may_be_set_aside, "only a person could"
    assert any("| nc -w 3 192.0.2.80 80" in command for command in phone.done)
    phone.up = False
    attachment.detach()
    assert wireguard_app.OFFERED not in phone.files
