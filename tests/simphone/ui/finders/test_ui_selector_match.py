import pytest

from harness.simphone.ui.finders.ui_selector import UiScrollable, UiSelector, parse_selector
from harness.simphone.ui.finders.ui_selector_match import matching, wanted_by
from harness.simphone.ui.layout import lay_out
from harness.simphone.ui.widgets import column, list_view, text

ITEMS = list_view(text("one", height=100), text("two", height=100, desc="second"))
PAGE = column(ITEMS, text("two"))
lay_out(PAGE, (0, 0, 1000, 1000))
TEXT_VIEW = 'new UiSelector().className("android.widget.TextView")'
IN_LIST = "new UiScrollable(new UiSelector().scrollable(true))"


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('new UiSelector().text("two")', ["two", "two"]),
        ('new UiSelector().text("two").instance(1)', ["two"]),
        (f'{IN_LIST}.scrollIntoView(new UiSelector().text("two"))', ["two"]),
        (f'{IN_LIST}.scrollTextIntoView("one")', ["one"]),
        (f'{IN_LIST}.scrollDescriptionIntoView("second")', ["two"]),
        (
            f'{IN_LIST}.getChildByText({TEXT_VIEW}, "one")',
            ["one"],
        ),
        (f"{IN_LIST}.scrollForward()", [""]),
        ('new UiScrollable(new UiSelector().text("no list")).scrollForward()', []),
    ],
)
def test_matches(source: str, texts: list[str]) -> None:
    assert [node.text for node in matching(parse_selector(source), [PAGE])] == texts


def test_an_invisible_node_is_not_found() -> None:
    page = column(text("seen"), text("hidden", visible=False))
    lay_out(page, (0, 0, 1000, 1000))
    assert matching(UiSelector((("text", "hidden"),)), [page]) == []


def test_what_a_scrollable_searches_for() -> None:
    assert wanted_by(UiScrollable(UiSelector(), (("scrollForward", ()),))) is None
    wanted = wanted_by(UiScrollable(UiSelector(), (("scrollTextIntoView", ("x",)),)))
    assert wanted == UiSelector((("text", "x"),))
