"""One question to a resolver of the test's own."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from harness.adapters.second_resolver import question, resolvers, second_resolver
from harness.domain.resolve import ResolveMap, parse_resolve

NOBODY = ResolveMap()


@contextmanager
def resolver(flags: int, answers: int, *, number: int | None = None) -> Generator[str]:
    """Answers one question with a bare head; yields ADDR:PORT."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(3.0)

        def answer() -> None:
            try:
                asked, sender = sock.recvfrom(4096)
            except OSError:
                return
            own = struct.unpack_from(">H", asked)[0] if number is None else number
            head = struct.pack(">HHHHHH", own, flags, 1, answers, 0, 0)
            sock.sendto(head + asked[12:], sender)

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"127.0.0.1:{sock.getsockname()[1]}"
        thread.join(4.0)


@pytest.mark.parametrize(
    ("flags", "answers", "result", "said"),
    [
        (0x8180, 1, "ok", "it has an address"),
        (0x8180, 0, "failed", "it has no address"),
        (0x8183, 0, "failed", "the name does not exist"),
        (0x8182, 0, "failed", "it cannot be found out (code 2)"),
    ],
)
def test_what_a_resolver_says(
    flags: int, answers: int, result: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with resolver(flags, answers) as place:
        monkeypatch.setenv("HARNESS_RESOLVER", place)
        made = second_resolver("api.shop.example", 443, resolve=NOBODY, timeout=2.0)
    assert (made.result, made.stages, made.target) == (
        result,
        {"dns": said},
        "api.shop.example:443",
    )


@pytest.mark.parametrize(
    ("flags", "number"), [(0x8180, 77_000 & 0xFFFF), (0x0100, None)], ids=["other-id", "no-answer"]
)
def test_an_answer_to_somebody_else_is_none(
    flags: int, number: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def always_five(_: int) -> int:
        return 5

    monkeypatch.setattr("secrets.randbelow", always_five)
    with resolver(flags, 1, number=number) as place:
        monkeypatch.setenv("HARNESS_RESOLVER", place)
        made = second_resolver("a.example", 443, resolve=NOBODY, timeout=2.0)
    assert made.result == "not_made"


def test_a_chosen_address_needs_no_resolver_and_a_chosen_name_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chosen = ResolveMap((parse_resolve("a.example:443:127.0.0.1"),))
    assert second_resolver("a.example", 443, resolve=chosen).result == "not_made"
    renamed = ResolveMap((parse_resolve("a.example:443:b.invalid"),))
    with resolver(0x8183, 0) as place:
        monkeypatch.setenv("HARNESS_RESOLVER", place)
        assert second_resolver("a.example", 443, resolve=renamed).result == "failed"


@pytest.mark.parametrize("name", ["." * 3, "x" * 70 + ".example"])
def test_a_name_that_cannot_be_asked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HARNESS_RESOLVER", "127.0.0.1:9")
    assert second_resolver(name, 443, resolve=NOBODY).result == "not_made"


def test_whom_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HARNESS_RESOLVER", raising=False)
    assert len(resolvers()) == 2
    monkeypatch.setenv("HARNESS_RESOLVER", "192.0.2.1")
    assert resolvers() == (("192.0.2.1", 53),)
    monkeypatch.setenv("HARNESS_RESOLVER", "my-router")
    made = second_resolver("a.example", 443, resolve=NOBODY)
    assert made.result == "not_made"
    assert "HARNESS_RESOLVER" in made.statement


def test_the_question_is_rfc_1035() -> None:
    assert question("ab.example.", 7) == (
        b"\x00\x07\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00\x02ab\x07example\x00\x00\x01\x00\x01"
    )
