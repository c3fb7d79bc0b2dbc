"""Attaching a phone and putting it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Journal
from harness.adapters.attach.reset import reset_phone
from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.adapters.proxy.certificate import make_authority
from harness.domain.facts.capture import CaptureVisibility
from harness.ports import InstrumentError, ProxyAddress
from tests.adapters.attach.phone_stand_in import StandIn

PORT = 15801


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> ProxyAddress:
    authority = make_authority(tmp_path_factory.mktemp("ca"))
    return ProxyAddress("127.0.0.1", PORT, authority.certificate, 1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.canary._TRIES", 1)


def test_everything_is_as_before_after_a_detach(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    phone.settings = before = {"http_proxy": "lab:1", "global_http_proxy_host": "lab"}
    before = dict(before) | {"global_http_proxy_port": "1"}
    phone.settings["global_http_proxy_port"] = "1"
    attachment = Attachment(phone, proxy, may_change_trust=True, journals=tmp_path)
    attachment.attach()
    assert phone.settings["http_proxy"] == attachment.expected == "127.0.0.1:8080"
    assert phone.reversed == {8080: PORT}
    assert phone.loop
    assert attachment.trust == "system"
    attachment.detach()
    assert phone.settings == before
    assert phone.reversed == {}
    assert not phone.loop
    assert not list(tmp_path.iterdir())
    attachment.detach()


def test_set_aside_the_phone_goes_its_own_way_for_a_while(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone = StandIn()
    phone.settings = {"http_proxy": "lab:1"}
    attachment = Attachment(phone, proxy, journals=tmp_path)
    with pytest.raises(InstrumentError, match="not attached"), attachment.set_aside():
        pass
    attachment.attach()
    with attachment.set_aside():
        assert phone.settings["http_proxy"] == "lab:1"
        assert list(tmp_path.iterdir())  # a kill now is mended as at any other time
    assert phone.settings["http_proxy"] == attachment.expected
    with pytest.raises(KeyError), attachment.set_aside():
        raise KeyError
    assert phone.settings["http_proxy"] == attachment.expected
    attachment.detach()


def test_the_order_protects_the_adb_server_and_the_phone(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone = StandIn()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()

    def at(part: str) -> int:
        return next(index for index, done in enumerate(phone.done) if part in done)

    assert at("reverse 8080") < at("setsid") < at("put global http_proxy 127.0.0.1")
    phone.done.clear()
    attachment.detach()
    order = ["http_proxy :0", "rm -rf /data/local/tmp/harness-dm", "reverse 18080", "remove 8080"]
    assert [at(part) for part in order] == sorted(at(part) for part in order)
    assert at("remove 8080") < at("remove 18080")


def test_the_journal_is_written_before_the_first_change(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone = StandIn()

    def changes(command: str) -> bool:
        changing = not command.startswith(("settings get", "[ -d", "command"))
        assert not changing or Journal(phone.serial, tmp_path).load() is not None, command
        return False

    phone.broken = changes
    Attachment(phone, proxy, journals=tmp_path).attach()


def test_a_port_of_someone_else_is_left_alone(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    phone.reversed = {8080: 9999}
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    assert attachment.expected == "127.0.0.1:8081"
    attachment.detach()
    assert phone.reversed == {8080: 9999}


def test_a_failure_while_attaching_puts_the_phone_back(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    phone.broken = lambda command: "put global http_proxy 127" in command
    with pytest.raises(InstrumentError, match="device offline"):
        Attachment(phone, proxy, journals=tmp_path).attach()
    assert phone.settings == {}
    assert phone.reversed == {}
    assert not phone.loop


def test_what_cannot_be_put_back_keeps_the_journal(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    phone.broken = lambda command: command.startswith("settings")
    with pytest.raises(InstrumentError, match="harness reset --device stand-in"):
        attachment.detach()
    assert phone.loop, "the loop on the phone is the last hope"
    phone.broken = lambda command: False
    assert reset_phone(phone, journals=tmp_path)
    assert phone.settings == {}


def test_a_phone_that_came_back_is_mended(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    attachment = Attachment(phone, proxy, may_change_trust=True, journals=tmp_path)
    assert attachment.mend() == []
    attachment.attach()
    assert attachment.mend() == []
    phone.reversed.clear()
    phone.loop = False
    phone.settings.clear()
    phone.mounts = {name: {} for name in phone.mounts}
    assert len(attachment.mend()) == 4
    assert phone.settings["http_proxy"] == "127.0.0.1:8080"
    assert attachment.mend() == []
    attachment.detach()


def test_verify_writes_what_the_canary_showed(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = StandIn()
    with ObservationWriter(tmp_path / "o.jsonl", source="harness", host="lab") as log:
        attachment = Attachment(phone, proxy, log=log, journals=tmp_path)
        attachment.attach()
        seen = attachment.verify()
        attachment.detach()
    (read,) = read_observations(tmp_path / "o.jsonl")
    assert read.facts == seen
    assert isinstance(seen, CaptureVisibility)
    assert seen.canary == "not_seen"
