"""Counters in seven languages, and that the harness reads back what the app writes."""

from __future__ import annotations

import pytest

from harness.screens.numbers import read_count
from harness.simphone.app.numbers import SHORT_FORMS, compact, localized
from harness.simphone.app.texts import TEXTS

NUMBERS = (0, 97, 9_999, 10_000, 20_913, 384_900, 999_999, 3_849_000, 2_000_000_000)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (0, "0 0 0 0 0 0 ٠"),
        (9_999, "9999 9999 9999 9999 9999 9999 ٩٩٩٩"),
        (10_000, "10K 10_k 10.000 10~mil 10~mil 10~rb ١٠~ألف"),
        (20_913, "20.9K 20,9_k 20.913 20,9~mil 20,9~mil 20,9~rb ٢٠٫٩~ألف"),
        (3_849_000, "3.8M 3,8_M 3,8~Mio. 3,8~M 3,8~mi 3,8~jt ٣٫٨~مليون"),
        (2_000_000_000, "2B 2_Md 2~Mrd. 2000~M 2~bi 2~M ٢~مليار"),
    ],
)
def test_each_language_shortens_in_its_own_way(number: int, shown: str) -> None:
    """`_` stands for the narrow space, `~` for the one that does not break."""
    forms = [localized(number, name) for name in ("en", "fr", "de", "es", "pt", "id", "ar")]
    assert [form.replace("\u202f", "_").replace("\u00a0", "~") for form in forms] == shown.split()


def test_descriptions_keep_dot_and_letter_in_every_language() -> None:
    assert [compact(number) for number in (97, 20_913, 3_849_000)] == ["97", "20.9K", "3.8M"]
    assert set(SHORT_FORMS) == set(TEXTS)


@pytest.mark.parametrize("language", sorted(SHORT_FORMS))
@pytest.mark.parametrize("number", NUMBERS)
def test_the_harness_reads_what_the_app_writes(language: str, number: int) -> None:
    for text in (localized(number, language), compact(number)):
        own = language if text != compact(number) else ""
        found = read_count(text, own)
        assert found is not None, text
        value, approximate = found
        assert abs(value - number) <= (0.1 * number if approximate else 0), text
