"""What the phone holds of the app: cached values, and content that works without network."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StoredValue:
    """A value of the app as it was known before the app was asked again.

    `place`: "app_file" (a file of the app), "shown_offline" (the app's own copy as it
    shows it without network) or "earlier" (an earlier look of ours at the same account).
    `value` None = not visible, and `unseen` says why.
    """

    name: str  # as the profile's needs name it: follower_count …
    value: int | str | None
    place: str
    unseen: str = ""
    taken: float | None = None  # UTC seconds of the copy; None = not known


@dataclass(frozen=True, slots=True)
class ContentLook:
    """One kind of offline content at one moment; None = could not be seen.

    `listed`: what the app's page offers. `rows`, `files`, `missing`, `damaged`: entries of
    the app's own table for the account in front, its whole media files, and entries whose
    file is gone or broken. `foreign`: files of other accounts. `earlier`: how many an
    earlier look of ours found. `cleared`: UTC seconds (the phone's clock) at which the app
    last noted that it had cleared such content itself.
    """

    content: str  # offline_video, draft, saved_video
    listed: int | None = None
    rows: int | None = None
    files: int | None = None
    missing: int | None = None
    damaged: int | None = None
    foreign: int | None = None
    earlier: int | None = None
    cleared: float | None = None
    unseen: str = ""
    texts: tuple[str, ...] = ()  # ids of the profile's texts beside the list


@dataclass(frozen=True, slots=True)
class ContentOpened:
    """One piece of content was opened without network.

    `result`: "plays", "does_not_play" (the app says so, or its picture stands still),
    "no_reaction" (nothing opened) or "no_player" (the phone has none, or asks which).
    """

    content: str
    ordinal: int  # 1-based, in the order of the page
    count: int  # of how many
    result: str
    text: str | None = None  # id of the profile's text that was shown
