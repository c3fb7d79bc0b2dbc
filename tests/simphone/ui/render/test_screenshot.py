import io

from PIL import Image

from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.render.screenshot import Screen, Screenshots
from harness.simphone.ui.system_bars import Status, StatusBar
from harness.simphone.ui.widgets import bottom_sheet, column, group, text

SCREEN = Geometry()


def page(background: str, words: str = "hello") -> Node:
    root = column(text(words))
    root.style.background = background
    lay_out(root, SCREEN.content(keyboard_shown=False))
    return root


def shot(screen: Screen) -> Image.Image:
    return Image.open(io.BytesIO(Screenshots(SCREEN).png(screen))).convert("RGB")


def test_the_page_colour_goes_behind_the_bars() -> None:
    image = shot(Screen(windows=(page("#102030"),)))
    assert image.size == (1080, 2400)
    assert image.getpixel((500, 5)) == (16, 32, 48)
    assert image.getpixel((5, 2395)) == (16, 32, 48)


def test_the_status_bars_ink_is_seen_on_light_and_dark() -> None:
    def darkest_and_lightest(background: str) -> tuple[int, int]:
        bar = StatusBar(SCREEN, Status(), "UTC", "en-US").window(0)
        image = shot(Screen(windows=(page(background),), status_bar=bar))
        low, high = image.crop((0, 0, 1080, 63)).convert("L").getextrema()
        assert isinstance(low, int)
        assert isinstance(high, int)
        return low, high

    assert darkest_and_lightest("#ffffff")[0] < 60
    assert darkest_and_lightest("#000000")[1] > 200


def test_equal_screens_are_encoded_once_and_changes_are_seen() -> None:
    screenshots = Screenshots(SCREEN)
    first = screenshots.png(Screen(windows=(page("#ffffff"),)))
    assert screenshots.png(Screen(windows=(page("#ffffff"),))) is first
    assert screenshots.png(Screen(windows=(page("#ffffff", "bye"),))) != first
    assert screenshots.png(Screen(dark=True)) != first


def test_a_sheet_darkens_the_bars_and_reaches_the_lower_edge() -> None:
    sheet = group(text("below"), bottom_sheet(text("Settings"), height=400))
    sheet.style.background = "#ffffff"
    lay_out(sheet, SCREEN.content(keyboard_shown=False))
    image = shot(Screen(windows=(sheet,)))
    assert image.getpixel((500, 5)) == (127, 127, 127)
    assert image.getpixel((2, 2395)) == (255, 255, 255)


def test_only_some_are_kept() -> None:
    screenshots = Screenshots(SCREEN)
    for number in range(12):
        screenshots.png(Screen(windows=(page("#ffffff", str(number)),)))
    assert len(screenshots._encoded) == 8


def test_layers_cover_each_other_in_order() -> None:
    toast = Node("android.widget.Toast", text="hi", bounds=(300, 1000, 700, 1100))
    toast.style.background = "#00ff00"
    keyboard = Node(bounds=(0, 900, 1080, 2400))
    keyboard.style.background = "#0000ff"
    image = shot(Screen(windows=(page("#ffffff"),), keyboard=keyboard, toast=toast))
    assert image.getpixel((310, 1005)) == (0, 255, 0)
    assert image.getpixel((10, 1000)) == (0, 0, 255)


def test_a_picture_is_drawn_only_when_something_changed() -> None:
    screens = Screenshots(SCREEN)
    first = screens.unless(Screen(windows=(page("#102030"),)), None)
    assert first is not None
    mark, image = first
    assert image.size == (1080, 2400)
    assert screens.unless(Screen(windows=(page("#102030"),)), mark) is None
    assert screens.unless(Screen(windows=(page("#302010"),)), mark) is not None
