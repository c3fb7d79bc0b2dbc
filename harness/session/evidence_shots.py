"""Keeps what a step's end looked like: picture, page source, Screen facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from harness.domain.facts.screen import Screen
from harness.domain.file_stem import file_stem
from harness.pages.hand import Hand
from harness.ports import InstrumentError
from harness.screens.errors import ElementGoneError
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

    def take(self, title: str) -> Shot:
        """Never raises: a failing instrument is written down and leaves its part empty."""
        self._count += 1
        stem = f"{self._count:02d}-{file_stem(title)}"
        png = self._picture(self._folder / f"{stem}.png")
        xml, screen = self._screen(self._folder / f"{stem}.xml")
        relative = self._session.run.folder.relative
        shot = Shot(relative(png) if png else None, relative(xml) if xml else None, png, xml)
        if screen is not None:
            fact = replace(screen, screenshot=shot.screenshot, source=shot.source)
            self._session.journal.log("appium").write("ui.screen", fact)
        return shot

    def _picture(self, path: Path) -> Path | None:
        try:
            path.write_bytes(self._session.ui.screenshot())
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None
        return path

    def _screen(self, path: Path) -> tuple[Path | None, Screen | None]:
        try:
            look = self._hand.look(with_focus=True)
            path.write_text(self._session.clean(look.source.redacted()), encoding="utf-8")
        except (InstrumentError, ElementGoneError) as error:
            self._note(error)
            return None, None
        return path, look.screen

    def _note(self, error: Exception) -> None:
        if isinstance(error, InstrumentError):
            self._session.journal.failed(error)
