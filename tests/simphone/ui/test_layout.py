import pytest

from harness.simphone.ui.layout import NOWHERE, intersect, lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import button, column, group, list_view, row, spacer, text

AREA = (0, 100, 1000, 1100)


def bounds(root: Node) -> list[tuple[int, int, int, int] | None]:
    return [child.bounds for child in root.children]


def test_a_column_gives_fixed_heights_and_shares_the_rest_by_weight() -> None:
    root = column(spacer(200), spacer(weight=1), spacer(weight=3))
    lay_out(root, AREA)
    assert bounds(root) == [(0, 100, 1000, 300), (0, 300, 1000, 500), (0, 500, 1000, 1100)]


def test_height_is_the_width_in_a_row() -> None:
    root = row(spacer(250), spacer(), spacer())
    lay_out(root, AREA)
    assert bounds(root) == [(0, 100, 250, 1100), (250, 100, 625, 1100), (625, 100, 1000, 1100)]


def test_a_button_in_a_high_row_keeps_its_height_in_the_middle() -> None:
    root = row(button("Follow", on_click=None, height=300), spacer())
    lay_out(root, AREA)
    assert root.children[0].bounds == (0, 534, 300, 666)


def test_shares_add_up_to_the_whole() -> None:
    root = row(*(spacer() for _ in range(7)))
    lay_out(root, AREA)
    assert root.children[-1].bounds == (857, 100, 1000, 1100)


def test_a_stack_puts_children_over_each_other_inside_the_padding() -> None:
    root = group(spacer(), spacer())
    root.style.padding = 20
    lay_out(root, AREA)
    assert bounds(root) == [(20, 120, 980, 1080)] * 2


def test_weight_nought_is_as_big_as_the_content() -> None:
    root = column(text("one line", size=40), spacer())
    lay_out(root, AREA)
    assert root.children[0].bounds == (0, 100, 1000, 152)


def test_an_invisible_child_takes_no_room() -> None:
    root = column(spacer(200, visible=False), spacer())
    lay_out(root, AREA)
    assert root.children[1].bounds == AREA


def test_own_bounds_are_kept_and_out_of_the_flow() -> None:
    root = column(spacer(bounds=(1, 2, 3, 4)), spacer())
    lay_out(root, AREA)
    assert bounds(root) == [(1, 2, 3, 4), AREA]


def test_what_does_not_fit_is_cut_at_the_window() -> None:
    root = column(spacer(900), spacer(300), spacer(300))
    lay_out(root, AREA)
    assert bounds(root)[1:] == [(0, 1000, 1000, 1100), NOWHERE]
    assert not root.children[2].shown


@pytest.mark.parametrize(("offset", "first"), [(0, 100), (300, -200), (9999, -900)])
def test_a_list_moves_by_its_offset_as_far_as_there_is_content(offset: int, first: int) -> None:
    root = list_view(*(spacer(500) for _ in range(4)), scroll_offset=offset)
    lay_out(root, AREA)
    frame = root.children[0].frame
    assert frame is not None
    assert frame[1] == first


def test_laying_out_again_follows_a_change() -> None:
    root = column(spacer(200), spacer())
    lay_out(root, AREA)
    root.children[0].height = 300
    lay_out(root, AREA)
    assert root.children[1].bounds == (0, 400, 1000, 1100)


def test_rectangles_without_common_part_meet_nowhere() -> None:
    assert intersect((0, 0, 10, 10), (10, 0, 20, 10)) == NOWHERE
    assert intersect((0, 0, 10, 10), (5, 5, 20, 20)) == (5, 5, 10, 10)


def test_mirrored_rows_begin_at_the_right() -> None:
    inner = row(spacer(100), spacer(), height=50)
    root = column(inner, row(spacer(250), spacer(), spacer()))
    lay_out(root, AREA, mirrored=True)
    assert bounds(inner) == [(900, 100, 1000, 150), (0, 100, 900, 150)]
    assert bounds(root.children[1]) == [
        (750, 150, 1000, 1100), (375, 150, 750, 1100), (0, 150, 375, 1100),
    ]  # fmt: skip

    lay_out(root, AREA)
    assert bounds(inner)[0] == (0, 100, 100, 150)
