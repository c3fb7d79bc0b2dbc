"""Mending a phone after an interrupted run."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest

from harness.adapters.attach.journal import Entry, Journal, Trust
from harness.adapters.attach.reset import put_back, reset_phone
from harness.ports import InstrumentError
from tests.adapters.attach.phone_stand_in import APEX, SYSTEM, StandIn


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.reset._SETTLE", 0.0)
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)


def interrupted(phone: StandIn, folder: Path) -> Entry:
    """A phone as a killed run leaves it."""
    journal = Journal(phone.serial, folder)
    entry = journal.open()
    entry.pid = 2**22 + 1
    entry.settings = {"http_proxy": None, "global_http_proxy_host": None}
    entry.reverse = (8080, 15801)
    entry.dead_man = True
    journal.save(entry)
    phone.settings = {"http_proxy": "127.0.0.1:8080", "global_http_proxy_host": "127.0.0.1"}
    phone.reversed = {8080: 15801}
    phone.loop = True
    return entry


def test_a_clean_phone_needs_nothing(tmp_path: Path) -> None:
    assert reset_phone(StandIn(), journals=tmp_path) == []


def test_a_killed_run_is_cleaned_up_after(tmp_path: Path) -> None:
    phone = StandIn()
    interrupted(phone, tmp_path)
    told = reset_phone(phone, journals=tmp_path)
    assert told[0] == "http_proxy was 127.0.0.1:8080 and is not set again"
    assert phone.settings.get("http_proxy") is None
    assert phone.reversed == {}
    assert not phone.loop
    assert reset_phone(phone, journals=tmp_path) == []


def test_a_film_that_lost_its_keeper_is_swept_whoever_left_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(_device: object) -> bool:
        return True

    monkeypatch.setattr("harness.adapters.attach.reset.sweep", found)
    told = "removed the film of an interrupted run from stand-in"
    assert reset_phone(StandIn(), journals=tmp_path) == [told]
    phone = StandIn()
    interrupted(phone, tmp_path)
    assert told in reset_phone(phone, journals=tmp_path)


def test_a_phone_in_use_is_left_alone(tmp_path: Path) -> None:
    phone = StandIn()
    entry = interrupted(phone, tmp_path)
    entry.pid = os.getppid()
    entry.started = psutil.Process(os.getppid()).create_time()
    Journal(phone.serial, tmp_path).save(entry)
    assert "in use by process" in reset_phone(phone, journals=tmp_path)[0]
    assert phone.loop


def test_a_loopback_proxy_of_someone_else_is_only_told(tmp_path: Path) -> None:
    phone = StandIn()
    phone.settings = {"http_proxy": "127.0.0.1:8888"}
    assert "no journal of ours" in reset_phone(phone, journals=tmp_path)[0]
    assert phone.settings == {"http_proxy": "127.0.0.1:8888"}


def test_a_phone_that_cannot_be_mended_is_an_error_and_stays_open(tmp_path: Path) -> None:
    phone = StandIn()
    interrupted(phone, tmp_path)
    phone.broken = lambda command: "put" in command
    with pytest.raises(InstrumentError, match="settings"):
        reset_phone(phone, journals=tmp_path)
    assert Journal(phone.serial, tmp_path).load() is not None
    assert phone.reversed == {}, "one part that fails does not keep the others back"


@pytest.mark.parametrize(("rootable", "left"), [(True, 0), (False, 1)])
def test_the_certificate_goes_where_root_can_be_had(
    tmp_path: Path, *, rootable: bool, left: int
) -> None:
    phone = StandIn(rootable=rootable)
    entry = interrupted(phone, tmp_path)
    entry.trust = Trust("c8750f0d.0", apex=True)
    phone.mounts = {name: {SYSTEM: {"c8750f0d.0"}, APEX: {"c8750f0d.0"}} for name in phone.mounts}
    assert len(put_back(phone, entry)) == left
    assert (APEX in phone.mounts["900"]) is not rootable
