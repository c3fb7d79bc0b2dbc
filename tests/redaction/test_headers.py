"""Headers and cookies."""

from harness.domain.profile import Secrets
from harness.redaction.headers import redact_headers
from harness.redaction.names import Names
from harness.redaction.pseudonym import Pseudonyms

TAGS = Pseudonyms(b"k" * 32)
GIVEN = [
    ("Content-Type", "application/json"),
    ("Cookie", "sessionid=abc; ttwid=def"),
    ("Set-Cookie", "sessionid=xyz; Path=/; HttpOnly"),
    ("X-Tt-Token", "03deadbeef"),
    ("X-Gorgon", "8404"),
    ("X-Device-Id", "7001"),
    ("Location", "https://a.test/x?token=1"),
    ("X-Tt-Logid", "20251123083640ABCDEF0123456789ABCDEF01"),
    ("X-Note", "write to a@b.example"),
]


def test_headers_keep_order_names_and_evidence() -> None:
    clean = redact_headers(GIVEN, Names(Secrets(drop=("x-gorgon",))), TAGS)
    assert [name for name, _ in clean] == [name for name, _ in GIVEN]
    assert [value for _, value in clean] == [
        "application/json",
        "sessionid=<dropped>; ttwid=<dropped>",
        "sessionid=<dropped>; Path=/; HttpOnly",
        "<dropped>",
        "<dropped>",
        TAGS.tag("7001"),
        "https://a.test/x?token=<dropped>",
        "20251123083640ABCDEF0123456789ABCDEF01",
        f"write to {TAGS.tag('a@b.example')}",
    ]
