"""Reading of page sources: the shapes of the server, several windows, six languages."""

import pytest

from harness.adapters.locator_file import load_locators
from harness.domain.facts.screen import ScreenMessage
from harness.domain.locator import Dialog, Element, Locator, LocatorBook, Page
from harness.domain.profile import TextMeaning
from harness.screens.errors import BlockedError, ElementMissingError, SourceError
from harness.screens.matching import dismissal, match_dialog, match_element, recognise
from harness.screens.messages import find_messages, says
from harness.screens.numbers import count_after_label, read_count
from harness.screens.reading import read_screen
from harness.screens.source import PageSource
from harness.screens.xpath import literal, xpath_of

APP = "com.zhiliaoapp.musically"
SYSTEM = "com.android.systemui"
BOOK = load_locators("tiktok")


def node(cls: str, package: str = APP, inner: str = "", **attributes: str) -> str:
    words = {"text": "", "clickable": "false", "password": "false"} | {
        key.replace("_", "-"): value for key, value in attributes.items()
    }
    text = " ".join(f'{key}="{value}"' for key, value in words.items())
    full = f"android.widget.{cls}"
    return f'<{full} package="{package}" class="{full}" {text}>{inner}</{full}>'


def source(*nodes: str) -> PageSource:
    return PageSource(
        "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>"
        f'<hierarchy index="0" class="hierarchy" rotation="0">{"".join(nodes)}</hierarchy>'
    )


CLOCK = node("TextView", SYSTEM, text="12:00")
FORM = (
    node("LinearLayout", content_desc="Phone", clickable="true"),
    node("LinearLayout", content_desc="Email / username", clickable="true"),
    node("EditText", text="Email or username", hint="Email or username"),
    node("EditText", text="Password", hint="Password", password="true"),
    node("Button", text="Log in", clickable="true"),
)


def test_no_xml_is_an_error() -> None:
    with pytest.raises(SourceError, match="is no XML"):
        PageSource('{"value": oops')


@pytest.mark.parametrize(
    ("text", "expected"),
    [("plain", "'plain'"), ("it's", '"it\'s"'), ("a'b\"c", "concat('a', \"'\", 'b\"c')")],
)
def test_xpath_literals(text: str, expected: str) -> None:
    assert literal(text) == expected


@pytest.mark.parametrize(
    ("locator", "count"),
    [
        (Locator(texts=("Log in",)), 1),
        (Locator(texts=("Log",)), 0),
        (Locator(texts=("Log",), contains=True), 1),
        (Locator(class_name="EditText"), 2),
        (Locator(class_name="EditText", position=-1), 1),
        (Locator(flags={"password": True}), 1),
        (Locator(descs=("Phone", "Telefon")), 1),
        (Locator(texts=("12:00",)), 0),  # another package's window
    ],
)
def test_locators_are_scoped_to_the_app(locator: Locator, count: int) -> None:
    assert source(CLOCK, *FORM).count(xpath_of(locator, [APP])) == count


def test_scopes_within_beside_and_along() -> None:
    counters = node(
        "LinearLayout",
        inner=node("TextView", text="12") + node("TextView", text="Followers"),
        clickable="true",
    )
    other = node("LinearLayout", inner=node("TextView", text="7") + node("TextView", text="Likes"))
    shown = source(counters, other)
    label = Element("label", (Locator(texts=("Followers",)), Locator(texts=("Abonnés",))))
    elements = {"label": label, "gone": Element("gone", (Locator(texts=("Gone",)),))}
    value = Locator(class_name="TextView", beside="label", position=1)

    assert shown.attribute(xpath_of(value, [APP], elements), "text") == "12"
    tapped = Locator(texts=("Followers",), clickable_parent=True)
    assert shown.attribute(xpath_of(tapped, [APP]), "clickable") == "true"
    assert shown.count(xpath_of(Locator(texts=("7",), along="label"), [APP], elements)) == 1
    assert shown.count(xpath_of(Locator(texts=("7",), along="gone"), [APP], elements)) == 0
    inside = Locator(class_name="TextView", within="label")
    assert shown.count(xpath_of(inside, [APP], elements)) == 0


