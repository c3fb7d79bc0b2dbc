import pytest

from harness.simphone.android.properties import PhoneProperties, PropertyError, fingerprint
from harness.simphone.contracts import PhoneSpec
from tests.simphone.android.phone import FakePhone


@pytest.mark.parametrize(
    ("profile", "key", "value"),
    [
        ("userdebug", "ro.build.version.sdk", "34"),
        ("userdebug", "ro.build.version.release", "14"),
        ("userdebug", "ro.debuggable", "1"),
        ("userdebug", "ro.build.type", "userdebug"),
        ("userdebug", "ro.kernel.qemu", ""),
        ("userdebug", "ro.harness.simulated", "1"),
        ("userdebug", "sys.boot_completed", "1"),
        ("userdebug", "persist.sys.locale", "en-US"),
        ("retail", "ro.debuggable", "0"),
        ("retail", "ro.build.type", "user"),
        ("retail", "ro.build.tags", "release-keys"),
        ("retail", "ro.boot.verifiedbootstate", "green"),
    ],
)
def test_values_by_kind_of_phone(profile: str, key: str, value: str) -> None:
    assert PhoneProperties(PhoneSpec("x", profile=profile)).get(key) == value


def test_the_fingerprint_names_release_and_keys() -> None:
    text = fingerprint(PhoneSpec("x", profile="retail"))
    assert text == "google/shiba/shiba:14/UQ1A.240205.004/11269751:user/release-keys"


@pytest.mark.parametrize(("key", "value"), [("ro.serialno", "X"), ("debug.long", "x" * 92)])
def test_what_cannot_be_set(key: str, value: str) -> None:
    with pytest.raises(PropertyError):
        PhoneProperties(PhoneSpec("x")).set(key, value)


def test_getprop_and_setprop(phone: FakePhone) -> None:
    assert phone.run("getprop ro.product.model") == ("Pixel 8\n", "", 0)
    assert phone.run("getprop no.such fallback") == ("fallback\n", "", 0)
    assert phone.run("setprop debug.x 1") == ("", "", 0)
    assert "[debug.x]: [1]\n" in phone.run("getprop")[0]
    assert phone.run("setprop ro.serialno 1")[2] == 1
    assert phone.run("setprop one")[2] == 1
