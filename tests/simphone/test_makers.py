"""Each maker's habits on a whole phone, as adb's shell shows them."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from harness.simphone.fleet import Fleet, Wish
from harness.simphone.makers import MAKERS
from harness.simphone.ui.display import PhoneDisplay
from tests.simphone.collected import shell

APK = "/data/local/tmp/app.apk"


def asked(folder: Path, wish: Wish, *scripts: str) -> list[tuple[int, str]]:
    """The answers of one phone."""

    async def main() -> list[tuple[int, str]]:
        fleet = Fleet([wish], folder)
        await fleet.start()
        try:
            phone = fleet.running[0].phone
            answers = [await shell(phone, script) for script in scripts]
            return [(code, out + err) for code, out, err in answers]
        finally:
            await fleet.stop()

    return asyncio.run(main())


@pytest.mark.parametrize(
    ("maker", "home", "prop", "value", "package"),
    [
        ("google", "com.google.android.apps.nexuslauncher", "ro.product.brand", "google", None),
        (
            "samsung",
            "com.sec.android.app.launcher",
            "ro.build.version.oneui",
            "60101",
            "com.samsung.knox.securefolder",
        ),
        ("xiaomi", "com.miui.home", "ro.miui.ui.version.name", "V816", "com.miui.securitycenter"),
        (
            "oppo",
            "com.android.launcher",
            "ro.vendor.oplus.market.name",
            "CPH2609",
            "com.oplus.battery",
        ),
    ],
)
def test_names_and_packages(
    tmp_path: Path, maker: str, home: str, prop: str, value: str, package: str | None
) -> None:
    answers = asked(
        tmp_path,
        Wish("one", maker=maker),
        f"getprop {prop}",
        "getprop ro.product.manufacturer",
        "dumpsys window windows | grep mCurrentFocus",
        "pm list packages",
        "ime list -s; settings get secure default_input_method",
        "cmd package resolve-activity --brief -c android.intent.category.HOME"
        " -a android.intent.action.MAIN",
        "dumpsys battery | grep -c level:",
    )
    texts = [text for _, text in answers]
    assert texts[0] == f"{value}\n"
    assert texts[1] == f"{MAKERS[maker].manufacturer}\n"
    assert home in texts[2]
    assert package is None or f"package:{package}\n" in texts[3]
    assert f"package:{home}\n" in texts[3]
    assert texts[4] == f"{MAKERS[maker].keyboard}\n" * 2
    assert texts[5].splitlines()[-1].startswith(f"{home}/")
    assert (texts[6] == "1\n") == (maker != "samsung")


REFUSED = {
    "input tap 1 1": "INJECT_EVENTS permission",
    "pm grant com.zhiliaoapp.musically android.permission.CAMERA": "GRANT_RUNTIME_PERMISSIONS",
    "settings put global stay_on_while_plugged_in 3": "WRITE_SECURE_SETTINGS",
    "pm clear com.zhiliaoapp.musically": "adb clearing user data is forbidden",
}


@pytest.mark.parametrize(
    ("maker", "held_back"),
    [("google", 0), ("samsung", 0), ("xiaomi", 0b1110), ("oppo", 0b0111)],
)
@pytest.mark.parametrize("guards", ["open", "closed"])
def test_what_is_held_back(tmp_path: Path, maker: str, held_back: int, guards: str) -> None:
    """`held_back` has a bit for each row of REFUSED, the first one highest."""
    wish = Wish("one", maker=maker, guards=guards)
    expected = held_back if guards == "closed" else 0
    for place, (code, text) in enumerate(asked(tmp_path, wish, *REFUSED)):
        refused = bool(expected & (0b1000 >> place))
        assert (code != 0, list(REFUSED.values())[place] in text) == (refused, refused)


@pytest.mark.parametrize(
    ("api", "words", "code"),
    [(30, "Injecting to another application", 137), (34, "Injecting input events requires", 255)],
)
def test_the_words_are_those_of_the_version(
    tmp_path: Path, api: int, words: str, code: int
) -> None:
    wish = Wish("one", api=api, maker="xiaomi", guards="closed")
    (answer, switched) = asked(
        tmp_path,
        wish,
        "input keyevent 3",
        "setprop persist.security.adbinput 1; input keyevent 3",
    )
    assert words in answer[1]
    assert answer[0] == code
    assert switched == (0, "")


@pytest.mark.parametrize(
    ("guards", "tap", "answer"),
    [
        ("open", None, "Success\n"),
        ("ask", "android:id/button2", "Success\n"),
        (
            "ask",
            "android:id/button1",
            "Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]\n",
        ),
        ("closed", None, "Failure [INSTALL_FAILED_USER_RESTRICTED: Install canceled by user]\n"),
    ],
)
def test_installing_over_adb(tmp_path: Path, guards: str, tap: str | None, answer: str) -> None:
    async def main() -> str:
        fleet = Fleet([Wish("one", maker="xiaomi", guards=guards)], tmp_path)
        await fleet.start()
        running = fleet.running[0]
        try:
            running.phone.fs.write(APK, running.apk.read_bytes(), uid=2000)
            installing = asyncio.create_task(shell(running.phone, f"pm install -r {APK}"))
            if tap is not None:
                await tapped(running.phone.display, tap)
            return (await installing)[1]
        finally:
            await fleet.stop()

    assert asyncio.run(main()) == answer


async def tapped(display: PhoneDisplay, rid: str) -> None:
    """A person answers the question as soon as it is shown."""
    for _ in range(500):
        nodes = [node for root in display.roots() for node in root.walk() if node.rid == rid]
        if nodes:
            await display.tap(*nodes[0].centre)
            return
        await asyncio.sleep(0.01)
    raise AssertionError("nothing was asked")


def test_unknown_makers_are_named(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="maker 'nokia' is not simulated; known: google, samsung"):
        Fleet([Wish("one", maker="nokia")], tmp_path)
