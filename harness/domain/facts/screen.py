"""What the phone's screen showed, as Appium reported it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ScreenMessage:
    """A text of the screen that the profile knows."""

    id: str  # id of the message in the profile
    text: str  # as shown, redacted


@dataclass(frozen=True, slots=True)
class Screen:
    """One look at the screen."""

    package: str | None  # whose window has the focus
    activity: str | None
    page: str | None = None  # page of the locator data that was recognised
    messages: tuple[ScreenMessage, ...] = ()
    spinner: bool = False
    empty: bool = False  # the app shows no content node at all
    launching: bool = False  # only system windows so far
    system_dialog: str | None = None  # crash, anr, permission, …
    screenshot: str | None = None  # path within the run folder
    source: str | None = None


@dataclass(frozen=True, slots=True)
class ScreenValue:
    """A number or text that a scenario compares (follower_count, handle …)."""

    name: str
    text: str  # as shown
    value: int | str | None  # parsed; None = not understood
    approximate: bool = False  # "3.8M"
    partial: bool = False  # counted on the screen: there may be more below


@dataclass(frozen=True, slots=True)
class ScreenFilm:
    """The film of a try that did not pass."""

    files: tuple[str, ...]  # names in the try's folder, in their order
    paused: int = 0  # how often, for secrets that were typed
    why_not: str = ""  # why it is not whole, or not there


@dataclass(frozen=True, slots=True)
class LocatorMatch:
    """An element was found, but not by its first locator: drift is a finding."""

    page: str
    element: str
    matched: str  # the locator that worked, "strategy: value"
    died: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LocatorMissing:
    """No locator of an element matched in the time given."""

    page: str
    element: str
    tried: tuple[str, ...] = ()
    waited: float = 0.0  # seconds
    extra: dict[str, str] = field(default_factory=dict[str, str])
