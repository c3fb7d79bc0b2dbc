import pytest

from harness.simphone.ui.finders.ui_selector import UiScrollable, UiSelector, parse_selector


@pytest.mark.parametrize(
    ("source", "conditions"),
    [
        ('new UiSelector().text("a")', (("text", "a"),)),
        ('UiSelector().text("a \\"b\\" \\\\ \\n");', (("text", 'a "b" \\ \n'),)),
        (
            'new UiSelector().className("a.B").enabled(false).instance(2)',
            (("className", "a.B"), ("enabled", False), ("instance", 2)),
        ),
        ("new UiSelector().clickable()", (("clickable", True),)),
        (
            'new UiSelector().fromParent(new UiSelector().text("x"))',
            (("fromParent", UiSelector((("text", "x"),))),),
        ),
        (
            'new androidx.test.uiautomator.UiSelector() . textMatches( "(?i)log.in" )',
            (("textMatches", "(?i)log.in"),),
        ),
        ("new UiSelector()", ()),
    ],
)
def test_selectors(source: str, conditions: tuple[object, ...]) -> None:
    assert parse_selector(source) == UiSelector(conditions)  # pyright: ignore[reportArgumentType] - table


def test_a_scrollable_and_its_moves() -> None:
    source = (
        "new UiScrollable(new UiSelector().scrollable(true).instance(0))"
        '.setMaxSearchSwipes(5).scrollIntoView(new UiSelector().text("Log out"))'
    )
    assert parse_selector(source) == UiScrollable(
        UiSelector((("scrollable", True), ("instance", 0))),
        (
            ("setMaxSearchSwipes", (5,)),
            ("scrollIntoView", (UiSelector((("text", "Log out"),)),)),
        ),
    )


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ('new UiSelector().txt("a")', "UiSelector has no txt method"),
        ("new UiSelector().text(1)", "wrong kind of argument for text"),
        ("new UiSelector().instance(true)", "wrong kind of argument for instance"),
        ('new UiSelector().text("a", "b")', "text takes one argument"),
        ("new UiSelector().text()", "text takes one argument"),
        ('new UiSelector().text("a"', "unexpected end"),
        ('new UiSelector().text("a") b', "unexpected 'b'"),
        ('new Button().text("a")', "expected UiSelector or UiScrollable"),
        ("new UiScrollable(3).scrollForward()", "UiScrollable needs a UiSelector"),
        ("new UiScrollable(new UiSelector()).dance()", "UiScrollable has no dance method"),
        (
            "new UiScrollable(new UiSelector()).scrollIntoView(3)",
            "scrollIntoView needs a UiSelector",
        ),
        ("new UiSelector().text(§)", "at 22"),
        ("", "unexpected end"),
    ],
)
def test_what_cannot_be_read_is_named(source: str, problem: str) -> None:
    with pytest.raises(ValueError, match="Could not parse") as caught:
        parse_selector(source)
    assert problem in str(caught.value)
