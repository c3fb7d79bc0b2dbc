"""An app on an adopted card: what is on a card that is out is told as there, until it is lost."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import httpx
import pytest

from harness.simphone.target import ADOPTED
from tests.e2e.lab import Lab
from tests.e2e.test_inventory import PACKAGE, Bench, bench

pytestmark = [pytest.mark.e2e, pytest.mark.slow, pytest.mark.timeout(300)]


@pytest.fixture
def desk(lab: Lab, tmp_path: Path, api: int) -> Generator[Bench]:
    yield from bench(lab, tmp_path, "userdebug", "used", api, ("--adopted",))


def told(losses: dict[str, Any]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in losses["rows"]:
        found.setdefault(row["content"], set()).add(row["fate"])
    return found


def card(desk: Bench, value: str) -> None:
    asked = {"verb": "card", "value": value}
    assert httpx.post(f"{desk.control}/phone", json=asked, timeout=10).is_success


@pytest.mark.parametrize("api", [26, 29, 30, 33, 34, 36])
def test_a_card_that_is_out_costs_nothing_until_the_app_was_removed(desk: Bench, api: int) -> None:
    before = desk.look("before")
    items = json.loads(before.read_text())["inventory"]["items"]
    assert sum(item["volume"] == ADOPTED for item in items) > 20

    desk.adb("shell", "sm unmount private:179,66")
    out = desk.losses(before, desk.look("out", "--earlier", str(before)))
    assert (out["removed"], out["reinstalled"], out["emptied"]) == (False, False, False)
    assert told(out)["draft"] == told(out)["offline_video"] == {"absent"}
    assert not any(file["change"] == "lost" for file in out["files"])
    assert out["advice"].startswith("Not lost, and not here: 5 drafts")

    desk.adb("shell", "sm mount private:179,66")
    again = desk.losses(before, desk.look("again", "--earlier", str(before)))
    assert {file["change"] for file in again["files"]} == {"kept"}

    card(desk, "ejected")
    desk.adb("uninstall", PACKAGE)
    desk.adb("install", desk.apk)
    gone = desk.losses(before, desk.look("gone", "--earlier", str(before)))
    assert told(gone)["draft"] == {"absent"}
    on_card = [file for file in gone["files"] if file["volume"] == ADOPTED]
    assert {file["change"] for file in on_card} == {"absent"}
    assert any(file["change"] == "lost" for file in gone["files"]), "Android/data is not on it"

    card(desk, "inserted")
    back = desk.losses(before, desk.look("back", "--earlier", str(before)))
    assert told(back)["draft"] == {"lost"}
    assert back["advice"].startswith("Deleting the app cost 5 drafts")


@pytest.mark.parametrize("api", [28, 35])
def test_an_app_that_was_moved_to_the_phones_own_storage_lost_nothing(
    desk: Bench, api: int
) -> None:
    before = desk.look("before")
    desk.adb("shell", f"pm move-package {PACKAGE} internal")
    losses = desk.losses(before, desk.look("after", "--earlier", str(before)))

    assert (losses["reinstalled"], losses["emptied"]) == (False, False)
    assert {file["change"] for file in losses["files"]} == {"kept"}
