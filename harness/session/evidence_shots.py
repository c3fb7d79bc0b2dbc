"""Keeps what a step's end looked like: picture, page source, Screen facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from harness.domain.file_stem import file_stem
from harness.pages.hand import Hand, Look
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError
from harness.screens.private import private_paths
from harness.session.phone_session import PhoneSession
from harness.session.veil import veil


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
        self._private = private_paths(hand.sight.book, hand.sight.packages)

    def take(self, title: str) -> Shot:
        """Never raises: a failing instrument is written down and leaves its part empty."""
        self._count += 1
        stem = f"{self._count:02d}-{file_stem(title)}"
        picture = self._picture()
        xml, look = self._screen(self._folder / f"{stem}.xml")
        png = self._keep(self._folder / f"{stem}.png", picture, look)
        relative = self._session.run.folder.relative
        shot = Shot(relative(png) if png else None, relative(xml) if xml else None, png, xml)
        if look is not None:
            fact = replace(look.screen, screenshot=shot.screenshot, source=shot.source)
            self._session.journal.log("appium").write("ui.screen", fact)
        return shot

    def _picture(self) -> bytes | None:
        try:
            return self._session.ui.screenshot()
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None

    def _screen(self, path: Path) -> tuple[Path | None, Look | None]:
        try:
            look = self._hand.look(with_focus=True)
            hidden = look.source.redacted(private=self._private, tag=self._session.redactor.tag)
            path.write_text(self._session.clean(hidden), encoding="utf-8")
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None, None
        return path, look

    def _keep(self, path: Path, picture: bytes | None, look: Look | None) -> Path | None:
        """Other people's names are painted over; without the page source nobody knows where
        they stand, so that the picture is not kept then."""
        if picture is None or look is None:
            return None
        try:
            path.write_bytes(veil(picture, look.source.areas(self._private)))
        except InstrumentError as error:
            self._note(error)
            return None
        return path

    def _note(self, error: Exception) -> None:
        if isinstance(error, InstrumentError):
            self._session.journal.failed(error)
