from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.node import Node
from harness.simphone.ui.text_input import TextInput, is_field, set_text
from harness.simphone.ui.view_identity import identify
from harness.simphone.ui.widgets import column, edit_text, text


def form() -> Node:
    root = column(
        edit_text("", hint="one", on_text=lambda _: None),
        text("between"),
        edit_text("", hint="two", on_text=lambda _: None),
    )
    identify(root, None)
    lay_out(root, (0, 0, 1000, 1000))
    return root


def test_enter_goes_to_the_next_field_and_then_hides_the_keyboard() -> None:
    root, typing = form(), TextInput()
    first, _, second = root.children
    assert typing.field(root) is None
    typing.focus(first)
    typing.enter(root)
    assert typing.field(root) is second
    assert (first.focused, second.focused) == (False, True)
    assert typing.keyboard_wanted(root)
    typing.enter(root)
    assert typing.field(root) is second
    assert not typing.keyboard_wanted(root)


def test_focus_outlives_a_new_tree_with_the_same_view_only() -> None:
    root, typing = form(), TextInput()
    typing.focus(root.children[0])
    redrawn = form()
    assert typing.field(redrawn) is None
    redrawn.children[0].view_id = root.children[0].view_id
    assert typing.field(redrawn) is redrawn.children[0]
    typing.clear()
    assert typing.field(redrawn) is None
    assert typing.field(None) is None


def test_only_enabled_fields_take_text() -> None:
    taken: list[str] = []
    node = edit_text("a", hint=None, on_text=taken.append)
    set_text(node, "ab")
    node.enabled = False
    set_text(node, "abc")
    assert (taken, node.text) == (["ab"], "ab")
    assert is_field(node)
    assert not is_field(text("a"))
