import pytest

from harness.simphone.ui import widgets
from harness.simphone.ui.node import Node
from tests.simphone.ui.stand_ins import nothing


@pytest.mark.parametrize(
    ("node", "cls", "clickable"),
    [
        (widgets.text("a"), "android.widget.TextView", False),
        (widgets.text("a", on_click=nothing), "android.widget.TextView", True),
        (widgets.button("a", on_click=nothing), "android.widget.Button", True),
        (
            widgets.edit_text("a", hint="b", on_text=lambda _: None),
            "android.widget.EditText",
            True,
        ),
        (widgets.image(icon="home"), "android.widget.ImageView", False),
        (widgets.image(icon="home", on_click=nothing), "android.widget.ImageView", True),
        (widgets.icon_button("back", on_click=nothing), "android.widget.ImageView", True),
        (widgets.row(), "android.widget.LinearLayout", False),
        (widgets.column(on_click=nothing), "android.widget.LinearLayout", True),
        (widgets.group(cls="android.view.ViewGroup"), "android.view.ViewGroup", False),
        (widgets.progress(), "android.widget.ProgressBar", False),
        (
            widgets.checkbox("a", checked=True, on_click=nothing),
            "android.widget.CheckBox",
            True,
        ),
        (widgets.webview(), "android.webkit.WebView", False),
        (widgets.list_view(), "androidx.recyclerview.widget.RecyclerView", False),
        (widgets.divider(), "android.view.View", False),
    ],
)
def test_each_is_the_view_that_android_has_for_it(node: Node, cls: str, clickable: bool) -> None:
    assert (node.cls, node.clickable) == (cls, clickable)


def test_flags_are_fields_of_the_node_and_win() -> None:
    node = widgets.group(on_click=nothing, clickable=False, selected=True, weight=3)
    assert (node.clickable, node.selected, node.weight) == (False, True, 3)
    with pytest.raises(TypeError):
        widgets.text("a", no_such_field=1)


def test_frames_stack_and_other_groups_are_columns() -> None:
    assert widgets.group().direction == "stack"
    assert widgets.group(cls="android.widget.LinearLayout").direction == "column"
    assert widgets.group(cls="android.widget.LinearLayout", direction="row").direction == "row"


def test_buttons_look_by_state() -> None:
    looks = {
        widgets.button("a", on_click=nothing).style.background,
        widgets.button("a", on_click=nothing, enabled=False).style.background,
        widgets.button("a", on_click=nothing, primary=False).style.background,
    }
    assert len(looks) == 3


def test_a_tab_bar_marks_the_selected_tab() -> None:
    bar = widgets.tab_bar(
        [widgets.Tab("Home", "home", on_click=nothing, selected=True), widgets.Tab("Inbox")]
    )
    home, inbox = bar.children
    assert (home.selected, home.clickable, inbox.selected) == (True, True, False)
    assert [child.text for child in home.children] == ["", "Home"]


def test_overlays_take_all_touches() -> None:
    for overlay in (
        widgets.bottom_sheet(widgets.text("a"), height=300),
        widgets.dialog(widgets.text("a"), height=300),
    ):
        assert overlay.clickable
