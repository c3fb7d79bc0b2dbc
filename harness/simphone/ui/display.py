"""The display: windows, focus, touch, keys, keyboard, toasts, lock screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from PIL import Image

from harness.simphone.contracts import Clock, PhoneSpec
from harness.simphone.ui import keyboard, keycodes, launcher
from harness.simphone.ui.callbacks import Callbacks
from harness.simphone.ui.clipboard import Clipboard
from harness.simphone.ui.geometry import Geometry
from harness.simphone.ui.lock_screen import FOCUS, ScreenState, lock_screen
from harness.simphone.ui.node import Node
from harness.simphone.ui.render.screenshot import Screen, Screenshots
from harness.simphone.ui.shade import notification_shade
from harness.simphone.ui.system_bars import Status, StatusBar
from harness.simphone.ui.text_input import TextInput, is_field, set_text
from harness.simphone.ui.toast import Toasts
from harness.simphone.ui.touch import contains, scrollable_at, touched
from harness.simphone.ui.window import AppWindow, OnBack, WindowKind
from harness.simphone.ui.window_stack import WindowStack

_TAP_SLOP = 24  # pixels a finger may move and still tap


class PhoneDisplay:
    """Implements `contracts.Display`.

    Parts that other parts of the phone may use directly: `windows` (raise a
    package, system dialogs), `screen` (power and lock state), `status`
    (battery, network, notifications of the status bar), `clipboard`,
    `launcher_apps` (what the home screen shows: package and label), `hard_key`
    (takes keys that are not the screen's, such as volume; whether it did).
    """

    def __init__(
        self,
        spec: PhoneSpec,
        clock: Clock,
        *,
        launch: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self.geometry = Geometry(spec.width, spec.height, spec.density)
        self.screen = ScreenState()
        self.status = Status()
        self.clipboard = Clipboard()
        self.launch = launch
        self.hard_key: Callable[[int], bool] = _unknown_key
        self.launcher_apps: Callable[[], Sequence[tuple[str, str]]] = tuple
        self.windows = WindowStack(
            AppWindow(*spec.maker.home[:2], kind=WindowKind.LAUNCHER), self._closed
        )
        self.frames = self.windows.frames
        self._home: Node | None = None  # the home screen drawn here, unless a launcher app draws
        self._clock = clock
        self._input = TextInput()
        self._callbacks = Callbacks()
        self._keyboard = keyboard.Keyboard(
            self.geometry, self._keyboard_key, spec.maker.keyboard.partition("/")[0]
        )
        self._status_bar = StatusBar(self.geometry, self.status, spec.timezone, spec.locale)
        self._toasts = Toasts(clock.uptime, self.geometry)
        self._screenshots = Screenshots(self.geometry)

    def open_window(
        self, package: str, activity: str, *, on_back: OnBack | None = None
    ) -> AppWindow:
        """A window on top; empty (a starting window) until its content is set."""
        return self.windows.open(package, activity, on_back)

    def close_package(self, package: str) -> None:
        """The package's process is gone: its windows close, its callbacks end."""
        self.windows.close_package(package)
        self._callbacks.cancel(package)

    def focus(self) -> tuple[str, str] | None:
        """(package, activity) with the focus; the Keyguard when locked or dark."""
        if not self.screen.usable:
            return FOCUS
        top = self.windows.top
        return top.package, top.activity

    def roots(self) -> list[Node]:
        """Laid-out window roots, topmost first: keyboard, window, status bar, toast."""
        status_bar = self._status_bar.window(self._clock.now())
        if not self.screen.usable:
            return [self._lock_screen(), status_bar]
        content = self._content()
        roots = [content] if content is not None else []
        if self.keyboard_shown:
            roots.insert(0, self._keyboard.window())
        toast = self._toasts.node()
        return [*roots, status_bar, *([toast] if toast is not None else [])]

    def toast(self, package: str, text: str, seconds: float = 3.5) -> None:
        """Shows a toast of `package` for `seconds` of uptime."""
        self._toasts.show(package, text, seconds)

    async def tap(self, x: int, y: int) -> None:
        """A finger at (x, y): the topmost clickable view there is clicked if enabled."""
        if not self.screen.usable or y < self.geometry.status_bar:
            return
        if self.keyboard_shown and y >= self.geometry.keyboard[1]:
            key = touched(self._keyboard.window(), x, y)
            if key is not None and key.on_click is not None:
                await key.on_click()
            return
        root = self._content()
        node = touched(root, x, y) if root is not None else None
        if node is None or not node.enabled:
            return
        if is_field(node):
            self._input.focus(node)
        if node.on_click is not None:
            await self._callbacks.run(node.package, node.on_click())

    async def key(self, keycode: int) -> None:
        """A key of the phone or of a hardware keyboard (android.view.KeyEvent codes)."""
        if keycode in (keycodes.POWER, keycodes.SLEEP, keycodes.WAKEUP):
            self._power(keycode)
        elif self.hard_key(keycode) or not self.screen.on:
            return
        elif self.screen.locked:
            if keycode in (keycodes.MENU, keycodes.SPACE):
                self.screen.unlock()
        elif keycode == keycodes.HOME:
            self._input.clear()
            self.windows.home()
        elif keycode in (keycodes.BACK, keycodes.ESCAPE):
            await self._back()
        elif keycode in (keycodes.ENTER, keycodes.NUMPAD_ENTER, keycodes.TAB):
            self._input.enter(self._content())
        elif keycode == keycodes.DEL:
            self._erase()
        elif (character := keycodes.character(keycode)) is not None:
            await self.type_text(character)

    async def type_text(self, text: str) -> None:
        """Appends to the focused field; goes nowhere when none has the focus."""
        field = self._input.field(self._content())
        if field is not None and self.screen.usable:
            set_text(field, field.text + text)

    async def swipe(self, x1: int, y1: int, x2: int, y2: int, seconds: float) -> None:
        """A finger's way, taking `seconds`: scrolls what is under its start, in its direction.

        A way shorter than the touch slop is a tap. From the status bar down it
        opens the notifications, from the bottom edge up it goes home, on the
        lock screen up it unlocks.
        """
        if abs(x2 - x1) < _TAP_SLOP and abs(y2 - y1) < _TAP_SLOP:
            await self.tap(x1, y1)
            return
        upwards = y2 < y1 and abs(y2 - y1) >= abs(x2 - x1)
        if not self.screen.usable:
            if upwards:
                self.screen.unlock()
        elif y1 < self.geometry.status_bar and y2 > y1:
            self.windows.open_dialog(notification_shade(self.status))
        elif y1 >= self.geometry.height - self.geometry.navigation_bar // 2 and upwards:
            await self.key(keycodes.HOME)
        elif not (self.keyboard_shown and contains(self._keyboard.window(), x1, y1)):
            await asyncio.sleep(seconds)
            await self._scroll(x1, y1, x2 - x1, y2 - y1)

    def screenshot(self) -> bytes:
        """PNG of what a person would see; black when the screen is off."""
        return self._screenshots.png(self._picture())

    def frame(self, seen: int | None) -> tuple[int, Image.Image] | None:
        """What a person would see, with its mark; None while it is what `seen` marks."""
        return self._screenshots.unless(self._picture(), seen)

    def _picture(self) -> Screen:
        """What is to be drawn now."""
        if not self.screen.on:
            return Screen(dark=True)
        status_bar = self._status_bar.window(self._clock.now())
        if not self.screen.usable:
            return Screen(windows=(self._lock_screen(),), status_bar=status_bar)
        shown = self._visible_windows()
        return Screen(
            windows=tuple(shown),
            status_bar=status_bar,
            keyboard=self._keyboard.window() if self.keyboard_shown else None,
            toast=self._toasts.node(),
        )

    @property
    def keyboard_shown(self) -> bool:
        """Whether the keyboard covers the lower part of the screen."""
        return self.screen.usable and self._input.keyboard_wanted(self.windows.top.root)

    def _content(self) -> Node | None:
        """The top window's laid-out tree."""
        return self._tree(self.windows.top)

    def _tree(self, window: AppWindow) -> Node | None:
        if window.kind is WindowKind.LAUNCHER and window.root in (None, self._home):
            date = self._status_bar.date(self._clock.now())
            self._home = launcher.home_screen(
                self.launcher_apps(),
                date,
                self.launch,
                bounds=self.geometry.screen,
                package=window.package,
            )
            window.set_content(self._home)
        shown = window is self.windows.top and self.keyboard_shown
        return window.tree(self.geometry, keyboard_shown=shown)

    def _visible_windows(self) -> list[Node]:
        """Trees from the lowest visible window up; system dialogs do not hide what is below."""
        trees: list[Node] = []
        for window in self.windows.all():
            tree = self._tree(window)
            if tree is not None:
                trees.insert(0, tree)
            if window.kind is not WindowKind.DIALOG:
                break
        return trees

    def _lock_screen(self) -> Node:
        now = self._clock.now()
        return lock_screen(self.geometry, self._status_bar.time(now), self._status_bar.date(now))

    def _closed(self, window: AppWindow) -> None:
        if window.root is not None and self._input.field(window.root) is not None:
            self._input.clear()

    def _power(self, keycode: int) -> None:
        if keycode == keycodes.WAKEUP or (keycode == keycodes.POWER and not self.screen.on):
            self.screen.wake()
        else:
            self.screen.sleep()

    async def _back(self) -> None:
        if self.keyboard_shown:
            self._input.hide_keyboard()
            return
        top = self.windows.top
        if top.kind is WindowKind.LAUNCHER:
            return
        handled = False
        if top.on_back is not None:
            handled = await top.on_back()
        if not handled:
            top.finish()

    def _erase(self) -> None:
        field = self._input.field(self._content())
        if field is not None and field.text:
            set_text(field, field.text[:-1])

    async def _keyboard_key(self, key: str) -> None:
        if key == keyboard.KEY_BACKSPACE:
            self._erase()
        elif key == keyboard.KEY_ENTER:
            self._input.enter(self._content())
        else:
            await self.type_text(key)

    async def _scroll(self, x: int, y: int, right: int, down: int) -> None:
        root = self._content()
        node = scrollable_at([root] if root is not None else [], x, y)
        if node is None:
            return
        if abs(down) >= abs(right):
            direction = "down" if down > 0 else "up"
        else:
            direction = "right" if right > 0 else "left"
        if node.on_scroll is not None:
            await self._callbacks.run(node.package, node.on_scroll(direction))
        elif direction in ("up", "down"):
            node.scroll_offset = max(0, node.scroll_offset - down)
            self.windows.top.drawn()


def _unknown_key(_keycode: int) -> bool:
    return False
