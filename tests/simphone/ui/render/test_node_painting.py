import pytest
from PIL import Image

from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.render.node_painting import paint_tree
from harness.simphone.ui.widgets import (
    button,
    checkbox,
    column,
    edit_text,
    image,
    list_view,
    progress,
    spacer,
    text,
)

AREA = (0, 0, 400, 400)
WHITE = (255, 255, 255)


def painted(root: Node) -> Image.Image:
    lay_out(root, AREA)
    canvas = Image.new("RGB", (400, 400), WHITE)
    paint_tree(canvas, root)
    return canvas


@pytest.mark.parametrize(
    "node",
    [
        text("hello"),
        button("Go", on_click=None),
        button("Go", on_click=None, primary=False),
        edit_text("", hint="Name", on_text=lambda _: None),
        edit_text("zoe", hint="Name", on_text=lambda _: None, focused=True),
        edit_text("zoe", hint="Name", on_text=lambda _: None, password=True),
        image(icon="home"),
        image(picture=3),
        progress(),
        checkbox("Save", checked=True, on_click=None),
        Node("android.widget.Switch", checkable=True, height=100),
        Node("android.widget.SeekBar", height=100),
    ],
)
def test_each_view_is_seen_and_no_two_look_the_same(node: Node) -> None:
    seen = painted(column(node, spacer()))
    assert len(seen.getcolors(1 << 20) or []) > 1
    assert seen.tobytes() != painted(column(text("something else"), spacer())).tobytes()


def test_a_password_is_never_drawn() -> None:
    def field(value: str) -> bytes:
        secret = edit_text(value, hint="Password", on_text=lambda _: None, password=True)
        return painted(column(secret, spacer())).tobytes()

    assert field("abcd") == field("wxyz")
    assert field("abcd") != field("abc")


def test_what_is_hidden_is_not_painted() -> None:
    page = column(spacer(100, visible=False, text="hidden"), spacer())
    assert set(painted(page).tobytes()) == {255}


def test_a_row_that_is_half_scrolled_away_is_cut_not_squeezed() -> None:
    def rows() -> list[Node]:
        return [image(picture=number, height=200) for number in range(4)]

    whole = painted(list_view(*rows()))
    moved = painted(list_view(*rows(), scroll_offset=100))
    assert moved.crop((0, 0, 400, 300)).tobytes() == whole.crop((0, 100, 400, 400)).tobytes()
