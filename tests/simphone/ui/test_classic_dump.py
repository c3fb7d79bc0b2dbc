from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no type stubs

from harness.simphone.ui.classic_dump import dump
from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.widgets import button, column, edit_text, icon_button, spacer
from tests.simphone.ui.stand_ins import nothing


def test_the_classic_form() -> None:
    page = column(
        icon_button("back", on_click=nothing),
        button('say "hi" & go', on_click=nothing, rid="a.b:id/go"),
        edit_text("secret", hint="Password", password=True, on_text=lambda _: None),
        spacer(100, visible=False, text="hidden"),
        package="a.b",
    )
    lay_out(page, (0, 0, 1080, 2400))
    xml = dump([page])
    assert "\n" not in xml
    root = etree.fromstring(xml.encode())
    assert (root.tag, root.get("rotation")) == ("hierarchy", "0")
    nodes = list(root.iter("node"))
    assert [node.get("text") for node in nodes] == ["", "", 'say "hi" & go', "••••••"]
    assert list(nodes[2].keys()) == [
        "index",
        "text",
        "resource-id",
        "class",
        "package",
        "content-desc",
        "checkable",
        "checked",
        "clickable",
        "enabled",
        "focusable",
        "focused",
        "scrollable",
        "long-clickable",
        "password",
        "selected",
        "bounds",
    ]
    assert nodes[1].get("NAF") == "true"
    assert nodes[2].get("bounds") == "[0,132][1080,264]"
    assert "secret" not in xml
