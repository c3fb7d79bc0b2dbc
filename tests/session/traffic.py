"""Traffic of a try as the session sees it, and a tap on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from harness.adapters.profile_file import load_profile
from harness.domain.facts import Facts
from harness.domain.facts.traffic import Envelope, Exchange
from harness.domain.observation import Observation
from harness.ports import ProxyAddress

PROFILE = load_profile("tiktok")
API = "api16-normal-c-useast1a.tiktokv.com"
REFUSAL = f"The client does not trust the proxy's certificate for {API} (tlsv1 alert unknown ca)"


def seen(kind: str, facts: Facts, **where: Any) -> Observation:
    return Observation("i", 0.0, where.pop("mono", 0.0), "proxy", "h", kind, facts, **where)


def exchange(code: int | None, family: str = "passport", status: int = 200) -> Exchange:
    envelope = None if code is None else Envelope(family, code)
    return Exchange(
        flow="f", client="c", ordinal=1, method="POST", scheme="https", host=API, port=443,
        path="/passport/user/login/", http_version="HTTP/2.0", begun=1.0, sent=1.1, head=1.2,
        ended=1.3, status=status, envelope=envelope, body="json",
        content_type="application/json",
    )  # fmt: skip


class Tap:
    """A TrafficTap that notes what is passed through."""

    gave_up: str | None = None

    def __init__(self) -> None:
        self.passed: list[list[str]] = []

    @property
    def address(self) -> ProxyAddress:
        return ProxyAddress("127.0.0.1", 1, Path("/ca"), 1)

    def alive(self) -> bool:
        return True

    def pass_through(self, hosts: Sequence[str]) -> None:
        self.passed.append(list(hosts))

    def stop(self) -> None: ...
