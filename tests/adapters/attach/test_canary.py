"""The canary request from the phone."""

from __future__ import annotations

import re

import pytest

from harness.adapters.attach import canary
from harness.adapters.attach.canary import send_canary
from tests.adapters.attach.phone_stand_in import StandIn


class Answering(StandIn):
    """Echoes the token, as our proxy does."""

    def _run(self, command: str) -> tuple[str, int]:
        if command.startswith("( printf"):
            token = re.search(r"invalid/(\w+)", command)
            assert token is not None
            return f"HTTP/1.1 204 No Content\r\nX-Harness-Canary: {token[1]}\r\n\r\n", 0
        return super()._run(command)


def test_seen() -> None:
    seen = send_canary(Answering(), 8081, "system")
    assert (seen.canary, seen.trust) == ("reached", "system")


@pytest.mark.parametrize("answer", ["", "HTTP/1.1 204 No Content\r\n\r\n", "HTTP/1.1 502 Bad\r\n"])
def test_an_answer_of_someone_else_is_not_ours(
    answer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canary, "_TRIES", 1)
    phone = StandIn()
    phone.answer = answer
    assert send_canary(phone, 8080, "none").canary == "not_seen"


def test_without_nc_or_adb_it_is_not_made() -> None:
    assert send_canary(StandIn(nc=False), 8080, "none").canary == "not_made"
    phone = StandIn()
    phone.broken = lambda command: True
    assert "device offline" in send_canary(phone, 8080, "none").detail
