"""Our authority in the system store."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.adapters.attach import trust as system_trust
from harness.adapters.attach.journal import Trust
from harness.adapters.proxy.certificate import make_authority
from harness.ports import InstrumentError
from tests.adapters.attach.phone_stand_in import APEX, SYSTEM, StandIn


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_authority(tmp_path_factory.mktemp("ca")).certificate


@pytest.mark.parametrize(("apex", "nsenter"), [(True, True), (False, True), (False, False)])
def test_in_and_out_again(certificate: Path, *, apex: bool, nsenter: bool) -> None:
    phone = StandIn(apex=apex, nsenter=nsenter)
    planned = system_trust.plan_trust(phone, certificate)
    assert planned.apex is apex
    assert planned.name.endswith(".0")
    system_trust.install(phone, certificate, planned)
    store = APEX if apex else SYSTEM
    for space in ("900", "1234"):
        assert planned.name in phone.mounts[space][store], "zygote and running apps"
    assert system_trust.remove(phone, planned) == []
    assert APEX not in phone.mounts["900"]
    assert APEX not in phone.mounts["1234"]
    assert SYSTEM not in phone.mounts["shell"]


def test_a_certificate_that_the_zygote_does_not_see_is_an_error() -> None:
    with pytest.raises(InstrumentError, match="not seen by the zygote"):
        system_trust.check(StandIn(), Trust("c8750f0d.0", apex=True))


def test_a_mount_that_fails_is_told_with_its_command(certificate: Path) -> None:
    phone = StandIn()
    original = phone._run
    phone._run = lambda command: ("", 1) if "tmpfs" in command else original(command)  # type: ignore[method-assign] - not root
    with pytest.raises(InstrumentError, match=r"mount -t tmpfs.*exit 1"):
        system_trust.install(phone, certificate, Trust("c8750f0d.0", apex=True))


def test_what_stays_is_named() -> None:
    phone = StandIn()
    phone.mounts["shell"][SYSTEM] = {"c8750f0d.0"}
    original = phone._run
    phone._run = lambda command: ("", 1) if "umount" in command else original(command)  # type: ignore[method-assign] - busy
    assert "a reboot removes it" in system_trust.remove(phone, Trust("c8750f0d.0", apex=False))[0]
