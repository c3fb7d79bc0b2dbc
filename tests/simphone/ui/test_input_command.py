import asyncio

import pytest

from harness.simphone.contracts import PhoneSpec
from harness.simphone.ui.input_command import input_command
from tests.simphone.ui.stand_ins import APP, FakePhone, LogIn, invocation, long_list, node_of


def run(phone: FakePhone, *words: str) -> tuple[int, bytes, bytes]:
    command, out, err = invocation(phone, "input", *words)
    code = asyncio.run(input_command(command))
    return code, out.data, err.data


def test_tap_text_and_keys() -> None:
    phone = FakePhone()
    app = LogIn(phone.display).open()
    x, y = node_of(phone.display, hint="Email or username").centre
    assert run(phone, "tap", str(x), str(y)) == (0, b"", b"")
    assert run(phone, "touchscreen", "-d", "0", "tap", f"{x}.4", str(y))[0] == 0
    assert run(phone, "text", "two%swords")[0] == 0
    assert run(phone, "keyevent", "KEYCODE_DEL", "67", "--longpress", "KEYCODE_X")[0] == 0
    assert app.name == "two worx"


def test_swipe_scrolls() -> None:
    phone = FakePhone()
    phone.display.open_window(APP, "Main").set_content(long_list())
    before = node_of(phone.display, desc="row-3").bounds
    assert run(phone, "swipe", "500", "1500", "500", "1200", "1")[0] == 0
    assert node_of(phone.display, desc="row-3").bounds != before


def test_a_finger_goes_down_moves_and_is_lifted() -> None:
    phone = FakePhone()
    phone.display.open_window(APP, "Main").set_content(long_list())
    before = node_of(phone.display, desc="row-3").bounds
    for words in (("DOWN", "500", "1500"), ("MOVE", "500", "1400"), ("UP", "500", "1200")):
        assert run(phone, "motionevent", *words)[0] == 0
    moved = node_of(phone.display, desc="row-3").bounds
    assert moved != before
    for words in (("DOWN", "500", "1500"), ("CANCEL", "0", "0"), ("UP", "500", "1200")):
        assert run(phone, "motionevent", *words)[0] == 0  # the finger that is lifted is a tap
    assert node_of(phone.display, desc="row-3").bounds == moved
    assert run(phone, "motionevent", "SIDEWAYS", "1", "1")[0] == 255
    assert run(phone, "keycombination", "3", "4")[0] == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("tap", "1"), b"Error: Invalid arguments for command: tap"),
        (("tap", "a", "b"), b"Error: Invalid arguments"),
        (("swipe", "1", "2", "3"), b"Error: Invalid arguments"),
        (("keyevent",), b"Error: Invalid arguments"),
        (("keyevent", "NONSENSE"), b"Error: Invalid arguments"),
        (("dance",), b"Error: Unknown command: dance"),
    ],
)
def test_what_android_refuses(words: tuple[str, ...], message: bytes) -> None:
    code, _, err = run(FakePhone(), *words)
    assert code == 255
    assert err.startswith(message)


@pytest.mark.parametrize(
    ("words", "since"),
    [(("motionevent", "DOWN", "1", "1"), 29), (("keycombination", "3", "4"), 31)],
)
def test_what_came_with_a_later_version(words: tuple[str, ...], since: int) -> None:
    for api in (since - 1, since):
        code, _, err = run(FakePhone(spec=PhoneSpec("test", api=api)), *words)
        assert (code == 0) == (api == since)
        assert api == since or err.startswith(f"Error: Unknown command: {words[0]}".encode())


def test_usage_and_the_trackball() -> None:
    code, out, _ = run(FakePhone())
    assert code == 255
    assert out.startswith(b"Usage: input")
    assert run(FakePhone(), "roll", "1", "1")[0] == 0
