import asyncio

import pytest

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.keyboard import (
    KEY_BACKSPACE,
    KEY_ENTER,
    KEY_LETTERS,
    KEY_PAGE,
    KEY_SHIFT,
    Keyboard,
)
from harness.simphone.ui.touch import touched


@pytest.mark.parametrize(
    ("presses", "typed"),
    [
        (["h", "i"], ["h", "i"]),
        ([KEY_SHIFT, "H", "i"], ["H", "i"]),
        ([KEY_PAGE, "7", "@", KEY_LETTERS, "a"], ["7", "@", "a"]),
        (["a", "Space", ".", KEY_BACKSPACE, KEY_ENTER], ["a", " ", ".", "Delete", "Enter"]),
    ],
)
def test_keys_type(presses: list[str], typed: list[str]) -> None:
    taken: list[str] = []

    async def take(key: str) -> None:
        taken.append(key)

    async def press_all() -> None:
        keyboard = Keyboard(Geometry(), take, "com.example.keys")
        for press in presses:
            root = keyboard.window()
            key = next(node for node in root.walk() if node.desc == press)
            assert touched(root, *key.centre) is key
            assert key.on_click is not None
            await key.on_click()

    asyncio.run(press_all())
    assert taken == typed


def test_keys_lie_inside_the_keyboard_and_not_over_each_other() -> None:
    async def take(_: str) -> None: ...

    root = Keyboard(Geometry(), take, "com.example.keys").window()
    assert root.bounds is not None
    assert root.package == "com.example.keys"
    keys = [key.bounds for key in root.children if key.bounds]
    for left, top, right, bottom in keys:
        assert root.bounds[0] <= left < right <= root.bounds[2]
        assert root.bounds[1] <= top < bottom <= root.bounds[3]
        others = [other for other in keys if other != (left, top, right, bottom)]
        assert not any(
            left < x2 and x1 < right and top < y2 and y1 < bottom for x1, y1, x2, y2 in others
        )
