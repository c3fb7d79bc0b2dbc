import asyncio
import re

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - no type stubs

from harness.simphone.ui.hierarchy import (
    SourceOptions,
    attributes,
    build,
    shown_text,
    tag,
    xml_safe,
)
from harness.simphone.ui.node import Node
from harness.simphone.ui.widgets import column, edit_text, row, spacer, text
from tests.simphone.ui.stand_ins import APP, LogIn, new_display, node_of

ORDER = [
    "index",
    "package",
    "class",
    "text",
    "content-desc",
    "resource-id",
    "checkable",
    "checked",
    "clickable",
    "enabled",
    "focusable",
    "focused",
    "long-clickable",
    "password",
    "scrollable",
    "selection-start",
    "selection-end",
    "selected",
    "bounds",
    "displayed",
    "hint",
]


def test_the_document_is_as_the_server_writes_it() -> None:
    display = new_display()
    LogIn(display).open()
    xml = build(display.roots()).xml()
    lines = xml.splitlines()
    assert lines[0] == "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
    assert lines[1] == (
        '<hierarchy index="0" class="hierarchy" rotation="0" width="1080" height="2400">'
    )
    assert (
        '<android.widget.Button index="4" package="com.example.app" class="android.widget.Button"'
        ' text="Continue" resource-id="com.example.app:id/go" checkable="false" checked="false"'
        ' clickable="true" enabled="false" focusable="true" focused="false"'
        ' long-clickable="false" password="false" scrollable="false" selected="false"'
    ) in xml


def test_every_node_has_its_attributes_in_the_servers_order() -> None:
    async def main() -> None:
        display = new_display()
        LogIn(display).open()
        await display.tap(*node_of(display, hint="Password").centre)
        await display.type_text("abc")
        root = etree.fromstring(build(display.roots()).xml().encode())
        for element in root.iterdescendants():
            names = list(element.keys())
            assert names == [name for name in ORDER if name in names]
            assert element.tag == element.get("class")
            assert "text" in names
            assert re.fullmatch(r"\[\d+,\d+\]\[\d+,\d+\]", element.get("bounds"))
        secret = root.find(".//*[@password='true']")
        assert secret.get("text") == "•••"
        assert (secret.get("selection-start"), secret.get("focused")) == ("3", "true")
        assert b"abc" not in etree.tostring(root)

    asyncio.run(main())


@pytest.mark.parametrize(
    ("value", "password", "shown"),
    [("", False, "Name"), ("", True, "Name"), ("zoe", False, "zoe"), ("zoe", True, "•••")],
)
def test_what_a_field_reports_as_text(value: str, password: bool, shown: str) -> None:
    field = edit_text(value, hint="Name", password=password, on_text=lambda _: None)
    assert shown_text(field) == shown


def test_null_values_are_left_out_but_text_is_always_there() -> None:
    values = dict(attributes(Node(bounds=(0, 0, 1, 1)), 7))
    assert values["text"] == ""
    assert values["index"] == "7"
    assert not {"content-desc", "resource-id", "hint", "selection-start"} & set(values)


@pytest.mark.parametrize(
    ("cls", "name"),
    [
        ("android.widget.Button", "android.widget.Button"),
        ("X.122f$a", "X.122f.a"),
        ("a@b#c&d", "a.b.c.d"),
        ("1bad", "android.view.View"),
        ("", "android.view.View"),
        ("with space", "android.view.View"),
    ],
)
def test_a_class_name_becomes_a_tag(cls: str, name: str) -> None:
    assert tag(cls) == name


def test_what_xml_cannot_hold_is_replaced() -> None:
    assert xml_safe("a\x00b\x1bc\nd\ud800") == "a?b?c\nd?"
    node = Node(text="\x07 <&>", bounds=(0, 0, 1, 1))
    root = etree.fromstring(build([node]).xml().encode())
    assert root[0].get("text") == "? <&>"


def test_settings_change_what_is_reported() -> None:
    hidden = spacer(10, visible=False, rid="hidden")
    page = column(row(text("a"), text("b")), hidden, package=APP)
    page.bounds = (0, 0, 100, 100)
    for node in page.walk():
        node.bounds = node.bounds or (0, 0, 50, 50)

    def ids(**options: bool | int) -> list[str]:
        source = build([page], SourceOptions(**options)).element  # pyright: ignore[reportArgumentType] - table of options
        return [item.get("resource-id") or item.get("text") for item in source.iterdescendants()]

    assert ids() == ["", "", "a", "b"]
    assert ids(allow_invisible=True) == ["", "", "a", "b", "hidden"]
    assert ids(compressed=True) == ["a", "b"]
    assert ids(max_depth=2) == ["", ""]
