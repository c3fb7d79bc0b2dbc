import pytest

from harness.simphone.ui.render.fonts import text_width
from harness.simphone.ui.render.text_wrap import ellipsize, fitting, wrap

TEXT = "The quick brown fox jumps over the lazy dog"


@pytest.mark.parametrize("width", [150, 300, 500, 2000])
def test_lines_fit_and_lose_no_word(width: int) -> None:
    lines = wrap(TEXT, size=40, bold=False, width=width)
    assert all(text_width(line, 40) <= width for line in lines)
    assert " ".join(lines) == TEXT


def test_a_cut_shows_an_ellipsis() -> None:
    lines = wrap(TEXT, size=40, bold=False, width=300, max_lines=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert text_width(lines[1], 40) <= 300


def test_newlines_and_long_words_break() -> None:
    assert wrap("a\n\nb", size=40, bold=False, width=300) == ("a", "", "b")
    pieces = wrap("m" * 50, size=40, bold=False, width=300)
    assert "".join(pieces) == "m" * 50
    assert len(pieces) > 1


def test_short_text_stays_whole() -> None:
    assert ellipsize("ok", size=40, bold=False, width=300) == "ok"
    assert fitting("abc", size=40, bold=False, width=0) == 0