def test_the_first_locator_that_works_is_used_and_the_dead_ones_are_told() -> None:
    page = Page("p", ("x",), {"x": Element("x", (Locator(descs=("Gone",)), Locator(texts=("A",))))})

    found = match_element(source(node("TextView", text="A")), page, "x", [APP])

    assert found is not None
    assert (found.matched, found.died) == ("text 'A'", ("desc 'Gone'",))
    assert match_element(source(CLOCK), page, "x", [APP]) is None


@pytest.mark.parametrize(
    ("nodes", "page"),
    [
        (FORM, "log_in_form"),
        (
            (node("TextView", text="Use phone / email / username", clickable="true"),),
            "log_in_sheet",
        ),
        ((node("FrameLayout", content_desc="Home"), node("TextView", text="x")), "feed"),
        (
            (
                node("FrameLayout", content_desc="Profile", clickable="true"),
                node("Button", text="Log in", clickable="true"),
            ),
            "logged_out_profile",
        ),
        (
            (node("TextView", text="Suivis"), node("TextView", text="Followers")),
            "own_profile",
        ),
        ((CLOCK,), None),
    ],
)
def test_pages_are_recognised(nodes: tuple[str, ...], page: str | None) -> None:
    assert recognise(source(*nodes), BOOK, [APP]) == page


def test_an_empty_fields_placeholder_is_not_its_text() -> None:
    fields = [each for each in source(*FORM).shown([APP]) if each.class_name.endswith("EditText")]

    assert [each.placeholder for each in fields] == [True, True]


GATE = TextMeaning("captcha", "gate", "a captcha", {"en": ("drag the slider",)})
ERROR = TextMeaning(
    "no_internet", "error", "no network", {"en": ("no internet",), "fr": ("réseau",)}
)


def test_messages_of_the_app_once_each_and_cleaned() -> None:
    shown = source(
        node("TextView", SYSTEM, text="No internet"),
        node("TextView", text="Drag the slider to fit the puzzle"),
        node("Toast", text="NO INTERNET connection for anna"),
        node("TextView", text="no internet again"),
        node("EditText", text="drag the slider"),
    )

    found = find_messages(
        shown, (GATE, ERROR), [APP], clean=lambda text: text.replace("anna", "<x>")
    )

    assert found == (
        ScreenMessage("captcha", "Drag the slider to fit the puzzle"),
        ScreenMessage("no_internet", "NO INTERNET connection for <x>"),
    )
    assert says(ERROR, "Erreur de réseau")
    assert not says(ERROR, "all is well")


def test_a_start_picture_is_launching_not_crashed() -> None:
    screen = read_screen(source(CLOCK), BOOK, (), [APP])

    assert (screen.launching, screen.empty, screen.page) == (True, False, None)


def test_another_apps_window_is_neither() -> None:
    home = source(node("TextView", "com.launcher", text="Apps"))

    screen = read_screen(home, BOOK, (), [APP], focus=("com.launcher", "com.launcher.Home"))

    assert (screen.launching, screen.package) == (False, "com.launcher")


def test_empty_and_loading_pages() -> None:
    empty = read_screen(source(CLOCK, node("FrameLayout")), BOOK, (), [APP])
    busy = read_screen(source(node("ProgressBar")), BOOK, (), [APP])
    said = read_screen(source(node("View", content_desc="Loading...")), BOOK, (), [APP])

    assert (empty.empty, empty.spinner, empty.package) == (True, False, APP)
    assert (busy.empty, busy.spinner) == (False, True)
    assert said.spinner


def test_system_dialogs_are_named_and_answered() -> None:
    crash = source(
        node("TextView", "android", text="TikTok keeps stopping"),
        node("Button", "android", text="Close app", resource_id="android:id/aerr_close"),
    )
    asks = source(
        node("TextView", "com.android.permissioncontroller",
             resource_id="com.android.permissioncontroller:id/permission_message"),
        node("Button", "com.android.permissioncontroller", clickable="true",
             resource_id="com.android.permissioncontroller:id/permission_deny_button"),
    )  # fmt: skip

    assert read_screen(crash, BOOK, (), [APP]).system_dialog == "crash"
    dialog = match_dialog(asks, BOOK.dialogs, [APP])
    assert dialog is not None
    assert dialog.kind == "permission"
    answer = dismissal(asks, dialog, [APP])
    assert answer is not None
    assert "permission_deny_button" in answer.matched


