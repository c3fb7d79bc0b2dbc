"""What apps and servers say is made harmless: directions shown, controls out, length cut."""

import pytest
from markupsafe import Markup

from harness.reporting.foreign_text import MOST, for_page, harmless, shorten, shorten_within


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – ünïcode 漢字", "plain – ünïcode 漢字"),
        ("evil\u202egpj.exe", "evil⟨U+202E⟩gpj.exe"),
        ("a\u2066b\u200fc", "a⟨U+2066⟩b⟨U+200F⟩c"),
        ("bell\x07 esc\x1b[31m nul\x00", "bell esc[31m nul"),
        ("line\nbreak\ttab", "line\nbreak\ttab"),
    ],
)
def test_marks_and_controls(text: str, shown: str) -> None:
    assert harmless(text) == shown


def test_a_body_of_10_mb_is_cut_and_its_length_said() -> None:
    shown = harmless("x" * 10_000_000)

    assert len(shown) < MOST + 40
    assert "10,000,000 characters" in shown


def test_our_own_markup_is_left_alone_and_nothing_is_empty() -> None:
    own = Markup("<svg>") * 2000

    assert for_page(own) is own
    assert for_page(None) == ""
    assert for_page(7) == 7


def test_shorten_makes_one_line() -> None:
    assert shorten("a\nb  c", 9) == "a b c"
    assert shorten("abcdefgh", 5) == "abcd…"


def test_a_cut_in_the_middle_keeps_the_answer() -> None:
    assert shorten_within("GET /a\n → 200", 38) == "GET /a → 200"
    assert shorten_within(f"GET /{'long/' * 20} → 503", 20, 8) == "GET /long/l…g/ → 503"
