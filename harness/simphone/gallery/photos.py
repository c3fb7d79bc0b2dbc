"""The gallery as an app of the phone (`contracts.App`)."""

from __future__ import annotations

import asyncio

from harness.simphone.android.media_store import MediaRow, MediaStore
from harness.simphone.android.parts import android
from harness.simphone.android.system_packages import PHOTOS_PAGER
from harness.simphone.contracts import AppFactory, Package, PhoneParts, Process, Window
from harness.simphone.gallery.screens import BROKEN, NO_PICTURE, Shown, grid, pager
from harness.simphone.media.mp4_reader import UnplayableError, read_mp4

BEHAVIOUR = "photos"
MEDIA = "content://media/external/"
TICK_SECONDS = 1.0
JPEG_BEGIN = b"\xff\xd8\xff"
MOST_ROWS = 12


class Photos:
    """One process: answers VIEW of one MediaStore row; else it lists the newest files."""

    def __init__(self, phone: PhoneParts, package: Package, process: Process) -> None:
        del process  # its end ends the tasks
        self._phone = phone
        self._package = package
        self._media: MediaStore = android(phone).media
        self._window: Window | None = None
        self._shown: Shown | None = None
        self._clock: asyncio.Task[None] | None = None

    async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
        """Shows the file that `data` names."""
        del action  # MAIN comes without data
        self.on_stop()
        display = self._phone.display
        self._window = display.open_window(self._package.name, activity, on_back=self._back)
        if activity == PHOTOS_PAGER:
            self._shown = self._opened(data or "")
            self._clock = asyncio.get_running_loop().create_task(self._run(self._shown))
        else:
            self._shown = None
        self._draw()

    def on_stop(self) -> None:
        """The process is gone, or another file is shown."""
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _opened(self, uri: str) -> Shown:
        number = uri.removeprefix(MEDIA).rpartition("/")[2]
        row = self._media.find(int(number)) if number.isdigit() else None
        if row is None:
            return Shown("", problem=BROKEN if "/video/" in uri else NO_PICTURE)
        return self._read(row)

    def _read(self, row: MediaRow) -> Shown:
        seed = sum(row.name.encode())
        try:
            data = self._phone.fs.read(row.path, uid=self._package.uid)
        except OSError:
            data = b""
        if data.startswith(JPEG_BEGIN):
            return Shown(row.name, seed, video=False)
        try:
            movie = read_mp4(data)
        except UnplayableError:
            return Shown(row.name, problem=BROKEN)
        return Shown(row.name, seed, seconds=movie.seconds, playing=True)

    def _draw(self) -> None:
        if self._window is None:
            return
        if self._shown is None:
            rows = sorted(self._media.rows(), key=lambda row: -row.modified)
            self._window.set_content(grid([row.name for row in rows[:MOST_ROWS]]))
        else:
            self._window.set_content(pager(self._shown, on_back=self._close, on_tap=self._toggle))

    async def _run(self, shown: Shown) -> None:
        uptime = self._phone.clock.uptime
        before = uptime()
        while not shown.problem and shown.video:
            await asyncio.sleep(TICK_SECONDS)
            now = uptime()
            if shown.playing:
                shown.position = (shown.position + now - before) % max(shown.seconds, TICK_SECONDS)
                self._draw()
            before = now

    async def _toggle(self) -> None:
        if self._shown is not None:
            self._shown.playing = not self._shown.playing
            self._draw()

    async def _back(self) -> bool:
        self.on_stop()
        return False

    async def _close(self) -> None:
        self.on_stop()
        if self._window is not None:
            self._window.finish()


def photos_factory() -> AppFactory:
    """The factory for `phone.apps["photos"]`."""
    return Photos
