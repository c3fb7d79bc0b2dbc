"""Content that is to work without network: the network is taken, the content is tried."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from harness.adapters.adb.app_folder import AppFolder
from harness.adapters.adb.content_survey import survey_app, survey_saved
from harness.adapters.adb.stored_values import owner_ids
from harness.adapters.attach.network_cut import CannotCutError
from harness.adapters.observation_tail import Tail
from harness.attribution.content import content_trouble
from harness.attribution.matching import Matcher
from harness.domain.facts.storage import ContentLook, ContentOpened
from harness.domain.facts.traffic import Exchange
from harness.domain.profile import ContentKind
from harness.ports import InstrumentError
from harness.session.known_values import KnownValues
from harness.session.phone_session import PhoneSession
from harness.session.saved_videos import SavedVideos
from harness.session.steps import NotRunError

MOST = 8
"""Entries of a kind that are tried; a list that is longer is tried in part."""

BACK_ONLINE = 30.0
"""Seconds until a phone that got its network back has found it again."""

_POLL = 0.5
_APP_ROLES = ("api", "passport", "cdn")


class ContentList(Protocol):
    """A list of content that is open on the screen, or in the phone's own storage."""

    @property
    def content(self) -> str:
        """Name of the kind in the profile."""
        ...

    def listed(self) -> int: ...
    def on_screen(self) -> int: ...
    def texts(self) -> tuple[str, ...]: ...
    def open(self, ordinal: int, count: int) -> ContentOpened: ...


class OfflineContent:
    """Of one try. `survey` first, then everything else inside `without_network`."""

    def __init__(self, session: PhoneSession, book: KnownValues) -> None:
        self._session = session
        self._book = book
        self._kinds = {kind.name: kind for kind in session.profile.content}
        self._before: dict[str, ContentLook] = {}
        self._free: int | None = None
        self.tried: dict[str, str] = {}
        """What came of each kind, for people: "6 of 6 work", "none there", "none listed, …"."""

    def survey(self) -> None:
        """What lies on the phone before the app is opened, which may clear some of it.

        What this phone hides is written down as not visible.
        """
        self._free = self._session.note_conditions().free_bytes
        for name, kind in self._kinds.items():
            self._before[name] = self._survey(kind)
            self._write(self._before[name])

    @contextmanager
    def without_network(self) -> Generator[None]:
        """The app has no network inside; given back afterwards, whatever happens.

        Raises NotRunError where this phone's network cannot be taken.
        """
        session = self._session
        try:
            cut = session.attachment.cut_network(session.app.package)
        except CannotCutError as error:
            raise NotRunError("network_not_cut", str(error)) from error
        try:
            if cut:
                session.note_conditions()
            begun = time.monotonic()
            yield
            self._require_silence(begun)
        finally:
            session.attachment.restore_network()
            if cut:
                self._await_network()

    def check(self, page: ContentList | None, content: str) -> None:
        """Compares a list with what lies on the phone, then opens its entries.

        `page` None: the app offers no list of this kind. Raises AssertionError with what is
        wrong; nothing there for no visible reason is said and is no failure. The verdict says
        of which kinds nothing could be compared.
        """
        if page is None:
            self.tried[content] = self._check_list(content, 0, ())
            return
        listed = page.listed()
        none = self._check_list(content, listed, page.texts())
        count = min(listed, page.on_screen(), MOST)
        opened = [page.open(ordinal, count) for ordinal in range(1, count + 1)]
        for one in opened:
            self._session.journal.log("appium").write("content.opened", one)
        bad = [one for one in opened if one.result not in ("plays", "no_player")]
        label = self._kinds[content].label
        self.tried[content] = f"{count - len(bad)} of {count} work" if count else none
        if bad:
            raise AssertionError(f"{len(bad)} of {count} {label}s do not open without network")

    def saved_videos(self) -> SavedVideos | None:
        """What the app saved to the phone's own storage; None where the profile has no such."""
        kind = next((kind for kind in self._kinds.values() if kind.folder is None), None)
        return None if kind is None else SavedVideos(self._session, kind)

    def shut(self, content: str) -> None:
        """The list could not be opened; written down before the step fails."""
        self._write(ContentLook(content, unseen="page_shut"))

    def _check_list(self, content: str, listed: int, texts: tuple[str, ...]) -> str:
        """What is to be said of a list that is empty. Raises AssertionError where it is wrong."""
        kind, name = self._kinds[content], f"content:{content}"
        before, now = self._before.get(content), self._survey(self._kinds[content])
        counts = [self._book.all().get(name), before.files if before else None]
        known = [count for count in counts if count is not None]
        anew = before is None or now.cleared != before.cleared or listed == 0
        look = replace(
            now,
            listed=listed,
            texts=texts,
            earlier=max(known) if known else None,
            cleared=now.cleared if anew else None,
        )
        self._write(look)
        self._book.note({name: listed})
        trouble = content_trouble(look, kind, self._session.profile.texts, self._free)
        if trouble is not None:
            raise AssertionError(trouble.text)
        compared = look.files is not None or bool(look.earlier)
        return "none there" if compared else "none listed, and nothing says whether there was any"

    def _survey(self, kind: ContentKind) -> ContentLook:
        session = self._session
        if kind.folder is None:
            return survey_saved(session.device, kind, session.app.package)[0]
        folder = AppFolder(session.device, session.app.package)
        return survey_app(folder, kind, owner_ids(folder, session.profile.stored))

    def _write(self, look: ContentLook) -> None:
        self._session.journal.log("adb").write("content.look", look)

    def _require_silence(self, begun: float) -> None:
        """Calls of the app that were answered meanwhile: then the network was not off, and
        nothing that was tried says anything."""
        matcher = Matcher(self._session.profile)
        answered = [
            seen.facts
            for seen in Tail(self._session.journal.proxy_file).new()
            if isinstance(seen.facts, Exchange)
            and seen.facts.begun > begun
            and seen.facts.status is not None
            and matcher.role(seen.facts.host) in _APP_ROLES
        ]
        if answered:
            raise InstrumentError(
                "adb",
                f"take the network from {self._session.entry.name}",
                f"{len(answered)} calls of the app were answered meanwhile, the first by"
                f" {answered[0].host}",
                advice="Cut the phone off by hand and run the scenario with --attended.",
            )

    def _await_network(self) -> None:
        """What comes after must not find a phone that is still without network."""
        deadline = time.monotonic() + BACK_ONLINE
        while not (found := self._session.note_conditions()).network:
            if time.monotonic() >= deadline:
                raise InstrumentError(
                    "adb",
                    f"wait for the network of {self._session.entry.name}",
                    f"it was switched on again and is not there after {BACK_ONLINE:.0f} s"
                    f" (airplane mode: {found.airplane}, Wi-Fi: {found.wifi})",
                    advice="Look at the phone's Wi-Fi.",
                )
            time.sleep(_POLL)


def opening(
    content: OfflineContent, name: str, find: Callable[[], ContentList | None]
) -> ContentList | None:
    """The list that `find` opens; one that stays shut is written down."""
    try:
        return find()
    except AssertionError:
        content.shut(name)
        raise
