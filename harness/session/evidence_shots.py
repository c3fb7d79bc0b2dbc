"""Keeps what a step's end looked like: picture, page source, Screen facts."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

from harness.adapters.picture import blurred, decoded, masked
from harness.domain.facts.screen import Screen
from harness.domain.file_stem import file_stem
from harness.pages.hand import Hand
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError
from harness.screens.kept_screen import Kept, private, words_of
from harness.screens.private import private_paths
from harness.session.phone_session import PhoneSession


@dataclass(frozen=True, slots=True)
class Shot:
    """Paths within the run folder; None = could not be taken."""

    screenshot: str | None = None
    source: str | None = None
    png: Path | None = None
    xml: Path | None = None


class Camera:
    """Takes the shots of one try."""

    def __init__(self, session: PhoneSession, hand: Hand, folder: Path) -> None:
        self._session = session
        self._hand = hand
        self._folder = folder
        self._count = 0
        sight = hand.sight
        self._private = private_paths(sight.book, sight.packages)
        self._own = words_of(sight.book, sight.profile.texts)

    def take(self, title: str) -> Shot:
        """Never raises: a failing instrument is written down and leaves its part empty."""
        self._count += 1
        stem = f"{self._count:02d}-{file_stem(title)}"
        with ThreadPoolExecutor(1) as beside:
            shown = self._picture()
            # Decoded while the phone is asked for the page source.
            picture = None if shown is None else beside.submit(decoded, shown)
            kept, screen = self._look()
        png = self._keep(self._folder / f"{stem}.png", picture, kept)
        xml = self._folder / f"{stem}.xml" if kept is not None else None
        if kept is not None and xml is not None:
            xml.write_text(kept.xml, encoding="utf-8")
        relative = self._session.run.folder.relative
        shot = Shot(relative(png) if png else None, relative(xml) if xml else None, png, xml)
        if screen is not None:
            fact = replace(screen, screenshot=shot.screenshot, source=shot.source)
            self._session.journal.log("appium").write("ui.screen", fact)
        return shot

    def _picture(self) -> bytes | None:
        try:
            return self._session.ui.screenshot()
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None

    def _look(self) -> tuple[Kept | None, Screen | None]:
        try:
            look = self._hand.look(with_focus=True)
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None, None
        session = self._session
        kept = private(
            look.source,
            own=self._own,
            clean=session.clean,
            tag=session.redactor.tag,
            paths=self._private,
        )
        return kept, look.screen

    def _keep(
        self, path: Path, picture: Future[Image.Image] | None, kept: Kept | None
    ) -> Path | None:
        """Without the page source nobody knows where secrets stand: nothing is readable then."""
        if picture is None:
            return None
        try:
            pixels = picture.result()
            path.write_bytes(blurred(pixels) if kept is None else masked(pixels, kept.boxes))
        except InstrumentError as error:
            self._note(error)
            return None
        return path

    def _note(self, error: Exception) -> None:
        if isinstance(error, InstrumentError):
            self._session.journal.failed(error)
