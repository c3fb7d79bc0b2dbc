import pytest

from harness.simphone.android.intents import parse_intent
from harness.simphone.android.resolver import NoActivity, launcher_activity, resolve
from harness.simphone.android.system_packages import SETTINGS
from harness.simphone.contracts.maker import GOOGLE
from tests.simphone.android.phone import APP, LINK, MAIN, FakePhone

HOME, HOME_ACTIVITY, _ = GOOGLE.home

CHROME = ("com.android.chrome", "com.google.android.apps.chrome.Main")
VIEW = "-a android.intent.action.VIEW"
START = "-a android.intent.action.MAIN"


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (f"-n {APP}/.MainActivity", (APP, MAIN)),
        (f"{START} -c android.intent.category.LAUNCHER -p {APP}", (APP, MAIN)),
        (f"{START} -c android.intent.category.HOME", (HOME, HOME_ACTIVITY)),
        (f"{VIEW} -d feed://x", (APP, LINK)),
        (f"{VIEW} -d feed://x {APP}", (APP, LINK)),
        (f"{VIEW} -d https://x.example -c android.intent.category.BROWSABLE", CHROME),
        ("-a android.settings.WIFI_SETTINGS", (SETTINGS, f"{SETTINGS}.Settings")),
    ],
)
def test_found(phone: FakePhone, words: str, found: tuple[str, str]) -> None:
    phone.install()
    assert resolve(phone.packages, parse_intent(words.split())) == found


@pytest.mark.parametrize(
    "words",
    [
        f"-n {APP}/.Nope",
        f"{VIEW} -d nope://x",
        f"{VIEW} -d feed://x -p {SETTINGS}",
        "-a some.thing",
    ],
)
def test_not_found(phone: FakePhone, words: str) -> None:
    phone.install()
    with pytest.raises(NoActivity):
        resolve(phone.packages, parse_intent(words.split()))


def test_a_disabled_package_has_no_icon(phone: FakePhone) -> None:
    phone.install()
    assert launcher_activity(phone.packages, APP) == MAIN
    phone.packages.disabled.add(APP)
    assert launcher_activity(phone.packages, APP) is None
    assert launcher_activity(phone.packages, "no.such") is None
