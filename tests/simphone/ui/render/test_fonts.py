import pytest

from harness.simphone.ui.render.fonts import covers, line_height, shape, text_width


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Log in", "Log in"),
        ("café", "cafe"),
        ("Zoë Łukasiewicz", "Zoe Lukasiewicz"),
        ("Größe", "Grosse"),
        ("«oui»", "«oui»"),
        ("❤️ hi", "    hi"),
    ],
)
def test_letters_that_are_missing_become_letters_and_marks(text: str, plain: str) -> None:
    assert shape(text).plain == plain


def test_marks_know_their_letter() -> None:
    assert shape("né É").marks == (
        (1, "combining acute accent"),
        (3, "capital combining acute accent"),
    )
    assert shape("••").marks == ((0, "bullet2"), (2, "bullet2"))


def test_coverage_and_widths() -> None:
    assert covers("a")
    assert not covers("é")
    assert text_width("wwww", 40) > text_width("ii", 40) > 0
    assert text_width("bold", 40, True) > text_width("bold", 40, False)
    assert text_width("é", 40) == text_width("e", 40)
    assert line_height(40) == 52
