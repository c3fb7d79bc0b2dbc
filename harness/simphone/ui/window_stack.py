"""All windows in their order, the topmost last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from harness.simphone.ui.window import AppWindow, OnBack, WindowKind

_DIALOG_PACKAGES = {
    "android",
    "com.android.packageinstaller",
    "com.android.permissioncontroller",
    "com.google.android.packageinstaller",
    "com.google.android.permissioncontroller",
}
_ANR = "Application Not Responding: "  # this dialog goes with the process it is about


class WindowStack:
    """App windows over the launcher, system dialogs over both."""

    def __init__(self, launcher: AppWindow, on_close: Callable[[AppWindow], None]) -> None:
        self._launcher = launcher
        launcher.on_draw = self._drawn
        self._windows = [launcher]
        self._dialogs: list[AppWindow] = []
        self._on_close = on_close
        self.frames = Counter[str]()
        """What each package has drawn since its process began."""
        self.on_change: Callable[[], None] = _nobody_asks
        """Called when another window may have come to the top."""

    @property
    def top(self) -> AppWindow:
        """The window that has the focus."""
        return (self._dialogs or self._windows)[-1]

    def all(self) -> list[AppWindow]:
        """Topmost first."""
        return [*reversed(self._dialogs), *reversed(self._windows)]

    def open(self, package: str, activity: str, on_back: OnBack | None) -> AppWindow:
        """A window on top; the package's own one of that activity comes back to the front.

        The system's own packages open dialogs: see-through, above all windows.
        """
        if package in _DIALOG_PACKAGES:
            about = activity.removeprefix(_ANR) if activity.startswith(_ANR) else ""
            dialog = AppWindow(package, activity, on_back, about=about)
            self.open_dialog(dialog)
            return dialog
        for window in self._windows:
            if (window.package, window.activity) == (package, activity):
                window.on_back = on_back
                self._raise(window)
                return window
        window = AppWindow(package, activity, on_back)
        window.on_finish, window.on_draw = self.close, self._drawn
        self._windows.append(window)
        self.on_change()
        return window

    def open_dialog(self, dialog: AppWindow) -> None:
        """A system dialog above all windows."""
        dialog.kind = WindowKind.DIALOG
        dialog.on_finish, dialog.on_draw = self.close, self._drawn
        self._dialogs.append(dialog)
        self.on_change()

    def close(self, window: AppWindow) -> None:
        """Takes a window away; closing it twice is no error."""
        for windows in (self._windows, self._dialogs):
            if window in windows and window is not self._launcher:
                windows.remove(window)
                self._on_close(window)
                self.on_change()

    def close_package(self, package: str) -> None:
        """All windows of a dead process, and the dialogs that wait for it."""
        for window in self.all():
            if package in (window.package, window.about) and window is not self._launcher:
                self.close(window)
        self.frames.pop(package, None)

    def home(self) -> None:
        """The launcher to the front; apps stay open behind it."""
        for dialog in list(self._dialogs):
            self.close(dialog)
        self._raise(self._launcher)

    def bring_to_front(self, package: str) -> bool:
        """Raises the package's windows in their own order; False when it has none."""
        windows = [window for window in self._windows if window.package == package]
        for window in windows:
            self._raise(window)
        return bool(windows)

    def _raise(self, window: AppWindow) -> None:
        self._windows.remove(window)
        self._windows.append(window)
        self.on_change()

    def _drawn(self, window: AppWindow) -> None:
        self.frames[window.package] += 1


def _nobody_asks() -> None:
    """Until the phone says who wants to know."""
