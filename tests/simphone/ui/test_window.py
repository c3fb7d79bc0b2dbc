from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.widgets import column, text
from harness.simphone.ui.window import AppWindow, WindowKind

SCREEN = Geometry()


def test_an_apps_content_lies_in_androids_own_frame() -> None:
    window = AppWindow("a.b", "Main")
    assert window.tree(SCREEN, keyboard_shown=False) is None
    page = column(text("hello"))
    window.set_content(page)
    tree = window.tree(SCREEN, keyboard_shown=False)
    assert tree is not None
    assert [node.rid for node in tree.walk()][:3] == [None, None, "android:id/content"]
    assert tree.bounds == (0, 0, 1080, 2400)
    assert page.bounds == (0, 63, 1080, 2337)
    assert {node.package for node in tree.walk()} == {"a.b"}
    assert all(node.view_id for node in tree.walk())


def test_the_keyboard_makes_the_content_smaller() -> None:
    window, page = AppWindow("a.b", "Main"), column(text("hello"))
    window.set_content(page)
    window.tree(SCREEN, keyboard_shown=True)
    assert page.bounds == (0, 63, 1080, 1560)


def test_a_dialog_has_the_whole_screen_and_no_frame() -> None:
    window = AppWindow("android", "Question", kind=WindowKind.DIALOG)
    page = column(text("?"))
    window.set_content(page)
    assert window.tree(SCREEN, keyboard_shown=False) is page
    assert page.bounds == SCREEN.screen


def test_views_added_to_a_kept_tree_get_ids() -> None:
    window, page = AppWindow("a.b", "Main"), column(text("hello"))
    window.set_content(page)
    page.children.append(text("later"))
    window.tree(SCREEN, keyboard_shown=False)
    assert page.children[-1].view_id > 0
