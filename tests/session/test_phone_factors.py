"""What phones of a run differ in, read from their own facts."""

from __future__ import annotations

from harness.domain.facts import AppPackage, DeviceIdentity
from harness.domain.observation import Observation
from harness.domain.verdict import Incident
from harness.domain.vocabulary import Party
from harness.session.phone_factors import factors_of, with_shared_factors
from tests.attribution.build import TIKTOK, exchange


def seen(phone: str, facts: object, kind: str) -> Observation:
    return Observation("i", 0.0, 0.0, "adb", "h", kind, facts, device=phone)  # type: ignore[arg-type] - one of many


def test_factors_come_from_the_phone_the_app_and_its_hosts() -> None:
    identity = DeviceIdentity(
        "S", "Pixel 8", "G", 34, "14", "user", "f", simulated=False, carrier="T-Net"
    )
    app = AppPackage("p", "47.0.3", 1, None, None)
    call = exchange(host="api22-normal-c-alisg.tiktokv.com", path="/x")

    found = factors_of(
        [
            seen("a", identity, "device.identity"),
            seen("a", app, "app.package"),
            seen("a", call, "exchange"),
        ],
        TIKTOK,
    )

    assert found == {
        "a": {
            "model": "Pixel 8", "API level": "34", "carrier": "T-Net",
            "app version": "47.0.3", "region": "alisg",
        }
    }  # fmt: skip


def incident(*phones: str) -> Incident:
    return Incident("i", Party.SERVER, "s", "", "", (), phones=phones)


def test_an_incident_says_what_its_phones_share() -> None:
    factors = {f"p{n}": {"app version": "47" if n < 5 else "46", "region": "eu"} for n in range(10)}

    (told,) = with_shared_factors([incident("p0", "p1", "p2", "p3", "p4")], factors)

    assert told.statistics[0].startswith("5 of 5 phones with app version 47 failed, 0 of 5 others")
    assert told.region == "eu"
    assert with_shared_factors([incident("p0")], {"p0": {}, "p1": {}}) == [incident("p0")]
