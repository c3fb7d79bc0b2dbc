"""Page objects on a screen that is a list of page sources."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.adapters.locator_file import load_locators
from harness.adapters.profile_file import load_profile
from harness.domain.facts import Facts
from harness.domain.facts.screen import LocatorMatch, LocatorMissing, Screen, ScreenValue
from harness.domain.observation import Observation
from harness.domain.secret import Secret
from harness.pages.app import App
from harness.pages.hand import Hand, Sight
from harness.pages.log_in import LogInPage
from harness.pages.profile_page import ProfilePage
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError, ElementGoneError, ElementMissingError

APP = "com.zhiliaoapp.musically"
PROFILE = load_profile("tiktok")
BOOK = load_locators("tiktok")


def node(cls: str, inner: str = "", package: str = APP, **attributes: str) -> str:
    words = {"text": "", "clickable": "false", "password": "false"} | {
        key.replace("_", "-"): value for key, value in attributes.items()
    }
    text = " ".join(f'{key}="{value}"' for key, value in words.items())
    full = f"android.widget.{cls}"
    return f'<{full} package="{package}" class="{full}" {text}>{inner}</{full}>'


def page(*nodes: str) -> str:
    return f'<hierarchy index="0">{"".join(nodes)}</hierarchy>'


TABS = node("FrameLayout", content_desc="Home", clickable="true") + node(
    "FrameLayout", content_desc="Profile", clickable="true"
)
FEED = page(TABS)
LOGGED_OUT = page(TABS, node("Button", text="Log in", clickable="true"))
FORM = page(
    node("LinearLayout", content_desc="Email / username", clickable="true"),
    node("EditText", text="", hint="Email or username"),
    node("EditText", text="", hint="Password", password="true"),
    node("Button", text="Log in", clickable="true"),
)
OWN = page(
    TABS,
    node("LinearLayout", node("TextView", text="12") + node("TextView", text="Following")),
    node("LinearLayout", node("TextView", text="3.8M") + node("TextView", text="Followers")),
    node("LinearLayout", node("TextView", text="7") + node("TextView", text="Likes")),
)
START = page(node("FrameLayout", package="com.android.systemui"))


class FakeUi:
    """Shows `sources` one after the other; a tap may show another page."""

    def __init__(self, *sources: str) -> None:
        self.sources = list(sources)
        self.tapped: list[str] = []
        self.typed: list[str] = []
        self.on_tap: Callable[[str], None] = lambda _xpath: None

    def source(self) -> str:
        return self.sources.pop(0) if len(self.sources) > 1 else self.sources[0]

    def screenshot(self) -> bytes:
        return b"PNG"

    def focus(self) -> tuple[str, str] | None:
        return APP, "Main"

    def tap(self, xpath: str) -> None:
        self.tapped.append(xpath)
        self.on_tap(xpath)

    def type(self, xpath: str, text: str | Secret) -> None:
        self.typed.append(text.reveal() if isinstance(text, Secret) else text)

    def text(self, xpath: str) -> str:
        return ""

    def back(self) -> None:
        self.tapped.append("back")

    def hide_keyboard(self) -> None:
        self.tapped.append("keyboard")


class Notes:
    def __init__(self) -> None:
        self.facts: list[tuple[str, Facts]] = []

    def write(
        self, kind: str, facts: Facts, *, scenario: str | None = None, step: str | None = None
    ) -> Observation:
        self.facts.append((kind, facts))
        return Observation("i", 0.0, 0.0, "appium", "h", kind, facts)

    def of(self, kind: str) -> list[Facts]:
        return [facts for name, facts in self.facts if name == kind]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def hand_on(
    ui: FakeUi, notes: Notes | None = None, *, attended: bool = False, clock: Time | None = None
) -> Hand:
    clock = clock or Time()
    return Hand(
        ui,
        Sight(BOOK, PROFILE, (APP,)),
        notes or Notes(),
        attended=attended,
        monotonic=clock.monotonic,
        sleep=clock.sleep,
    )


def test_it_waits_until_the_element_is_there() -> None:
    ui = FakeUi(START, START, FEED)

    hand_on(ui).tap("feed", "profile_tab")

    assert "Profile" in ui.tapped[0]


def test_a_missing_element_is_told_with_everything_that_was_tried() -> None:
    notes = Notes()

    with pytest.raises(ElementMissingError, match="'password' of page 'log_in_form'"):
        hand_on(FakeUi(FEED), notes).find("log_in_form", "password", timeout=2.0)

    (missing,) = notes.of("ui.missing")
    assert isinstance(missing, LocatorMissing)
    assert missing.waited >= 2.0
    assert missing.extra == {"front": APP, "page": "feed"}
    assert len(missing.tried) == 2
    assert notes.of("ui.screen")


def test_a_fallback_that_matched_is_a_finding_once() -> None:
    notes = Notes()
    only_text = page(node("TextView", text="Profile", clickable="true"))
    hand = hand_on(FakeUi(only_text), notes)

    hand.find("feed", "profile_tab")
    hand.find("feed", "profile_tab")

    (drift,) = notes.of("ui.locator")
    assert isinstance(drift, LocatorMatch)
    assert drift.matched.startswith("text 'Profile'")
    assert len(drift.died) == 1


def test_what_moved_away_is_looked_for_once_more() -> None:
    ui = FakeUi(FEED)
    gone = iter([True, False])

    def vanish(_xpath: str) -> None:
        if next(gone):
            raise ElementGoneError("stale")

    ui.on_tap = vanish
    hand_on(ui).tap("feed", "profile_tab")
    assert len(ui.tapped) == 2

    def always(_xpath: str) -> None:
        raise ElementGoneError("stale")

    ui.on_tap = always
    with pytest.raises(ElementMissingError):
        hand_on(ui).tap("feed", "profile_tab")


def test_first_run_dialogs_are_answered_on_the_way() -> None:
    asks = page(TABS, node("Button", text="Not now", clickable="true"))
    ui = FakeUi(asks, FEED)

    hand_on(ui).find("feed", "profile_tab")

    assert "Not now" in ui.tapped[0]


UNKNOWN = (
    f'<v bounds="[0,0][1080,2400]" package="{APP}" clickable="true">'
    f'<v package="{APP}" text="Meet boards" bounds="[0,0][9,9]"/></v>'
)
"""A dialog that the locator data do not know, over the whole screen."""


def test_what_something_unknown_lies_over_is_not_tapped() -> None:
    notes = Notes()
    tab = node(
        "FrameLayout", content_desc="Profile", clickable="true", bounds="[800,2200][1000,2350]"
    )
    covered = page(f'<v package="{APP}">{tab}{UNKNOWN}</v>')
    ui = FakeUi(covered)
    hand = hand_on(ui, notes)

    with pytest.raises(ElementMissingError, match="lies over it, 'Meet boards'"):
        hand.tap("feed", "profile_tab", timeout=2.0)

    assert not ui.tapped
    (missing,) = notes.of("ui.missing")
    assert isinstance(missing, LocatorMissing)
    assert missing.extra["covered_by"] == "Meet boards"
    assert hand.find("feed", "profile_tab").matched  # it can still be seen


def test_an_unknown_cover_that_goes_away_is_waited_for() -> None:
    tab = node(
        "FrameLayout", content_desc="Profile", clickable="true", bounds="[800,2200][1000,2350]"
    )
    ui = FakeUi(page(f'<v package="{APP}">{tab}{UNKNOWN}</v>'), page(tab))

    hand_on(ui).tap("feed", "profile_tab")

    assert len(ui.tapped) == 1


def test_a_page_that_nobody_knows_is_ours_to_learn() -> None:
    notes = Notes()

    with pytest.raises(ElementMissingError, match=r"feed or own_profile.*'Meet boards'"):
        hand_on(FakeUi(page(UNKNOWN)), notes).wait_for(("own_profile", "feed"), timeout=2.0)

    assert notes.of("ui.missing")


@pytest.mark.parametrize(
    "shown",
    [
        page(node("FrameLayout")),  # blank: the app's own failure
        page(node("ProgressBar")),
        page(node("TextView", text="No internet connection")),
        page(node("TextView", text="Apps", package="com.android.launcher")),
        FORM,
    ],
)
def test_waiting_for_a_page_in_vain_is_no_finding_of_ours(shown: str) -> None:
    assert hand_on(FakeUi(shown)).wait_for(("own_profile",), timeout=2.0) is None


ASKS = page(TABS, node("Button", text="Not now", clickable="true"))


def test_a_tap_that_a_dialog_took_is_repeated_once() -> None:
    ui = FakeUi(FEED, ASKS, FEED)
    hand = hand_on(ui)

    hand.tap("feed", "profile_tab")
    hand.find("feed", "home_tab")
    hand.find("feed", "home_tab")

    assert ["Profile" in xpath for xpath in ui.tapped] == [True, False, True]


def test_what_is_gone_after_the_tap_is_not_tapped_again() -> None:
    ui = FakeUi(FORM, ASKS, OWN)
    hand = hand_on(ui)

    hand.tap("log_in_form", "username_tab")
    hand.find("own_profile", "followers_label")

    assert len(ui.tapped) == 2


def test_a_tap_that_may_happen_once_is_ours_when_a_dialog_may_have_taken_it() -> None:
    notes = Notes()
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui, notes))
    log_in.submit()
    dialog = node("Button", text="Not now", clickable="true")
    ui.sources = [FORM.replace("</hierarchy>", dialog + "</hierarchy>"), FORM]

    with pytest.raises(ElementMissingError, match="lies over it, 'not_now'"):
        log_in.outcome(timeout=4.0)

    assert sum("Log in" in xpath for xpath in ui.tapped) == 1
    assert notes.of("ui.missing")


def test_a_dialog_long_after_the_tap_took_nothing() -> None:
    ui, clock = FakeUi(FORM), Time()
    hand = hand_on(ui, clock=clock)
    log_in = LogInPage(hand)
    log_in.submit()
    clock.now += 30.0
    dialog = node("Button", text="Not now", clickable="true")
    ui.sources = [FORM.replace("</hierarchy>", dialog + "</hierarchy>"), FORM]

    assert log_in.outcome(timeout=4.0).message == "nothing happened within 4 s"


def test_a_dialog_that_always_comes_back_is_left_alone() -> None:
    asks = page(TABS, node("Button", text="Not now", clickable="true"))
    ui = FakeUi(asks)
    hand = hand_on(ui)

    hand.find("feed", "profile_tab")
    hand.find("feed", "profile_tab")

    assert len(ui.tapped) == 3


@pytest.mark.parametrize(
    ("text", "verb"),
    [("TikTok keeps stopping", "crashed"), ("TikTok isn't responding", "does not respond")],
)
def test_the_systems_word_on_the_app_is_a_claim_about_the_product(text: str, verb: str) -> None:
    notes = Notes()
    dialog = page(node("TextView", package="android", text=text))

    with pytest.raises(AssertionError, match=f"TikTok {verb}"):
        hand_on(FakeUi(dialog), notes).find("feed", "home_tab")

    (screen,) = notes.of("ui.screen")
    assert isinstance(screen, Screen)
    assert screen.system_dialog in ("crash", "anr")


GATE = page(node("TextView", text="Drag the slider to fit the puzzle"))


def test_a_gate_ends_it_at_once_and_is_never_solved() -> None:
    notes, ui = Notes(), FakeUi(GATE)

    with pytest.raises(BlockedError) as caught:
        hand_on(ui, notes).find("feed", "home_tab")

    assert caught.value.reason == "captcha"
    assert not ui.tapped
    assert notes.of("ui.screen")


def test_a_person_at_the_phone_may_answer_it() -> None:
    hand_on(FakeUi(GATE, GATE, FEED), attended=True).find("feed", "home_tab")
    with pytest.raises(BlockedError, match="nobody answered"):
        hand_on(FakeUi(GATE), attended=True).find("feed", "home_tab")


def test_garbage_from_the_phone_is_an_instruments_failure() -> None:
    with pytest.raises(InstrumentError, match="no XML"):
        hand_on(FakeUi("{oops")).look()


def test_opening_waits_over_the_start_picture() -> None:
    ui, started = FakeUi(START, START, FEED), list[str]()

    class Icon:
        def start(self) -> None:
            started.append("start")

        def stop(self) -> None:
            started.append("stop")

    App(hand_on(ui), Icon()).open()
    assert started == ["stop", "start"]
    with pytest.raises(AssertionError, match="shows no page 30 s after its start"):
        App(hand_on(FakeUi(START)), Icon()).open()


def test_the_profile_tab_tells_who_is_logged_in() -> None:
    ui = FakeUi(LOGGED_OUT)
    profile = ProfilePage(hand_on(ui)).wait()
    assert (profile.logged_out, profile.logged_in, profile.problem) == (True, False, "")
    profile.open_log_in()
    assert "Log in" in ui.tapped[-1]

    error = page(TABS, node("TextView", text="Something went wrong"))
    broken = ProfilePage(hand_on(FakeUi(error))).wait()
    assert (broken.logged_in, broken.problem) == (False, "Something went wrong")
    assert ProfilePage(hand_on(FakeUi(FEED))).wait().problem == "nothing is shown"


def test_going_to_the_profile_from_a_page_without_tabs_goes_back_first() -> None:
    class Icon:
        def start(self) -> None: ...
        def stop(self) -> None: ...

    ui = FakeUi(FORM, OWN)

    assert App(hand_on(ui), Icon()).profile().logged_in
    assert ui.tapped[0] == "back"


def test_counters_are_read_as_a_person_reads_them() -> None:
    followers, following, likes, handle = ProfilePage(hand_on(FakeUi(OWN))).counters()

    assert followers == ScreenValue("follower_count", "3.8M", 3_800_000, approximate=True)
    assert (following.value, likes.value) == (12, 7)
    assert (handle.text, handle.value) == ("", None), "no element is no missing name"


@pytest.mark.parametrize(("shown", "value"), [("@anna", None), ("@", "")])
def test_a_handle_is_there_or_not_and_never_written_down(shown: str, value: str | None) -> None:
    screen = OWN.replace("</hierarchy>", node("TextView", text=shown) + "</hierarchy>")

    handle = ProfilePage(hand_on(FakeUi(screen))).counters()[-1]

    assert handle.value == value
    assert "anna" not in handle.text


def test_logging_in_from_sheet_to_profile() -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))

    log_in.choose_username_tab()
    log_in.type_user(Secret("anna"))
    log_in.type_password(Secret("hunter2"))
    log_in.submit()
    ui.sources = [FORM, OWN]

    assert log_in.outcome().logged_in
    assert ui.typed == ["anna", "hunter2"]


@pytest.mark.parametrize(
    ("after", "message"),
    [
        ("No internet connection", "No internet connection"),
        ("Incorrect account or password", "Incorrect account or password"),
        ("", "nothing happened within 45 s"),
    ],
)
def test_what_came_of_a_log_in_that_failed(after: str, message: str) -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))
    log_in.submit()
    ui.sources = [FORM.replace("</hierarchy>", node("TextView", text=after) + "</hierarchy>")]

    outcome = log_in.outcome()

    assert (outcome.logged_in, outcome.message) == (False, message)


def test_a_message_that_stood_there_before_is_not_the_outcome() -> None:
    old = FORM.replace("</hierarchy>", node("TextView", text="No internet") + "</hierarchy>")
    log_in = LogInPage(hand_on(FakeUi(old)))
    log_in.submit()

    assert log_in.outcome(timeout=3.0).message == "nothing happened within 3 s"


def test_a_captcha_after_the_tap_blocks() -> None:
    ui = FakeUi(FORM)
    log_in = LogInPage(hand_on(ui))
    log_in.submit()
    ui.sources = [GATE]

    with pytest.raises(BlockedError):
        log_in.outcome()


def test_logging_out_goes_through_the_settings() -> None:
    menu = node("ImageView", content_desc="Profile menu", clickable="true")
    entry = node("LinearLayout", content_desc="Settings and privacy", clickable="true")
    out = node("TextView", text="Log out", clickable="true")
    ui = FakeUi(page(TABS, menu, entry, out))

    ProfilePage(hand_on(ui)).log_out()

    assert [("menu" in x, "Settings" in x) for x in ui.tapped[:2]] == [(True, False), (False, True)]
    assert len(ui.tapped) == 4


def test_a_secret_shows_itself_to_nobody() -> None:
    secret = Secret("hunter2")

    assert f"{secret} {secret!r}" == "Secret(***) Secret(***)"
    assert secret.reveal() == "hunter2"