LOW, HIGH = "[0,600][1000,700]", "[200,900][800,1000]"


def _button(bounds: str, *, enabled: bool = True) -> str:
    return node(
        "Button", text="Continue", clickable="true", bounds=bounds, enabled=str(enabled).lower()
    )


def _over(card: str) -> str:
    """The card of a dialog, which takes taps, with what is on it."""
    return node("FrameLayout", clickable="true", bounds="[100,500][900,1100]", inner=card)


@pytest.mark.parametrize(
    ("below", "card", "tapped"),
    [
        (_button(LOW, enabled=False), _over(_button(HIGH)), HIGH),
        (_button(LOW), _over(_button(HIGH)), HIGH),
        (_button(HIGH), _over(_button(LOW, enabled=False)), HIGH),  # nothing better is there
        ("", _over(_button(HIGH)), HIGH),
    ],
)
def test_a_dialogs_answer_is_its_own_button(below: str, card: str, tapped: str) -> None:
    screen = source(node("FrameLayout", inner=below + card))
    locator = Locator(texts=("Continue",), flags={"clickable": True})
    dialog = Dialog("d", "popup", Element("m", (locator,)), dismiss=Element("x", (locator,)))

    answer = dismissal(screen, dialog, [APP])

    assert answer is not None
    found = screen.first(answer.xpath)
    assert found is not None
    assert found.attrib["bounds"] == tapped


def test_a_dialog_without_answer_stays() -> None:
    dialog = Dialog("d", "system", Element("m", (Locator(texts=("X",)),)))

    assert dismissal(source(CLOCK), dialog, [APP]) is None
    assert match_dialog(source(CLOCK), (dialog,), [APP]) is None
    assert recognise(source(CLOCK), LocatorBook({}), [APP]) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", (0, False)),
        ("1234", (1234, False)),
        ("1,234", (1234, False)),
        ("12.345", (12345, False)),
        ("1 234 567", (1234567, False)),
        ("1\u202f234", (1234, False)),
        ("3.8M", (3_800_000, True)),
        ("3,8\u00a0M", (3_800_000, True)),
        ("1.2K", (1200, True)),
        ("2,5 Mio.", (2_500_000, True)),
        ("10 Tsd.", (10_000, True)),
        ("1.1万", (11_000, True)),
        ("١٢٣٤", (1234, False)),
        ("\u200f١٬٢٣٤", (1234, False)),
        ("٣٫٨ مليون", (3_800_000, True)),
        ("\u061c١٫٢ ألف", (1200, True)),
        ("12,34", None),
        ("Followers", None),
        ("@anna", None),
        ("3 apples", None),
        ("1.2.3K", None),
        ("", None),
    ],
)
def test_localised_counters(text: str, expected: tuple[int, bool] | None) -> None:
    assert read_count(text) == expected


def test_errors_tell_what_was_tried() -> None:
    missing = ElementMissingError("p", "x", ("text 'A'", "id 'b'"), 10.0)

    assert "Tried: text 'A'; id 'b'" in str(missing)
    assert str(BlockedError("captcha", "a captcha is shown")) == (
        "blocked: a captcha is shown (captcha)"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Followers 3,8 M", (3_800_000, True)),
        ("Drafts: 3", (3, False)),
        ("المتابعون ٣٫٨ مليون", (3_800_000, True)),
        ("المسودات:\u200f \u200f٣", (3, False)),
        ("المتابعون\u200f 3.8M\u200e", (3_800_000, True)),
        ("Log in", None),
    ],
)
def test_a_counter_behind_its_label(text: str, expected: tuple[int, bool] | None) -> None:
    assert count_after_label(text) == expected
