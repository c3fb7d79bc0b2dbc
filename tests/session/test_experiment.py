"""The scenario's own part: screens, the question to the service, and the files of the run."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.adapters.profile_file import load_profile
from harness.domain.device import DeviceEntry
from harness.domain.inventory import Inventory, Item, Volume
from harness.domain.package_state import PackageState
from harness.domain.removal import Arm
from harness.domain.storage import Area, Tier
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError
from harness.session import experiment as module
from harness.session.experiment import Experiment
from harness.session.reinstall import Consent
from harness.session.run_folder import RunFolder
from harness.session.service_question import ServiceAnswer
from tests.adapters.removal.conftest import make_phone
from tests.adapters.removal.folder_phone import PACKAGE, FolderPhone

YES = Consent(entry_allows=True, run_allows=True, test_account=True, named=True)
DRAFT = Item(Area.CE, "files/draft/1/draft.json", 2, 0, "draft", sha256="44", inode=1)


INNER = Volume("emulated;0", "internal", "mounted", "internal")


class Log:
    def __init__(self) -> None:
        self.facts: list[Any] = []

    def write(self, kind: str, facts: Any, **_: object) -> Any:
        self.facts.append(facts)


@pytest.fixture
def phone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FolderPhone:
    made = make_phone(tmp_path / "phone")
    monkeypatch.setenv("HARNESS_STATE", str(tmp_path / "state"))
    monkeypatch.setattr(module, "StreamingDevice", SimpleNamespace(of=lambda device: device))  # pyright: ignore[reportUnknownLambdaType] - a stand-in
    return made


def scenario(phone: FolderPhone, folder: Path, log: Log) -> Any:
    run = RunFolder(folder, "r")
    return SimpleNamespace(
        folder=run.try_folder("desk", "reinstall", 1),
        session=SimpleNamespace(
            device=phone, app=SimpleNamespace(package=PACKAGE),
            entry=DeviceEntry("desk", serial="F:1"),
            run=SimpleNamespace(folder=run), profile=load_profile("tiktok"),
            journal=SimpleNamespace(log=lambda _source: log),  # pyright: ignore[reportUnknownLambdaType] - a stand-in
        ),
    )  # fmt: skip


def look(phone: FolderPhone) -> Inventory:
    state = PackageState(phone.installed, uid=phone.uid, ce_inode=phone.uid)
    there = phone.host("/data/user/0/a.b/files/draft/1/draft.json").exists()
    return Inventory(
        "desk", PACKAGE, 0, "2026-03-02T09:00:00+00:00", state, Tier.ADB_ROOT,
        items=(DRAFT,) if there else (), volumes=(INNER,),
    )  # fmt: skip


def test_the_files_of_the_try_and_the_fact(
    phone: FolderPhone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log()
    made = Experiment(
        scenario(phone, tmp_path / "run", log), Arm.UNINSTALL_INSTALL, YES, lambda _: look(phone)
    )
    answers = [ServiceAnswer(asked=True, told="logged in again")]

    def asked(_app: object, _scenario: object) -> ServiceAnswer:
        return answers.pop()

    monkeypatch.setattr(module, "ask_service", asked)
    with pytest.raises(InstrumentError, match="not made to its end"):
        made.tell_losses()
    made.require_consent()
    made.take_before()
    folder = tmp_path / "run" / "tests" / "desk" / "reinstall" / "try-1"
    assert (folder / "before.json").exists(), "on the disk before anything is deleted"
    made.save()
    made.remove()
    made.install()
    made.take_after()
    made.open_app(app_that(BlockedError("region_ban", "not here")))
    made.ask_service(app_that(None))
    found = made.tell_losses()
    made.put_back()

    assert [(row.item, row.fate) for row in found.rows] == [("draft", "lost")]
    assert json.loads((folder / "losses.json").read_text())["losses"]["classes"]
    fact = log.facts[-1]
    assert (fact.lost, fact.server, fact.cost) == ({"draft": 1}, "checked", "1 draft")
    assert fact.document == "tests/desk/reinstall/try-1/losses.json"
    assert fact.notes == (
        "The app started and wanted a person: region_ban.", "Logged in again.",
    )  # fmt: skip


def test_an_app_that_does_not_start_is_a_claim_about_the_product(
    phone: FolderPhone, tmp_path: Path
) -> None:
    made = Experiment(
        scenario(phone, tmp_path / "run", Log()), Arm.NOTHING, YES, lambda _: look(phone)
    )
    with pytest.raises(AssertionError, match="no page"):
        made.open_app(app_that(AssertionError("no page")))


def app_that(error: BaseException | None) -> Any:
    def open_it() -> None:
        if error is not None:
            raise error

    return SimpleNamespace(open=open_it)
