from harness.simphone.ui.node import Node
from harness.simphone.ui.view_identity import identify
from harness.simphone.ui.widgets import column, edit_text, list_view, text


def form(name: str = "", error: str = "") -> Node:
    parts = [
        text("Log in"),
        edit_text(name, hint="Name", on_text=lambda _: None),
        edit_text("", hint="Password", password=True, on_text=lambda _: None),
        text("Forgot?"),
    ]
    return column(*([text(error)] if error else []), *parts)


def by_hint(root: Node, hint: str) -> int:
    return next(node.view_id for node in root.walk() if node.hint == hint)


def test_a_redrawn_page_keeps_its_views() -> None:
    old, new = form(), form("typed", "Wrong password")
    identify(old, None)
    identify(new, old)
    assert by_hint(new, "Name") == by_hint(old, "Name")
    assert by_hint(new, "Password") == by_hint(old, "Password")
    assert new.view_id == old.view_id


def test_a_new_view_gets_a_new_id() -> None:
    old, new = form(), form(error="Wrong password")
    identify(old, None)
    identify(new, old)
    ids = [node.view_id for node in new.walk()]
    assert len(set(ids)) == len(ids) == 6
    known = {node.view_id for node in old.walk()}
    assert [node.text for node in new.walk() if node.view_id not in known] == ["Wrong password"]


def test_another_page_shares_nothing() -> None:
    old, new = form(), column(text("Home"), text("For You"), text("Following"))
    identify(old, None)
    identify(new, old)
    assert not {node.view_id for node in old.walk()} & {node.view_id for node in new.walk()}


def test_a_kept_node_keeps_its_id_wherever_it_goes() -> None:
    kept = text("kept")
    old, new = column(kept, text("a")), column(text("b"), text("c"), kept)
    identify(old, None)
    before = kept.view_id
    identify(new, old)
    assert kept.view_id == before


def test_a_list_stays_where_it_was_scrolled_to() -> None:
    old, new = list_view(text("a")), list_view(text("a"))
    identify(old, None)
    old.scroll_offset = 120
    identify(new, old)
    assert new.scroll_offset == 120
