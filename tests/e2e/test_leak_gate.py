"""The leak gate: what must not be written down is in no artefact, log or state of ours.

The secrets are planted as they come about on a real phone: the account's own, the
session that the service gives, the people on its lists, and what apps write into the
phone's log. Every file of the run, of the state folder and of the harness's own output
is scanned in every encoding, packed or not.
"""

from __future__ import annotations

import json
import os
import random
import re
import shlex
import ssl
from pathlib import Path
from typing import Any, cast

import httpx
import pytest

from harness.simphone.service.accounts import mixed
from tests.e2e.lab import Lab, devices_file
from tests.leaks.artefacts import leaks
from tests.leaks.canaries import Canary

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(420)]

PREFERENCES = "/data/data/com.zhiliaoapp.musically/shared_prefs"
LOGGED = (
    Canary("phone number in the log", "+49 151 2345 9876"),
    Canary("e-mail in the log", "canary.person@example.org"),
    Canary(
        "token in the log", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLW9mLWNhbmFyeQ"
    ),
    Canary("session in the log", "canarysession77aa"),
)
"""What careless apps write into the phone's log."""


BOTH = ("health", "outage")
DRAWN = (random.Random(os.environ.get("HARNESS_LAB_SEED") or "leaks").choice(BOTH),)
"""What is played on the phone whose traffic is closed to us, in each run of the tests."""


@pytest.mark.parametrize(
    ("profile", "rounds"),
    [
        pytest.param("userdebug", BOTH, id="userdebug"),
        pytest.param("retail", DRAWN, id="retail"),
        pytest.param("retail", BOTH, id="retail-both", marks=pytest.mark.slow),
    ],
)
def test_no_artefact_holds_a_secret(
    lab: Lab, tmp_path: Path, profile: str, rounds: tuple[str, ...]
) -> None:
    with lab.phones("--profile", profile) as answer:
        phone = answer["phones"][0]
        plant(lab, phone["address"])
        devices = devices_file(tmp_path, answer, destructive="true")
        reports = tmp_path / "reports"
        canaries = list(LOGGED)
        for name in rounds:
            if name == "outage":
                httpx.put(f"{phone['control']}/incident", json={"name": "login-outage"})
            done = lab.harness(
                "run",
                "--devices",
                str(devices),
                "--out",
                str(reports / name),
                "--allow-destructive",
            )
            assert readable_by_others(reports / name) == []
            (reports / name / "printed.txt").write_text(done.stdout + done.stderr)
            assert (reports / name / "verdicts.json").is_file(), done.stdout + done.stderr
            if name == rounds[0]:
                canaries += [*of_account(phone), *of_session(lab, phone["address"])]
        canaries += of_service(answer)
    shared = lab.harness(
        "report", str(reports / rounds[-1]), "--bundle", str(reports / "bundle.zip")
    )
    assert shared.returncode == 0, shared.stdout + shared.stderr

    # The home holds the state folder; the password file is the phone's, not ours.
    found = leaks([reports, lab.home], canaries)

    assert len(canaries) >= 15
    places = sorted({f"{leak.canary} in {leak.where}" for leak in found})
    assert not places, "\n".join(places)


def readable_by_others(folder: Path) -> list[str]:
    """Files and folders of a run that not only its owner can open."""
    paths = [path for path in (folder, *folder.rglob("*")) if not path.is_symlink()]
    return [str(path) for path in paths if path.stat().st_mode & 0o077]


def plant(lab: Lab, serial: str) -> None:
    """As apps do it: assignments, URLs, free text."""
    phone, email, token, session = (canary.value for canary in LOGGED)
    for line in (
        f"TTNet login mobile={phone} failed, mail {email}",
        f"Authorization: Bearer {token}",
        f"GET https://api.example.com/x?sessionid={session}&email={email}",
    ):
        lab.adb("-s", serial, "shell", f"log -t TTNet {shlex.quote(line)}")


def of_account(phone: dict[str, Any]) -> list[Canary]:
    """User name and password."""
    account = phone["account"]
    password = Path(account["password_file"]).read_text().splitlines()[0]
    return [Canary("password", password), Canary("user name", account["user"])]


def of_session(lab: Lab, serial: str) -> list[Canary]:
    """What the app keeps of its log-in; a phone without root does not tell."""
    lab.adb("-s", serial, "root")
    lab.adb("connect", serial)
    text = lab.adb("-s", serial, "shell", f"cat {PREFERENCES}/token_shared_preference.xml").stdout
    values = re.findall(r">([^<>]{16,})<", text)
    parts = [part for value in values for part in re.split(r"[;=\s]+", value) if len(part) >= 16]
    return [Canary(f"session value {number}", part) for number, part in enumerate(parts)]


def of_service(answer: dict[str, Any]) -> list[Canary]:
    """Ids of the account and the people on its lists, asked as the app asks."""
    service, phone = answer["service"], answer["phones"][0]
    places = {}
    for rule in service["resolve"]:
        host, port, address, there = rule.split(":")
        places[host, port] = f"https://{address}:{there}"
    context = ssl.create_default_context(cafile=service["upstream_ca"])
    login, api = "api16-normal-c-useast1a.tiktokv.com", "api16-core-c-useast1a.tiktokv.com"
    httpx.put(f"{phone['control']}/incident", json={"name": "none"})
    account = of_account(phone)
    form = {
        "mix_mode": "1",
        "username": mixed(account[1].value),
        "password": mixed(account[0].value),
    }
    with httpx.Client(verify=context, timeout=20, trust_env=False) as client:

        def ask(method: str, host: str, path: str, **more: Any) -> dict[str, Any]:
            headers = {"host": host, **more.pop("headers", {})}
            where = {"sni_hostname": host}
            url = places[host, "443"] + path
            return client.request(method, url, headers=headers, extensions=where, **more).json()

        data = ask("POST", login, "/passport/user/login/", data=form)["data"]
        cookie = {"cookie": f"sessionid={data['session_key']}"}
        people: dict[str, str] = {}
        for which in ("follower", "following"):
            page = ask("GET", api, f"/aweme/v1/user/{which}/list/", headers=cookie)
            for row in page["followers" if which == "follower" else "followings"]:
                people[row["unique_id"]] = row["uid"]
    ids = [("user id", data["user_id_str"]), ("security id", data["sec_user_id"])]
    ids += [(f"handle {number}", handle) for number, handle in enumerate(people)]
    ids += [(f"id of a person {number}", uid) for number, uid in enumerate(people.values())]
    return [Canary(name, cast("str", value)) for name, value in ids]


def test_the_gate_would_notice(tmp_path: Path) -> None:
    """The scan is not blind: the planted values are found where they do stand."""
    (tmp_path / "x.json").write_text(json.dumps({"log": [canary.value for canary in LOGGED]}))

    assert {leak.canary for leak in leaks([tmp_path], LOGGED)} == {item.name for item in LOGGED}
