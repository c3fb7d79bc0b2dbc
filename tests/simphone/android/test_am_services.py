from harness.simphone.android.apk.manifest import Component, Manifest
from harness.simphone.contracts import Package
from tests.simphone.android.phone import FakePhone

SETTINGS = "io.appium.settings"
SERVICE = f"{SETTINGS}.LocationService"
START = f"am start-foreground-service -e longitude 2.5 -e latitude 48.5 {SETTINGS}/.LocationService"


def _with_service(phone: FakePhone) -> None:
    manifest = Manifest(SETTINGS, services=(Component(SERVICE),))
    package = Package(SETTINGS, 1, "1", 10180, "/data/app/x", 26, 34, True, 0.0, 0.0)
    phone.packages.preinstall(package, manifest)


def test_a_location_is_taken_over(phone: FakePhone) -> None:
    _with_service(phone)
    out, err, code = phone.run(START)
    assert out.startswith("Starting service: Intent {")
    assert (err, code) == ("", 0)
    assert phone.activities.state.location == (48.5, 2.5, 0.0)
    assert "isForeground=true" in phone.run(f"dumpsys activity services {SETTINGS}")[0]


def test_what_is_no_number_is_ignored(phone: FakePhone) -> None:
    _with_service(phone)
    before = phone.activities.state.location
    phone.run(START.replace("48.5", "north"))
    assert phone.activities.state.location == before


def test_stopping(phone: FakePhone) -> None:
    _with_service(phone)
    stop = f"am stop-service {SETTINGS}/.LocationService"
    assert "was not running" in phone.run(stop)[0]
    phone.run(START)
    assert phone.run(stop)[0].endswith("Service stopped\n")
    assert phone.run(f"am start-service {SETTINGS}/.LocationService")[2] == 0
