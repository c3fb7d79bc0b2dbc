"""The control address, by HTTP."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from harness.simphone.app.faults import APP_FAULTS
from harness.simphone.control import fault_table
from harness.simphone.fleet import Fleet, Wish, describe
from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.service.faults import FAULTS

PARTIES = {"none", "server", "client", "network", "device", "account", "harness"}
OUTCOMES = {"passed", "failed", "blocked", "inconclusive"}
Body = Callable[[Fleet, httpx.AsyncClient], Awaitable[None]]


def controlled(folder: Path, body: Body) -> None:
    async def run() -> None:
        fleet = Fleet([Wish("one"), Wish("two", api=30, profile="retail")], folder)
        try:
            await fleet.start()
            url = fleet.running[0].control.url
            async with httpx.AsyncClient(base_url=url, timeout=5, trust_env=False) as client:
                await body(fleet, client)
        finally:
            await fleet.stop()

    asyncio.run(run())


def test_incident_faults_and_conditions(tmp_path: Path) -> None:
    async def body(fleet: Fleet, client: httpx.AsyncClient) -> None:
        assert (await client.put("/incident", json={"name": "slow"})).status_code == 200
        wanted = [{"name": "http-500", "scope": "login"}, {"name": "anr", "scope": "feed"}]
        assert (await client.put("/faults", json=wanted)).json() == wanted
        answer = await client.post("/phone", json={"verb": "airplane", "value": True})
        assert answer.json() == {"verb": "airplane", "party": "device"}
        state = (await client.get("/state")).json()
        assert state["incident"] == "slow"
        assert state["faults"] == wanted
        assert state["phone"]["airplane"] is True
        one, two = (running.phone for running in fleet.running)
        assert (one.conditions.airplane, two.conditions.airplane) == (True, False)
        assert one.settings.get("global", "airplane_mode_on") == "1"
        assert two.app_faults.active == ()
        assert (await client.delete("/faults")).json() == []
        assert fleet.service.trouble.active == ()
        assert (await client.get("/requests")).json() == []

    controlled(tmp_path, body)


@pytest.mark.parametrize(
    ("method", "path", "sent", "sentence"),
    [
        ("PUT", "/incident", {"name": "nope"}, "unknown incident 'nope'"),
        ("PUT", "/incident", [], "an object is due"),
        ("PUT", "/faults", {"name": "x"}, "faults are a list"),
        ("PUT", "/faults", [{"name": "nope"}], "unknown fault 'nope'"),
        ("PUT", "/faults", [{"name": "captcha", "scope": "feed"}], "no scope 'feed'"),
        ("POST", "/phone", {"verb": "nope"}, "unknown verb 'nope'"),
        ("POST", "/phone", {"verb": "airplane", "value": "yes"}, "true or false"),
        ("POST", "/phone", {"verb": "clock_offset", "value": True}, "needs seconds"),
    ],
)
def test_bad_input_is_one_sentence(
    method: str, path: str, sent: object, sentence: str, tmp_path: Path
) -> None:
    async def body(fleet: Fleet, client: httpx.AsyncClient) -> None:
        answer = await client.request(method, path, json=sent)
        assert answer.status_code == 400
        assert sentence in answer.json()["error"]

    controlled(tmp_path, body)


def test_every_fault_names_its_party_and_outcome() -> None:
    rows = fault_table()
    assert len(rows) == len(FAULTS) + len(APP_FAULTS) + len(PHONE_VERBS)
    for row in rows:
        assert row["party"] in PARTIES, row
        assert row["outcome"] in OUTCOMES, row
    assert len({row["name"] for row in rows}) == len(rows)


def test_description_has_what_others_rely_on(tmp_path: Path) -> None:
    async def body(fleet: Fleet, client: httpx.AsyncClient) -> None:
        found = describe(fleet)
        phones = found["phones"]
        assert isinstance(phones, list)
        first, second = phones
        assert set(first) >= {"name", "address", "model", "api", "profile", "package", "control"}
        assert (second["api"], second["profile"]) == (30, "retail")
        secret = Path(first["account"]["password_file"])
        assert secret.stat().st_mode & 0o777 == 0o600
        assert secret.read_text() == fleet.running[0].account.password
        service = found["service"]
        assert isinstance(service, dict)
        assert "BEGIN CERTIFICATE" in Path(str(service["upstream_ca"])).read_text()
        assert all(line.count(":") == 3 for line in service["resolve"])

    controlled(tmp_path, body)


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("x", api=12), "API level 12"),
        (Wish("x", profile="gold"), "profile 'gold'"),
        (Wish("x", app_version="9.9.9"), "app version '9.9.9'.*43.1.4, 47.0.3"),
        (Wish("x", locale="it-IT"), "locale 'it-IT'"),
        (Wish("x", locale="de"), "locale 'de'"),
    ],
)
def test_wishes_that_cannot_be_met(wish: Wish, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=sentence):
        Fleet([wish], tmp_path)
