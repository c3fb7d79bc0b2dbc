import pytest
from PIL import Image

from harness.simphone.ui.render.icon_shapes import ICONS
from harness.simphone.ui.render.icons import draw_icon


def drawn(name: str, side: int = 72) -> Image.Image:
    image = Image.new("RGB", (100, 100), (255, 255, 255))
    draw_icon(image, name, 14, 14, side, (0, 0, 0))
    return image


@pytest.mark.parametrize("name", [*sorted(ICONS), "plus", "battery:50", "no such icon"])
def test_each_icon_puts_ink_near_its_place_only(name: str) -> None:
    box = Image.eval(drawn(name).convert("L"), lambda value: 255 - value).getbbox()
    assert box is not None
    assert box[0] >= 2
    assert box[1] >= 8
    assert box[2] <= 98
    assert box[3] <= 92


def test_icons_differ() -> None:
    pictures = {name: drawn(name).tobytes() for name in ICONS if name not in ("person", "gear")}
    assert len(set(pictures.values())) == len(pictures)


def test_a_fuller_battery_has_more_ink() -> None:
    def ink(level: int) -> int:
        return sum(255 - value for value in drawn(f"battery:{level}").convert("L").tobytes())

    assert ink(0) < ink(40) < ink(100)
