"""The ways to the proxy, each by what it changes on the phone."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Entry
from harness.adapters.attach.reset import reset_phone
from harness.adapters.attach.routes import EmulatorRoute, ReverseRoute
from harness.adapters.proxy.certificate import make_authority
from harness.ports import InstrumentError, ProxyAddress
from tests.adapters.attach.phone_stand_in import StandIn

PORT = 15801


def entry() -> Entry:
    return Entry("s", 1, 0.0, 0.0)


def test_reverse_journals_what_it_changes_and_sees_what_is_lost() -> None:
    phone = StandIn()
    route, planned = ReverseRoute(phone, PORT), entry()
    route.plan(planned)
    assert (planned.reverse, planned.expected) == ((8080, PORT), "127.0.0.1:8080")
    assert route.prepare() == ["the reverse entry was gone"]
    assert route.lead() == ["http_proxy had been taken away"]
    assert (route.prepare(), route.lead(), route.lost()) == ([], [], False)

    route.leave({"http_proxy": "lab:1"})
    assert phone.settings["http_proxy"] == "lab:1"
    phone.reversed.clear()
    assert route.lost()


def test_where_no_port_is_free_it_is_told() -> None:
    phone = StandIn()
    phone.reversed = dict.fromkeys(range(8080, 8100), 1)
    with pytest.raises(InstrumentError, match="8080 to 8099 are all reversed"):
        ReverseRoute(phone, PORT).plan(entry())


def test_by_the_emulators_own_flag_the_way_changes_nothing_on_the_phone(tmp_path: Path) -> None:
    phone = StandIn()
    phone.settings = {"http_proxy": "lab:1", "global_http_proxy_host": "lab"}
    before = dict(phone.settings) | {"global_http_proxy_port": "1"}
    phone.settings["global_http_proxy_port"] = "1"
    proxy = ProxyAddress("127.0.0.1", PORT, make_authority(tmp_path).certificate, 1)
    attachment = Attachment(phone, proxy, route=EmulatorRoute(), journals=tmp_path / "j")

    attachment.attach()

    assert (phone.settings, phone.reversed) == (before, {})
    assert phone.loop, "what else is changed in a run is guarded all the same"
    assert attachment.expected is None
    assert not attachment.way_lost()
    assert not attachment.route.may_be_set_aside
    assert attachment.mend() == []
    with pytest.raises(InstrumentError, match="until its end"), attachment.set_aside():
        pass
    attachment.detach()
    assert (phone.settings, phone.loop) == (before, False)
    assert reset_phone(phone, journals=tmp_path / "j")[:1] != ["removed"]
