import pytest

from harness.simphone.ui.keycodes import character, keycode


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("4", 4),
        ("KEYCODE_BACK", 4),
        ("HOME", 3),
        ("KEYCODE_7", 14),
        ("KEYCODE_A", 29),
        ("KEYCODE_Z", 54),
        ("ENTER", 66),
        ("KEYCODE_NONSENSE", None),
        ("back", None),
    ],
)
def test_names_and_numbers(name: str, code: int | None) -> None:
    assert keycode(name) == code


@pytest.mark.parametrize(
    ("code", "typed"), [(7, "0"), (16, "9"), (29, "a"), (54, "z"), (62, " "), (77, "@"), (4, None)]
)
def test_what_a_key_types(code: int, typed: str | None) -> None:
    assert character(code) == typed
