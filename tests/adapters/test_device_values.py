from collections.abc import Callable

import pytest

from harness.adapters import device_values
from harness.adapters.setting_error import SettingError
from harness.adapters.strict_yaml import Value, parse
from harness.domain.device import AccountEntry, AdbAddress


def value(text: str) -> Value:
    return parse(f"key: {text}", "f.yaml").entries()["key"]


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (device_values.read_serial, "emulator-5554", "emulator-5554"),
        (device_values.read_serial, "127.0.0.1:5555", "127.0.0.1:5555"),
        (device_values.read_serial, '"[::1]:5555"', None),
        (device_values.read_adb, "{}", AdbAddress()),
        (device_values.read_account, "{}", AccountEntry()),
        (device_values.read_url, "https://a.b/wd/hub/", "https://a.b/wd/hub"),
        (device_values.read_capture, "metadata", "metadata"),
        (device_values.read_quic, "block", "block"),
        (device_values.read_quic, "record", "record"),
        (device_values.read_language, "zh-Hant", "zh-Hant"),
        (device_values.read_language, "E", None),
    ],
)
def test_values(read: Callable[[Value], object], text: str, expected: object) -> None:
    if expected is None:
        with pytest.raises(SettingError, match=r"f\.yaml:1: 'key' is no"):
            read(value(text))
    else:
        assert read(value(text)) == expected


@pytest.mark.parametrize(
    ("read", "said"),
    [
        (device_values.read_capture, "'key' is 'some'; use decrypt, metadata or none"),
        (device_values.read_quic, "'key' is 'some'; use leave, block or record"),
    ],
)
def test_a_word_that_is_not_known_is_told_with_those_that_are(
    read: Callable[[Value], object], said: str
) -> None:
    with pytest.raises(SettingError, match=said):
        read(value("some"))
