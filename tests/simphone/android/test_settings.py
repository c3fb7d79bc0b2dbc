import pytest

from harness.simphone.android.settings import PhoneSettings, proxy_parts
from tests.simphone.android.phone import FakePhone

KEYS = ("global_http_proxy_host", "global_http_proxy_port", "global_http_proxy_exclusion_list")


@pytest.mark.parametrize(
    ("value", "host", "port"),
    [
        ("127.0.0.1:8080", "127.0.0.1", "8080"),
        ("proxy.example", "proxy.example", "8080"),
        (":0", "", "0"),
        ("host:x", "host", "8080"),
    ],
)
def test_a_proxy_fans_out(value: str, host: str, port: str) -> None:
    settings = PhoneSettings()
    settings.put("global", "http_proxy", value)
    assert [settings.get("global", key) for key in KEYS] == [host, port, ""]


def test_deleting_the_proxy_leaves_the_other_keys() -> None:
    settings = PhoneSettings()
    settings.put("global", "http_proxy", "a:1")
    assert settings.delete("global", "http_proxy")
    assert settings.get("global", "http_proxy") is None
    assert settings.get("global", KEYS[0]) == "a"


def test_an_empty_proxy_changes_nothing() -> None:
    assert proxy_parts("") == {}


def test_subscribers_hear_puts_and_deletes() -> None:
    settings, heard = PhoneSettings(), list[tuple[str, str, str | None]]()
    settings.subscribe(lambda space, key, value: heard.append((space, key, value)))
    settings.put("secure", "a", "1")
    settings.delete("secure", "a")
    settings.delete("secure", "a")
    assert heard == [("secure", "a", "1"), ("secure", "a", None)]


@pytest.mark.parametrize(
    ("line", "out", "code"),
    [
        ("settings get global no_such_key", "null\n", 0),
        ("settings put global x 'a b'", "", 0),
        ("settings --user 0 get system font_scale", "1.0\n", 0),
        ("settings get secure default_input_method", "com.google.android.inputmethod.latin/", 0),
        ("settings delete global adb_enabled", "Deleted 1 rows\n", 0),
        ("settings delete global nope", "Deleted 0 rows\n", 0),
        ("settings list system", "accelerometer_rotation=0\n", 0),
        ("settings get nowhere x", "", 255),
        ("settings get", "", 255),
        ("settings frob global x", "", 255),
        ("settings help", "Settings provider", 0),
        ("cmd settings get global device_provisioned", "1\n", 0),
    ],
)
def test_the_command(phone: FakePhone, line: str, out: str, code: int) -> None:
    answer = phone.run(line)
    assert answer[0].startswith(out)
    assert answer[2] == code
