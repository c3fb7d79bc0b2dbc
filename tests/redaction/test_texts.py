"""Free text."""

import pytest

from harness.redaction.pseudonym import Pseudonyms
from harness.redaction.texts import free_text

TAGS = Pseudonyms(b"k" * 32)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("token eyJhbGciOiJIUzI1.eyJzdWIiOiIx.abc-def end", "eyJhbGciOiJIUzI1"),
        ("Authorization: Bearer abcdef123456", "abcdef123456"),
        ('{"password": "hunter2"}', "hunter2"),
        ("url?session_id=ab12cd&x=1", "ab12cd"),
        ("mail to anna.k+x@example.co.uk please", "anna.k"),
        ("call +49 151 2345 6789 now", "2345"),
        ("call 0151 23456789 now", "23456789"),
        ("number 491512345678 sent", "491512345678"),
        ("id 7123456789012345678 shown", "7123456789012345678"),
        ("see /avatar/7123456789012345678.jpeg now", "7123456789012345678"),
        ("hash 0123456789abcdef0123456789abcdef here", "0123456789abcdef"),
        ("blob QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqMTIz= end", "QUJDREVG"),
    ],
)
def test_what_looks_secret_goes(text: str, secret: str) -> None:
    clean = free_text(text, TAGS)
    assert secret not in clean
    assert clean.split()[0] == text.split(maxsplit=1)[0] or secret in text.split(maxsplit=1)[0]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "short",
        "Too many attempts. Try again later.",
        "[Errno 111] Connect call failed ('127.0.0.1', 44321)",
        "2025-11-23T08:36:40.123456Z version 36.0.0-13206524",
        "HTTP/1 protocol error: received 211 bytes, expected 1000",
        "The client does not trust the proxy's certificate for api16-normal-c-useast1a.tiktokv.com",
        "https://api.test/aweme/v1/user/profile/self/",
        "at 0.1234567890123456 or 1763887000123456.5",
        "3.8M followers, 120 following",
    ],
)
def test_harmless_texts_stay(text: str) -> None:
    assert free_text(text, TAGS) == text


def test_redacting_twice_changes_nothing() -> None:
    once = free_text("write to a@b.example or +49 151 2345 6789, password=abc123", TAGS)
    assert free_text(once, TAGS) == once
