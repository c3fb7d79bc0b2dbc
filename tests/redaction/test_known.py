"""Known secret values in all their forms."""

import base64
from urllib.parse import quote, quote_plus

import pytest

from harness.redaction.known import forms, redact_texts

PASSWORD = "S3cr&t pä$$"
DATA = PASSWORD.encode()


@pytest.mark.parametrize(
    "written",
    [
        PASSWORD,
        PASSWORD.upper().replace("Ä", "ä"),
        quote(PASSWORD),
        quote_plus(PASSWORD),
        quote(PASSWORD).lower(),
        DATA.hex(),
        DATA.hex().upper(),
        bytes(byte ^ 5 for byte in DATA).hex(),
        base64.b64encode(DATA).decode(),
        base64.urlsafe_b64encode(DATA).decode().rstrip("="),
        "S3cr&amp;t pä$$",
        "S3cr&t p\\u00e4$$",
    ],
)
def test_each_form_goes(written: str) -> None:
    clean = redact_texts(f"before {written} after", [PASSWORD])
    assert clean.startswith("before <secret>")
    assert written not in clean
    assert clean.endswith(" after")


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz", "user=anna&password="])
def test_base64_of_a_longer_text_around_it(before: str) -> None:
    secret = "correct-horse-9"
    whole = base64.b64encode(f"{before}{secret}&more".encode()).decode()
    assert "<secret>" in redact_texts(whole, [secret])


def test_the_longest_value_wins() -> None:
    assert redact_texts("anna.k2025", ["anna", "anna.k2025"]) == "<secret>"


def test_short_values_and_no_values_change_nothing() -> None:
    assert forms("ab") == set()
    assert redact_texts("cab", ["ab", ""]) == "cab"
    assert redact_texts("text", []) == "text"
