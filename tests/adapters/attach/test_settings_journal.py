"""Reading, setting and restoring the proxy settings."""

import pytest

from harness.adapters.attach.settings_journal import (
    KEYS,
    STAY_ON,
    keep_lit,
    read_settings,
    restore_commands,
    restore_settings,
    set_proxy,
)
from harness.ports import InstrumentError
from tests.adapters.attach.phone_stand_in import StandIn

UNSET: dict[str, str | None] = dict.fromkeys(KEYS)


def test_unset_and_empty_are_not_the_same() -> None:
    phone = StandIn()
    phone.settings = {"http_proxy": "10.0.0.1:3128", "global_http_proxy_exclusion_list": ""}
    assert read_settings(phone) == UNSET | {
        "http_proxy": "10.0.0.1:3128",
        "global_http_proxy_exclusion_list": "",
    }


@pytest.mark.parametrize(
    "before",
    [
        {},
        {"http_proxy": ":0", "global_http_proxy_host": "", "global_http_proxy_port": "0"},
        {
            "http_proxy": "proxy.lab:3128",
            "global_http_proxy_host": "proxy.lab",
            "global_http_proxy_port": "3128",
            "global_http_proxy_exclusion_list": "it's,a b",
        },
        {"global_proxy_pac_url": "http://pac.lab/x"},
    ],
)
def test_everything_is_restored_to_the_letter(before: dict[str, str]) -> None:
    phone = StandIn()
    phone.settings = dict(before)
    saved = read_settings(phone)
    set_proxy(phone, "127.0.0.1:8080")
    assert phone.settings["global_http_proxy_host"] == "127.0.0.1", "Android fans it out"
    assert restore_settings(phone, saved) == []
    assert phone.settings == before


def test_the_screen_stays_on_for_the_time_of_a_run() -> None:
    phone = StandIn()
    phone.settings = {STAY_ON: "0"}
    before = read_settings(phone)

    keep_lit(phone)
    assert phone.settings[STAY_ON] == "15"

    assert restore_settings(phone, before) == []
    assert phone.settings[STAY_ON] == "0"


def test_the_proxy_is_taken_away_first() -> None:
    assert restore_commands(UNSET)[0] == "settings put global http_proxy :0"


def test_a_setting_that_does_not_hold_is_told() -> None:
    phone = StandIn()
    phone.broken = lambda command: "put" in command and command.startswith("nothing")
    phone._setting = lambda words: "null\n" if " get " in words else ""  # type: ignore[method-assign] - a phone that ignores us
    with pytest.raises(InstrumentError, match="it reads None"):
        set_proxy(phone, "127.0.0.1:8080")


def test_what_cannot_be_restored_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("harness.adapters.attach.settings_journal._PAUSE", 0.0)
    phone = StandIn()
    phone._setting = lambda words: "stuck\n" if " get " in words else ""  # type: ignore[method-assign] - a phone that ignores us
    assert restore_settings(phone, UNSET) == list(KEYS)


def test_a_phone_that_answers_nonsense_is_an_instrument_failure() -> None:
    phone = StandIn()
    phone._setting = lambda words: ""  # type: ignore[method-assign] - a phone that says nothing
    with pytest.raises(InstrumentError, match=f"0 lines for {len(KEYS)} keys"):
        read_settings(phone)
