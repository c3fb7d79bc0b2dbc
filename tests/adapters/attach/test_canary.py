"""The canary request from the phone."""

from __future__ import annotations

import re

import pytest

from harness.adapters.attach import canary
from harness.adapters.attach.canary import BY_ADDRESS, send_canary, through_proxy
from tests.adapters.attach.phone_stand_in import StandIn


class Answering(StandIn):
    """Echoes the token, as our proxy does."""

    def _run(self, command: str) -> tuple[str, int]:
        if command.startswith("( printf"):
            token = re.search(r"(?:invalid|GET )/(\w+)", command)
            assert token is not None
            return f"HTTP/1.1 204 No Content\r\nX-Harness-Canary: {token[1]}\r\n\r\n", 0
        return self._curl(command) if "curl" in command else super()._run(command)

    curl: tuple[str, int] | None = None
    """What `curl` prints, and its exit code; None = the phone has none."""

    def _curl(self, command: str) -> tuple[str, int]:
        if command == "command -v curl":
            return "", 0 if self.curl else 1
        assert self.curl is not None
        assert "-x http://127.0.0.1:8081 https://harness-canary.invalid/system/" in command
        return self.curl


@pytest.mark.parametrize(
    ("curl", "trust", "canary"),
    [
        (None, "system", "reached"),
        (("204", 0), "system", "decrypted"),
        (("000", 60), "system", "refused"),
        (("000", 28), "system", "reached"),  # a time-out says nothing of the trust
        (("204", 0), "none", "reached"),  # not tried: nothing is to be expected
        (("204", 0), "user", "reached"),  # curl knows the system store alone
    ],
)
def test_seen(curl: tuple[str, int] | None, trust: str, canary: str) -> None:
    phone = Answering()
    phone.curl = curl
    seen = send_canary(phone, through_proxy(8081), trust)
    assert (seen.canary, seen.trust) == (canary, trust)


@pytest.mark.parametrize("answer", ["", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 502 Bad\r\n"])
def test_an_answer_of_someone_else_is_not_ours(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canary, "_TRIES", 1)
    phone = StandIn()
    phone.answer = answer
    assert send_canary(phone, through_proxy(8080), "none").canary == "not_seen"


def test_without_nc_or_adb_it_is_not_made() -> None:
    assert send_canary(StandIn(nc=False), through_proxy(8080), "none").canary == "not_made"
    phone = StandIn()
    phone.broken = lambda command: True
    assert "device offline" in send_canary(phone, through_proxy(8080), "none").detail


def test_without_a_proxy_on_the_phone_it_goes_to_an_address_that_nobody_has() -> None:
    phone = Answering()
    sent: list[str] = []
    phone.broken = lambda command: bool(sent.append(command))
    send_canary(phone, BY_ADDRESS, "none")
    (asked,) = [command for command in sent if "printf" in command]
    assert "GET /" in asked
    assert asked.endswith("| nc -w 3 192.0.2.80 80")
