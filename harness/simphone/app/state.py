"""Everything that the app's screens are made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from harness.simphone.app.kept.drafts import Draft
from harness.simphone.app.kept.offline_videos import OfflineVideo

BATCHES = (50, 100, 150, 200)
"""How many videos can be downloaded at a time."""


@dataclass(frozen=True, slots=True)
class Person:
    """A row of a follower list."""

    handle: str
    nickname: str


@dataclass(frozen=True, slots=True)
class Profile:
    """The user's own block as the app holds it."""

    uid: str
    sec_uid: str
    handle: str
    nickname: str
    followers: int
    following: int
    likes: int
    registered: int = 0


@dataclass(frozen=True, slots=True)
class Video:
    """One clip of the feed."""

    clip_id: str
    author: str
    caption: str
    likes: int
    comments: int
    shares: int
    url: str


@dataclass(slots=True)
class LoginForm:
    """What stands in the log-in form."""

    tab: str = "phone"  # "phone" or "name"
    phone: str = ""
    name: str = ""
    password: str = field(default="", repr=False)
    save: bool = True
    busy: bool = False
    error: str = ""

    @property
    def ready(self) -> bool:
        """Whether the button may be tapped."""
        if self.busy:
            return False
        return bool(self.phone) if self.tab == "phone" else bool(self.name and self.password)


@dataclass(slots=True)
class PeoplePage:
    """A follower or following list."""

    kind: str = "followers"
    total: int = 0
    rows: tuple[Person, ...] = ()
    loading: bool = False
    error: str = ""


@dataclass(frozen=True, slots=True)
class ServicePopup:
    """A card that the service sends: its words, and its buttons, one below the other."""

    title: str
    text: str
    answers: tuple[str, ...]


@dataclass(slots=True)
class OfflinePage:
    """The offline videos; `pause` and `error` are labels, "" when there is none."""

    videos: tuple[OfflineVideo, ...] = ()
    chosen: int = BATCHES[0]
    downloading: bool = False
    wanted: int = 0
    pause: str = ""
    stopped: bool = False  # by the user
    error: str = ""
    expired: bool = False  # this start's task deleted expired videos


@dataclass(slots=True)
class DraftsPage:
    """The drafts; `title` is what the opened draft's own file says."""

    drafts: tuple[Draft, ...] = ()
    opened: Draft | None = None
    title: str = ""
    broken: bool = False


@dataclass(slots=True)
class Player:
    """A video that fills the screen; times in seconds."""

    caption: str = ""
    author: str = ""
    picture: int = 0
    seconds: float = 0.0
    position: float = 0.0
    playing: bool = False
    broken: bool = False


@dataclass(slots=True)
class AppState:
    """The whole; `pages` is the back stack, its last entry is shown."""

    pages: list[str] = field(default_factory=lambda: ["feed"])
    logged_in: bool = False
    uid: str = ""
    sec_uid: str = ""
    profile: Profile | None = None
    profile_error: str = ""
    profile_loading: bool = False
    videos: tuple[Video, ...] = ()
    video: int = 0
    feed_error: str = ""
    form: LoginForm = field(default_factory=LoginForm)
    people: PeoplePage = field(default_factory=PeoplePage)
    offline: OfflinePage = field(default_factory=OfflinePage)
    drafts: DraftsPage = field(default_factory=DraftsPage)
    player: Player = field(default_factory=Player)
    notice_title: str = ""
    notice_text: str = ""
    captcha_loaded: bool | None = None  # None while loading
    service_popup: ServicePopup | None = None
    popups: list[str] = field(default_factory=list[str])  # waiting; the first one is shown
    popups_shown: set[str] = field(default_factory=set[str])  # switched-on ones, once a process

    @property
    def page(self) -> str:
        """What is shown."""
        return self.pages[-1]
