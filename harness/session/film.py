"""The film of one try: kept only where the try did not pass, never of what is secret.

A film cannot be cleaned as a screenshot can: it is so coarse that no word on it can be read
(adapters/adb/film.py), and while a secret is typed, by us or by a person at a gate, nothing is
filmed at all: the keys that light up would tell it. A film that fails costs the try nothing.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from harness.domain.facts.screen import ScreenFilm
from harness.ports import InstrumentError

NAME = "film"


class Recorder(Protocol):
    """Films from start() to stop(), which gives the pieces; drop() throws them away."""

    def start(self) -> None: ...
    def stop(self) -> list[bytes]: ...
    def drop(self) -> None: ...


class TryFilm:
    """begin() → `with unseen()` as often as needed → end()."""

    def __init__(self, recorder: Recorder | None, folder: Path) -> None:
        """`recorder` None: this phone is not to be filmed."""
        self._recorder = recorder
        self._folder = folder
        self._pieces: list[bytes] = []  # in memory until the try has failed
        self._paused = 0
        self._why_not = ""
        self._on = False

    def begin(self) -> None:
        """Never raises; why there is no film is told at the end."""
        if self._recorder is None or self._why_not:
            return
        try:
            self._recorder.start()
            self._on = True
        except InstrumentError as error:
            self._give_up(error)

    @contextmanager
    def unseen(self) -> Generator[None]:
        """What happens in it is on no film."""
        was_on = self._on
        self._take()
        self._paused += was_on
        try:
            yield
        finally:
            if was_on:
                self.begin()

    def end(self, *, keep: bool) -> ScreenFilm | None:
        """Writes the pieces as film-1.mp4, film-2.mp4 … into the try's folder, or drops them.

        None where there is nothing to tell. File names, not paths, are in the fact.
        """
        if not keep:
            self._drop()
            return None
        self._take()
        names: list[str] = []
        for number, piece in enumerate(self._pieces, 1):
            name = f"{NAME}-{number}.mp4"
            try:
                (self._folder / name).write_bytes(piece)
            except OSError as error:
                self._why_not = str(error)
                break
            names.append(name)
        if not names and not self._why_not:
            return None
        return ScreenFilm(tuple(names), self._paused, self._why_not)

    def _take(self) -> None:
        if self._recorder is None or not self._on:
            return
        self._on = False
        try:
            self._pieces += self._recorder.stop()
        except InstrumentError as error:
            self._give_up(error)

    def _drop(self) -> None:
        self._on = False
        self._pieces.clear()
        if self._recorder is not None:
            self._recorder.drop()

    def _give_up(self, error: InstrumentError) -> None:
        self._why_not = str(error)
        if self._recorder is not None:
            self._recorder.drop()
