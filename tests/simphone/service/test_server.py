"""The service over real sockets: each fault as the phone's own client meets it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlencode

import pytest

from harness.simphone.contracts import FileSystem
from harness.simphone.network.client import Answer, PhoneClient, Pins
from harness.simphone.network.failures import (
    BrokenAnswerError,
    NetworkError,
    NoAddressError,
    PinError,
    TimedOutError,
    TlsRefusedError,
    UnreachableError,
    UnreadableAnswerError,
)
from harness.simphone.network.stack import PhoneNetwork
from harness.simphone.network.trust import install_authority
from harness.simphone.phone_verbs import PHONE_VERBS
from harness.simphone.service.accounts import make_account, mixed
from harness.simphone.service.faults import FAULTS
from harness.simphone.service.hosts import (
    ABROAD_HOST,
    ALL_NEEDS,
    API_HOST,
    CDN_HOST,
    LOGIN_HOST,
    RETIRED_LOGIN_HOST,
)
from harness.simphone.service.incidents import INCIDENTS
from harness.simphone.service.server import Service
from tests.simphone.stand_ins import DictFiles, DictSettings, Radio, RealClock

LOGIN = f"https://{LOGIN_HOST}/passport/user/login/"
FEED = f"https://{API_HOST}/aweme/v1/feed/"
Body = Callable[[Service, PhoneClient], Awaitable[None]]


def with_service(body: Body, *, pins: Pins | None = None, trust: bool = True) -> None:
    """Runs `body` against a started service."""

    async def run() -> None:
        service = Service([make_account(0)])
        await service.start()
        files = DictFiles()
        if trust:
            install_authority(cast("FileSystem", files), service.certificates.authority_pem)
        network = PhoneNetwork(DictSettings(), cast("FileSystem", files), Radio(), service.internet)
        client = PhoneClient(network, RealClock(), uid=10_100, pins=pins, seconds=0.6)
        try:
            await body(service, client)
        finally:
            await client.close()
            await service.stop()

    asyncio.run(run())


async def log_in(service: Service, client: PhoneClient, password: str | None = None) -> Answer:
    account = next(iter(service.accounts.accounts.values()))
    form = {
        "mix_mode": "1",
        "multi_login": "1",
        "account_sdk_source": "app",
        "username": mixed(account.user),
        "password": mixed(password or account.password),
    }
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return await client.request("POST", LOGIN, headers=headers, content=urlencode(form).encode())


def test_log_in_gives_a_session_that_opens_the_profile() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        welcome = await log_in(service, client)
        data: dict[str, Any] = welcome.json()["data"]
        assert welcome.json()["message"] == "success"
        assert len(welcome.headers["x-tt-logid"]) == 34
        headers = {"cookie": f"sessionid={data['session_key']}"}
        profile = await client.request(
            "GET", f"https://{API_HOST}/aweme/v1/user/profile/self/", headers=headers
        )
        user = profile.json()["user"]
        assert user["follower_count"] == data["followers_count"] > 0
        assert len(str(user["uid"])) == 19

    with_service(body)


def test_wrong_password_is_refused_then_too_many() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        codes = [
            (await log_in(service, client, "not it")).json()["data"]["error_code"] for _ in range(6)
        ]
        assert codes == [1009] * 5 + [1034]

    with_service(body)


OUTCOMES: dict[str, int | type[NetworkError]] = {
    "http-500": 500,
    "http-502": 502,
    "http-503": 503,
    "http-429": 429,
    "error-envelope": 200,
    "hang": TimedOutError,
    "reset-after-request": BrokenAnswerError,
    "close-after-request": BrokenAnswerError,
    "truncated-body": BrokenAnswerError,
    "h2-reset": BrokenAnswerError,
    "h2-goaway": BrokenAnswerError,
    "bad-gzip": NetworkError,
    "empty-body": UnreadableAnswerError,
    "html-body": UnreadableAnswerError,
    "wrong-json": UnreadableAnswerError,
    "refused-connection": UnreachableError,
    "reset-in-handshake": UnreachableError,
    "silent-handshake": TimedOutError,
    "expired-certificate": TlsRefusedError,
    "not-yet-valid-certificate": TlsRefusedError,
    "self-signed-certificate": TlsRefusedError,
    "wrong-host-certificate": TlsRefusedError,
    "captcha": 200,
    "wrong-password": 200,
    "banned": 200,
    "two-step": 200,
    "age-gate": 200,
    "new-device": 200,
    "rate-limit": 200,
    "too-many-attempts": 200,
    "unknown-user": 200,
    "http-500-page": 500,
    "http-503-upstream": 503,
    "http-504": TimedOutError,  # the test's client waits 0.6 s
    "http-507": 507,
    "http-520": 520,
    "http-404": 404,
    "unknown-error-code": 200,
    "stack-trace": UnreadableAnswerError,
    "zero-bytes": UnreadableAnswerError,
    "bad-brotli": NetworkError,
    "not-gzip": NetworkError,
    "reset-in-body": BrokenAnswerError,
    "hang-in-body": TimedOutError,
    "h2-refused-stream": BrokenAnswerError,
    "h2-goaway-internal": BrokenAnswerError,
    "close-in-handshake": UnreachableError,
    "alert-in-handshake": NetworkError,
    "plain-on-tls-port": NetworkError,
    "captcha-without-text": 200,
    "rate-limit-without-text": 200,
    "wrong-password-other-code": 200,
}


@pytest.mark.parametrize("name", OUTCOMES)
def test_fault_breaks_log_in_only_and_heals(name: str) -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_faults([(name, "login")])
        await service.settled()
        due = OUTCOMES[name]
        if isinstance(due, int):
            answer = await log_in(service, client)
            assert answer.status == due
            if due == 200:
                assert answer.json()["message"] == "error"
        else:
            with pytest.raises(due):
                (await log_in(service, client)).json()
        assert (await client.request("GET", FEED)).status == 200
        service.trouble.set_faults([])
        await service.settled()
        await client.close()
        assert (await log_in(service, client)).json()["message"] == "success"

    with_service(body)


def test_each_fault_of_log_in_has_a_row() -> None:
    due = {name for name, fault in FAULTS.items() if "login" in fault.scopes}
    by_config = {"dead-dns-name", "region-ban", "forced-update", "welcome-back", "username-change"}
    by_config |= {"shapeless", "null-data"}
    assert due - set(OUTCOMES) - by_config == {"drip-body", "slow", "zero-counters"}


def test_stale_counters_are_lower_than_the_list_and_not_zero() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        data = (await log_in(service, client)).json()["data"]
        headers = {"cookie": f"sessionid={data['session_key']}"}
        service.trouble.set_faults([("stale-counters", "profile")])
        profile = f"https://{API_HOST}/aweme/v1/user/profile/self/"
        user = (await client.request("GET", profile, headers=headers)).json()["user"]
        follower_list = f"https://{API_HOST}/aweme/v1/user/follower/list/"
        total = (await client.request("GET", follower_list, headers=headers)).json()["total"]
        assert 0 < user["follower_count"] < total
        assert user["history_max_follower_count"] == total  # no counter of the screen
        assert user["following_count"] == 95

    with_service(body)


@pytest.mark.parametrize("incident", ["us-power-2026", "regional-500"])
def test_another_region_stays_well_in_an_incident_of_one(incident: str) -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_incident(incident)
        abroad = f"https://{ABROAD_HOST}/aweme/v1/compliance/settings/"
        assert (await client.request("GET", abroad)).json()["status_code"] == 0
        if incident == "regional-500":
            assert (await client.request("GET", FEED)).status == 500
        else:
            with pytest.raises(TimedOutError):
                await log_in(service, client)

    with_service(body)


def test_after_the_ban_comes_welcome_back_until_none_is_said_again() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        async def sent() -> tuple[object, object]:
            settings = f"https://{API_HOST}/service/settings/v3/"
            data = (await client.request("GET", settings)).json()["data"]
            popup = data["popup"]
            return (data["region_ban"] or {}).get("title"), popup and popup["title"]

        service.trouble.set_incident("us-ban-2025")
        assert await sent() == ("Sorry, TikTok isn't available right now", None)
        service.trouble.set_incident("none")
        assert await sent() == (None, "Welcome back!")
        service.trouble.set_incident("none")
        assert await sent() == (None, None)

    with_service(body)


@pytest.mark.parametrize("name", ["shapeless", "null-data"])
def test_a_success_without_data(name: str) -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_faults([(name, "feed")])
        answer = (await client.request("GET", FEED)).json()
        assert answer["status_code"] == 0
        assert answer.get("aweme_list") is None
        assert ("aweme_list" in answer) == (name == "null-data")

    with_service(body)


def test_a_filter_cuts_only_handshakes_that_name_the_host() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_weather(filtered=True)
        with pytest.raises(NetworkError):
            await client.request("GET", FEED)
        service.trouble.set_weather(filtered=False, inspected=True)
        with pytest.raises(TlsRefusedError):
            await client.request("GET", FEED)
        service.trouble.set_weather(inspected=False)
        assert (await client.request("GET", FEED)).status == 200

    with_service(body)


def test_zero_counters_and_dead_name_and_notices() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        settings = f"https://{API_HOST}/service/settings/v3/"
        service.trouble.set_faults([("zero-counters", "login"), ("region-ban", "feed")])
        assert (await log_in(service, client)).json()["data"]["followers_count"] == 0
        assert "law" in (await client.request("GET", settings)).json()["data"]["region_ban"]["text"]
        service.trouble.set_faults([("dead-dns-name", "login")])
        data = (await client.request("GET", settings)).json()["data"]
        assert data["login_host"] == RETIRED_LOGIN_HOST
        with pytest.raises(NoAddressError):
            await client.request("GET", f"https://{RETIRED_LOGIN_HOST}/")

    with_service(body)


def test_login_outage_meets_log_in_in_turn_and_leaves_videos() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_incident("login-outage")
        assert (await log_in(service, client)).status == 500
        assert (await log_in(service, client)).json()["message"] == "error"
        with pytest.raises(TimedOutError):
            await log_in(service, client)
        assert (await log_in(service, client)).status == 503
        assert (await client.request("GET", FEED)).json()["aweme_list"]
        clip = await client.request("GET", f"https://{CDN_HOST}/video/1.mp4")
        assert clip.body[4:8] == b"ftyp"

    with_service(body)


def test_every_incident_names_known_faults() -> None:
    for incident in INCIDENTS.values():
        for names in (*incident.faults.values(), *incident.aftermath.values()):
            assert {name for name in names if name} <= set(FAULTS)
        assert {verb for verb, _, _ in incident.phone} <= set(PHONE_VERBS)
        assert set(incident.faults) <= {*ALL_NEEDS, "login-check"}


def test_every_incident_of_the_timeline_names_its_source() -> None:
    for incident in INCIDENTS.values():
        if incident.faults:
            assert re.search(r"20\d\d", incident.about), incident.name
            assert re.search(r"\(.*[a-z].*\)", incident.about), incident.name


def test_portal_and_no_route_meet_every_host() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        service.trouble.set_weather(portal=True)
        await service.settled()
        with pytest.raises(TlsRefusedError):
            await client.request("GET", FEED)
        answer = await client.request("GET", "http://connectivitycheck.gstatic.com/generate_204")
        assert answer.status == 302
        service.trouble.set_weather(portal=False, cut_off=True)
        await service.settled()
        await client.close()
        with pytest.raises(UnreachableError):
            await client.request("GET", "http://connectivitycheck.gstatic.com/generate_204")

    with_service(body)


def test_phone_without_the_root_refuses() -> None:
    async def body(service: Service, client: PhoneClient) -> None:
        with pytest.raises(TlsRefusedError):
            await client.request("GET", FEED)

    with_service(body, trust=False)


def test_pinned_host_refuses_another_authority() -> None:
    stranger = Service([]).certificates.authority_pem.decode()

    async def body(service: Service, client: PhoneClient) -> None:
        with pytest.raises(PinError):
            await client.request("GET", FEED)
        assert (await client.request("GET", f"https://{CDN_HOST}/video/1.mp4")).status == 200

    with_service(body, pins=Pins(frozenset({API_HOST}), stranger))


@pytest.mark.parametrize(
    ("faults", "message"),
    [([("nonsense", "login")], "unknown fault"), ([("captcha", "feed")], "no scope")],
)
def test_unknown_faults_are_refused(faults: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Service([]).trouble.set_faults(faults)


def test_unknown_incident_is_refused() -> None:
    with pytest.raises(ValueError, match="unknown incident"):
        Service([]).trouble.set_incident("nonsense")
