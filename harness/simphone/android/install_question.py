"""The dialog of some makers before an installation over adb: yes within ten seconds.

On a phone whose "Install via USB" is on it is still asked for each new app; who does not
answer has refused. Ids and seconds as public auto-tap scripts have them; the words are ours.
"""

from __future__ import annotations

import asyncio

from harness.simphone.android.adb_guards import ASK, refusal
from harness.simphone.android.parts import AndroidPhone, generic
from harness.simphone.contracts import InstallError
from harness.simphone.ui import widgets

SECONDS = 10.0
CODE, CANCELLED = "INSTALL_FAILED_USER_RESTRICTED", "Install canceled by user"
INSTALL, DENY = "android:id/button2", "android:id/button1"


async def may_install(phone: AndroidPhone, label: str, uid: int) -> None:
    """Raises InstallError when the phone, or the person at it, refuses."""
    words = refusal(generic(phone), "install", uid)
    if words is not None:
        raise InstallError(CODE, words)
    question = phone.spec.maker.install_question
    if phone.spec.guards == ASK and question is not None and not await _asked(phone, label):
        raise InstallError(CODE, CANCELLED)


async def _asked(phone: AndroidPhone, label: str) -> bool:
    package, activity = phone.spec.maker.install_question or ("", "")
    window = phone.display.open_window(package, activity)
    answered: asyncio.Future[bool] = asyncio.get_running_loop().create_future()

    async def answer(*, yes: bool) -> None:
        if not answered.done():
            answered.set_result(yes)

    async def install() -> None:
        await answer(yes=True)

    async def deny() -> None:
        await answer(yes=False)

    page = widgets.column(
        widgets.spacer(120),
        widgets.text("Install via USB", rid="android:id/alertTitle", size=54, bold=True),
        widgets.text(f"Install {label}?", rid="android:id/message", size=42),
        widgets.spacer(),
        widgets.button("Install", on_click=install, rid=INSTALL, primary=False),
        widgets.button(f"Deny ({SECONDS:.0f} s)", on_click=deny, rid=DENY),
    )
    for node in page.walk():
        node.package = package
    window.set_content(page)
    try:
        async with asyncio.timeout(SECONDS):
            return await answered
    except TimeoutError:
        return False
    finally:
        window.finish()
