import base64
import io

import pytest
from PIL import Image

from harness.simphone.ui.rest.elements import ELEMENT_KEY
from harness.simphone.ui.widgets import column, text
from tests.simphone.ui.rest.driver import Driver, drive
from tests.simphone.ui.stand_ins import ACTIVITY, APP, FakePhone, LogIn, long_list


@pytest.mark.parametrize(
    ("strategy", "selector", "text"),
    [
        ("id", "go", "Continue"),
        ("accessibility id", "Back", ""),
        ("class name", "android.widget.EditText", "Email or username"),
        ("xpath", "//*[@password='true']", "Password"),
        ("-android uiautomator", 'new UiSelector().textContains("contin")', "Continue"),
    ],
)
def test_find_and_read(strategy: str, selector: str, text: str) -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        element = await driver.find(strategy, selector)
        assert await driver.get(f"element/{element}/text") == text
        many = await driver.post("elements", {"strategy": strategy, "selector": selector})
        assert many[0][ELEMENT_KEY] == many[0]["ELEMENT"] == element

    drive(script)


def test_what_is_not_there() -> None:
    async def script(driver: Driver) -> None:
        nothing = {"strategy": "id", "selector": "nothing", "context": "", "multiple": False}
        assert await driver.error("POST", "element", nothing) == (404, "no such element")
        assert await driver.post("elements", nothing) == []
        wrong = {"strategy": "xpath", "selector": "//*["}
        assert await driver.error("POST", "element", wrong) == (400, "invalid selector")
        wrong = {"strategy": "-android uiautomator", "selector": "new UiScrollable(3)"}
        assert await driver.error("POST", "element", wrong) == (400, "invalid selector")
        assert await driver.error("GET", "element/unknown/text") == (404, "stale element reference")
        assert await driver.error("GET", "element/active") == (404, "no such element")

    drive(script)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "Continue"),
        ("content-desc", None),
        ("contentDescription", None),
        ("resource-id", f"{APP}:id/go"),
        ("resourceId", f"{APP}:id/go"),
        ("class", "android.widget.Button"),
        ("className", "android.widget.Button"),
        ("package", APP),
        ("clickable", "true"),
        ("enabled", "false"),
        ("displayed", "true"),
        ("selected", "false"),
        ("checked", "false"),
        ("password", "false"),
        ("hint", None),
        ("bounds", "[0,514][1080,646]"),
        ("original-text", "Continue"),
    ],
)
def test_attributes(name: str, value: str | None) -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        element = await driver.find("id", "go")
        assert await driver.get(f"element/{element}/attribute/{name}") == value

    drive(script)


def test_an_unknown_attribute_is_an_error() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        path = f"element/{await driver.find('id', 'go')}/attribute/nonsense"
        assert await driver.error("GET", path) == (404, "no such attribute")

    drive(script)


def test_place_and_picture() -> None:
    async def script(driver: Driver) -> None:
        LogIn(driver.phone.display).open()
        element = await driver.find("id", "go")
        rect = await driver.get(f"element/{element}/rect")
        assert rect == {"x": 0, "y": 514, "width": 1080, "height": 132}
        assert await driver.get(f"element/{element}/size") == {"width": 1080, "height": 132}
        assert await driver.get(f"element/{element}/location") == {"x": 0, "y": 514}
        assert await driver.get(f"element/{element}/name") is None
        png = base64.b64decode(await driver.get(f"element/{element}/screenshot"))
        assert Image.open(io.BytesIO(png)).size == (1080, 132)

    drive(script)


def test_an_element_goes_stale_with_its_page_but_not_with_a_redraw() -> None:
    async def script(driver: Driver) -> None:
        app = LogIn(driver.phone.display).open()
        element = await driver.find("id", "go")
        app.typed("name")("zoe")
        assert await driver.get(f"element/{element}/text") == "Continue"
        app.window.set_content(column(text("Home"), text("For You")))
        stale = (404, "stale element reference")
        assert await driver.error("GET", f"element/{element}/text") == stale
        assert await driver.error("POST", f"element/{element}/click", {}) == stale

    drive(script)


def test_search_below_an_element_and_in_a_list() -> None:
    phone = FakePhone()
    phone.display.open_window(APP, ACTIVITY).set_content(long_list())

    async def script(driver: Driver) -> None:
        items = await driver.find("id", "list")
        row = await driver.find("xpath", ".//*[@content-desc='row-2']", items)
        assert await driver.get(f"element/{row}/text") == "Row 2"
        selector = (
            "new UiScrollable(new UiSelector().scrollable(true))"
            '.scrollIntoView(new UiSelector().text("Row 20"))'
        )
        row = await driver.find("-android uiautomator", selector)
        assert await driver.get(f"element/{row}/attribute/displayed") == "true"
        first = await driver.get(f"appium/element/{items}/first_visible")
        assert (await driver.get(f"element/{first[ELEMENT_KEY]}/text")).startswith("Row 1")

    drive(script, phone)
