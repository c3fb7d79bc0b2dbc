"""What a person does on a whole phone, as the system's services tell it afterwards."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

from harness.simphone.fleet import Fleet, Wish
from harness.simphone.phone import Phone
from harness.simphone.ui import keycodes
from tests.simphone.collected import shell

NONSENSE = "cmd input nonsense 2>&1 | head -n 1"
TIKTOK = "com.zhiliaoapp.musically"
EVENT = re.compile(r"type=(\S+) package=(\S+)(?: class=\S*\.(\w+))?")


def on_a_phone(folder: Path, wish: Wish, *scripts: str) -> list[str]:
    """What each script printed; `KEY n` presses one and `REBOOT` boots the phone again."""

    async def done(phone: Phone, script: str) -> str:
        if script.startswith("KEY"):
            await phone.display.key(int(script.split()[1]))
        elif script == "REBOOT":
            await phone.reboot()
        else:
            return (await shell(phone, script))[1]
        return ""

    async def main() -> list[str]:
        fleet = Fleet([wish], folder)
        await fleet.start()
        try:
            return [await done(fleet.running[0].phone, script) for script in scripts]
        finally:
            await fleet.stop()

    return asyncio.run(main())


def test_a_visit_to_the_app(tmp_path: Path) -> None:
    start = f"am start -W -n {TIKTOK}/com.ss.android.ugc.aweme.splash.SplashActivity; sleep 1.2"
    told = on_a_phone(
        tmp_path,
        Wish("one", api=31, logged_in=True),
        start,
        f"dumpsys gfxinfo {TIKTOK} | grep Total",
        f"KEY {keycodes.HOME}",
        f"KEY {keycodes.POWER}",
        f"KEY {keycodes.WAKEUP}",
        "REBOOT",
        "dumpsys usagestats | sed /daily/q",
        f"dumpsys usagestats {TIKTOK} | grep -m 1 totalTimeUsed",
        f"dumpsys gfxinfo {TIKTOK}",
        "dumpsys account",
    )
    assert int(told[1].rpartition(": ")[2]) > 0
    seen = EVENT.findall(told[6])
    home = ("com.google.android.apps.nexuslauncher", "NexusLauncherActivity")
    visit = [row for row in seen if row[1] == TIKTOK]
    assert ("ACTIVITY_RESUMED", TIKTOK, "MainActivity") in visit
    assert visit[-1] == ("ACTIVITY_PAUSED", TIKTOK, "MainActivity")
    assert [row[0] for row in seen if row[1] == "android"] == [
        "SCREEN_NON_INTERACTIVE",
        "KEYGUARD_SHOWN",
        "SCREEN_INTERACTIVE",
        "DEVICE_SHUTDOWN",
        "DEVICE_STARTUP",
    ]
    assert ("ACTIVITY_RESUMED", *home) in seen
    assert re.search(r'totalTimeUsed="00:0[1-9]" .* appLaunchCount=1\b', told[7])
    assert told[8] == f"No process found for: {TIKTOK}\n"
    assert TIKTOK not in told[9]  # its log-in lies in its own files


def test_a_remounted_image_takes_changes_until_the_next_boot(tmp_path: Path) -> None:
    change = "(echo x > /system/etc/new) 2>&1; echo $?"
    told = on_a_phone(
        tmp_path,
        Wish("one"),
        "remount 2>&1; echo $?",
        f"su 0 sh -c '{change}'",
        f"su 0 remount; su 0 sh -c '{change}'",
        "REBOOT",
        f"su 0 sh -c '{change}'; cat /system/etc/new",
    )
    assert told[0] == 'Not running as root. Try "adb root" first.\n1\n'
    assert "Read-only file system" in told[1]
    assert told[2] == "remount succeeded\n0\n"
    assert "Read-only file system" in told[4]
    assert told[4].endswith("x\n")


def test_a_message_is_shown_listed_and_gone_after_a_boot(tmp_path: Path) -> None:
    post = "cmd notification post -t Head tag some words"
    shade = "cmd statusbar expand-notifications; uiautomator dump /dev/tty"
    told = on_a_phone(
        tmp_path, Wish("one"), post, shade, "REBOOT", "cmd notification list", shade, NONSENSE
    )
    assert told[5] == "Error: Unknown command: nonsense\n"
    assert 'text="Head: some words"' in told[1]
    assert told[3] == ""
    assert 'text="No notifications"' in told[4]
