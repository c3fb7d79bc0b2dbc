import asyncio

import pytest

from harness.simphone.ui.display import PhoneDisplay
from harness.simphone.ui.finders.strategy import InvalidSelectorError, Scope, find
from harness.simphone.ui.node import Node
from tests.simphone.ui.stand_ins import APP, LogIn, new_display, node_of


def log_in_page() -> PhoneDisplay:
    display = new_display()
    app = LogIn(display).open()
    app.typed("name")("zoe")
    asyncio.run(display.tap(*node_of(display, hint="Password").centre))
    return display


def names(nodes: list[Node]) -> list[str]:
    return [node.text or node.hint or node.desc or node.cls.rpartition(".")[2] for node in nodes]


UI = "-android uiautomator"
BUTTON = 'new UiSelector().className("android.widget.Button")'
FIELD = 'new UiSelector().className("android.widget.EditText")'


@pytest.mark.parametrize(
    ("strategy", "selector", "found"),
    [
        ("id", "go", ["Continue"]),
        ("id", f"{APP}:id/go", ["Continue"]),
        ("id", "android:id/content", ["FrameLayout"]),
        ("id", "o", []),
        ("accessibility id", "Back", ["Back"]),
        ("class name", "android.widget.EditText", ["zoe", "Password"]),
        ("xpath", "//android.widget.EditText", ["zoe", "Password"]),
        ("xpath", '//*[@text="Continue"]', ["Continue"]),
        ("xpath", '//*[@hint="Password" and @password="true"]', ["Password"]),
        ("xpath", '//*[contains(@resource-id, ":id/go")]/preceding-sibling::*[1]', ["Password"]),
        ("xpath", "(//android.widget.EditText)[2]", ["Password"]),
        ("xpath", f'/hierarchy/*[@package="{APP}"]', ["FrameLayout"]),
        ("xpath", "//nothing", []),
        (UI, 'new UiSelector().text("Continue")', ["Continue"]),
        (UI, 'new UiSelector().textContains("LOG")', ["Log in"]),
        (UI, 'new UiSelector().textStartsWith("log")', ["Log in"]),
        (UI, 'new UiSelector().textMatches("Log.*")', ["Log in"]),
        (UI, 'new UiSelector().textMatches("Log")', []),
        (UI, 'new UiSelector().description("Back")', ["Back"]),
        (UI, 'new UiSelector().descriptionContains("ACK").clickable(true)', ["Back"]),
        (UI, f'new UiSelector().resourceId("{APP}:id/go")', ["Continue"]),
        (UI, 'new UiSelector().resourceIdMatches(".*:id/(go|secret)")', ["Password", "Continue"]),
        (UI, f'new UiSelector().packageName("{APP}").enabled(false)', ["Continue"]),
        (UI, 'new UiSelector().className("android.widget.EditText").instance(1)', ["Password"]),
        (UI, 'new UiSelector().className("android.widget.EditText").instance(2)', []),
        (UI, "new UiSelector().focused(true)", ["Password"]),
        (
            UI,
            f'new UiSelector().resourceId("{APP}:id/title").fromParent({BUTTON})',
            ["Continue"],
        ),
        (
            UI,
            f'new UiSelector().resourceId("android:id/content").childSelector({FIELD})',
            ["zoe", "Password"],
        ),
        (UI, f'new UiSelector().packageName("{APP}").index(4)', ["Continue"]),
    ],
)
def test_strategies(strategy: str, selector: str, found: list[str]) -> None:
    display = log_in_page()
    scope = Scope(display.roots(), package=APP)
    assert names(find(strategy, selector, scope)) == found


@pytest.mark.parametrize(
    ("strategy", "selector"),
    [
        ("xpath", "//*[@text="),
        ("xpath", "count(//*)"),
        ("xpath", "//x:y"),
        (UI, "new UiSelector().nonsense()"),
        (UI, 'new UiSelector().textMatches("(")'),
        ("css selector", "a"),
    ],
)
def test_unreadable_selectors(strategy: str, selector: str) -> None:
    with pytest.raises(InvalidSelectorError):
        find(strategy, selector, Scope(log_in_page().roots()))


@pytest.mark.parametrize(
    ("strategy", "selector", "found"),
    [
        ("class name", "android.widget.ImageView", ["Back"]),
        ("class name", "android.widget.EditText", []),
        ("xpath", ".//android.widget.ImageView", ["Back"]),
        ("xpath", "//android.widget.ImageView", ["Back"]),
        ("xpath", ".//*", ["Back"]),
        ("xpath", "//*", ["Back"]),
        (UI, "new UiSelector().clickable(true)", ["Back"]),
    ],
)
def test_below_an_element(strategy: str, selector: str, found: list[str]) -> None:
    display = log_in_page()
    bar = next(
        node
        for root in display.roots()
        for node in root.walk()
        if node.package == APP and [child.desc for child in node.children] == ["Back"]
    )
    assert names(find(strategy, selector, Scope(display.roots(), context=bar))) == found


def test_ids_are_not_completed_when_that_is_switched_off() -> None:
    scope = Scope(log_in_page().roots(), package=APP, complete_ids=False)
    assert find("id", "go", scope) == []
