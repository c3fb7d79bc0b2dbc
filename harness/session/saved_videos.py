"""Videos that the app saved to the phone, played by the phone's own player."""

from __future__ import annotations

from harness.adapters.adb.content_survey import MEDIA, survey_saved
from harness.adapters.adb.device import quote
from harness.adapters.adb.text.media_rows import MediaRow
from harness.adapters.locator_file import load_locators
from harness.domain.facts.storage import ContentOpened
from harness.domain.profile import ContentKind
from harness.pages.hand import Hand, Sight
from harness.pages.phone_player import PhonePlayer
from harness.session.phone_session import PhoneSession

_VIEW = "-a android.intent.action.VIEW -t video/mp4 -d"


class SavedVideos:
    """Implements `ContentList` over MediaStore and ACTION_VIEW."""

    def __init__(self, session: PhoneSession, kind: ContentKind) -> None:
        """Asks MediaStore. Raises InstrumentError("adb", …) when the phone is gone."""
        self._session = session
        self._kind = kind
        self.look, self._rows = survey_saved(session.device, kind, session.app.package)

    @property
    def content(self) -> str:
        """Name of the kind in the profile."""
        return self._kind.name

    def listed(self) -> int:
        """Rows of MediaStore that name the app as their owner."""
        return len(self._rows)

    def on_screen(self) -> int:
        """All of them can be opened."""
        return len(self._rows)

    def texts(self) -> tuple[str, ...]:
        """No page of the app stands beside them."""
        return ()

    def open(self, ordinal: int, count: int) -> ContentOpened:
        """Asks Android to show it, as a person's tap in a gallery does."""
        row = self._rows[ordinal - 1]
        viewer = self._viewer(row)
        if viewer is None:
            return ContentOpened(self.content, ordinal, count, "no_player")
        self._session.device.shell(f"am start {_VIEW} {quote(f'{MEDIA}/{row.id}')}", timeout=30.0)
        player = PhonePlayer(self._hand(viewer))
        plays = player.plays()
        player.close()
        results = {True: "plays", False: "does_not_play", None: "no_reaction"}
        return ContentOpened(self.content, ordinal, count, results[plays])

    def _viewer(self, row: MediaRow) -> str | None:
        """Package of the one app that opens it; None when there is none, or a choice."""
        query = f"cmd package resolve-activity --brief {_VIEW} {quote(f'{MEDIA}/{row.id}')}"
        lines = self._session.device.shell(query, timeout=20.0).stdout.split()
        package, slash, _ = lines[-1].partition("/") if lines else ("", "", "")
        return package if slash and package != "android" else None

    def _hand(self, viewer: str) -> Hand:
        session = self._session
        sight = Sight(load_locators("phone_player"), session.profile, (viewer,))
        return Hand(session.ui, sight, session.journal.log("appium"), clean=session.clean)
