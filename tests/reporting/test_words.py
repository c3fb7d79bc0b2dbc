"""How confidence, times and controls are said."""

import pytest

from harness.domain.vocabulary import Outcome, Party, Visibility
from harness.reporting import words


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (1.0, "almost certain"),
        (0.95, "almost certain"),
        (0.9, "very sure"),
        (0.7, "fairly sure"),
        (0.5, "unsure"),
        (0.1, "a guess at best"),
    ],
)
def test_sureness(confidence: float, said: str) -> None:
    assert words.sureness(confidence) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2026-11-23T09:42:16.161Z", "2026-11-23 09:42:16 UTC"),
        ("2026-11-23T10:42:16+01:00", "2026-11-23 09:42:16 UTC"),
        ("yesterday", "yesterday"),
        (None, ""),
    ],
)
def test_moments(iso: str | None, said: str) -> None:
    assert words.moment(iso) == said


def test_every_word_of_the_vocabularies_is_said() -> None:
    assert set(words.OUTCOMES) == set(Outcome)
    assert set(words.PARTIES) == set(Party)
    assert set(words.VISIBILITIES) == set(Visibility)


def test_an_unknown_control_keeps_its_name() -> None:
    assert words.control("second_phone") == "Second phone"
    assert words.control("new_control") == "new control"
