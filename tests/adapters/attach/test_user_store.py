"""Our certificate in the user store: what a person is told, and the file that is laid there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from harness.adapters.attach import user_store
from harness.adapters.attach.attach import Attachment
from harness.adapters.attach.journal import Journal
from harness.adapters.attach.reset import reset_phone
from harness.ports import InstrumentError, ProxyAddress
from tests.adapters.attach.phone_stand_in import StandIn


class WithFiles(StandIn):
    """A phone with a Download folder; `stuck` files cannot be deleted."""

    stuck = False

    def _run(self, command: str) -> tuple[str, int]:
        if command == f"rm -f {user_store.OFFERED}":
            if not self.stuck:
                self.files.pop(user_store.OFFERED, None)
            return "", 0
        if command == f"[ -e {user_store.OFFERED} ]":
            return "", 0 if user_store.OFFERED in self.files else 1
        if command.startswith("getprop"):
            return "33\n", 0
        return super()._run(command)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)


@pytest.fixture
def proxy(tmp_path: Path) -> ProxyAddress:
    certificate = tmp_path / "ca.pem"
    certificate.write_text("CERTIFICATE")
    return ProxyAddress("127.0.0.1", 4711, certificate, 1)


@pytest.mark.parametrize(
    ("api", "first"),
    [
        (33, "More security settings → Encryption & credentials → Install a certificate"),
        (30, "CA certificate → Install anyway"),
        (29, "Security → Encryption & credentials → Install from storage"),
    ],
)
def test_the_taps_follow_the_phones_android(api: int, first: str) -> None:
    steps = user_store.steps_to_install(api)

    assert first in steps[0]
    assert "harness-ca.crt" in steps[1]
    assert "https://harness-canary.invalid/user" in steps[-1]
    removal = " ".join(user_store.steps_to_remove(api))
    assert ("More security settings" in removal) == (api >= 30)
    assert "'harness test capture'" in removal


def test_the_file_is_there_for_the_time_of_the_run(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = WithFiles()
    attachment = Attachment(phone, proxy, journals=tmp_path)
    with pytest.raises(InstrumentError, match="detached"):
        attachment.offer_certificate()
    attachment.attach()
    attachment.offer_certificate()
    assert phone.files[user_store.OFFERED] == "CERTIFICATE"

    attachment.detach()

    assert user_store.OFFERED not in phone.files
    assert Journal(phone.serial, tmp_path).load() is None


def test_a_file_that_stays_is_told(proxy: ProxyAddress, tmp_path: Path) -> None:
    phone = WithFiles()
    phone.stuck = True
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.offer_certificate()

    with pytest.raises(InstrumentError, match=r"harness-ca\.crt is still on stand-in"):
        attachment.detach()


def test_after_a_killed_run_the_person_is_asked_to_remove_it(
    proxy: ProxyAddress, tmp_path: Path
) -> None:
    phone, journal = WithFiles(), Journal("127.0.0.1:5555", tmp_path)
    attachment = Attachment(phone, proxy, journals=tmp_path)
    attachment.attach()
    attachment.offer_certificate()
    entry = journal.load()
    assert entry is not None
    assert entry.pid == os.getpid()
    entry.pid = 2**22 + 1
    journal.save(entry)

    told = reset_phone(phone, journals=tmp_path)

    assert any("remove it there" in line and "Trusted credentials" in line for line in told)
    assert user_store.OFFERED not in phone.files
