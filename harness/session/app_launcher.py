"""Starts and stops the app on a phone by `am`, as its icon and the recents screen do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.adapters.adb.device import quote
from harness.ports import InstrumentError

if TYPE_CHECKING:  # phone_session.py may use this file
    from harness.session.phone_session import PhoneSession


class AppLauncher:
    """Starts and stops the app by `am`; implements pages.ui.Launcher."""

    def __init__(self, session: PhoneSession) -> None:
        self._session = session

    def start(self) -> None:
        """As a tap on its icon. Raises InstrumentError when `am` refuses."""
        package = self._session.app.package
        component = f"{package}/{self._session.profile.launch_activity}"
        command = (
            "am start -a android.intent.action.MAIN -c android.intent.category.LAUNCHER"
            f" -n {quote(component)}"
        )
        # Made twice it only brings the app to the front again.
        result = self._session.recovery.again(
            lambda: self._session.device.shell(command, timeout=30.0)
        )
        if not result.ok or "Error:" in result.stdout + result.stderr:
            text = (result.stderr or result.stdout).strip()[:200]
            raise InstrumentError(
                "adb",
                f"start {component} on {self._session.entry.name}",
                f"exit {result.exit_code}: {text}",
            )

    def stop(self) -> None:
        """As swiping it away, but for sure."""
        self._session.stop_app()
