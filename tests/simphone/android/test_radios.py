from collections.abc import Callable

import pytest

from harness.simphone.android.conditions import Conditions
from harness.simphone.android.radios import connect_radios
from harness.simphone.android.settings import PhoneSettings

Act = Callable[[Conditions, PhoneSettings], None]


def _set(**values: bool) -> Act:
    def act(conditions: Conditions, _: PhoneSettings) -> None:
        for name, value in values.items():
            setattr(conditions, name, value)

    return act


def _put(**values: str) -> Act:
    def act(_: Conditions, settings: PhoneSettings) -> None:
        for name, value in values.items():
            settings.put("global", name, value)

    return act


@pytest.mark.parametrize(
    ("acts", "airplane_on", "wifi_on", "online"),
    [
        ([], "0", "1", True),
        ([_set(airplane=True)], "1", "3", False),
        ([_put(airplane_mode_on="1")], "1", "3", False),
        ([_set(airplane=True), _set(airplane=False)], "0", "1", True),
        ([_set(airplane=True), _set(wifi=True)], "1", "2", True),
        ([_set(airplane=True), _set(wifi=True), _set(wifi=False)], "1", "0", False),
        ([_set(wifi=False)], "0", "0", True),
        ([_set(wifi=False, mobile_data=False)], "0", "0", False),
        ([_set(wifi=False), _set(airplane=True), _set(airplane=False)], "0", "0", True),
        ([_put(wifi_on="0", mobile_data="0")], "0", "0", False),
    ],
)
def test_conditions_and_settings_agree(
    acts: list[Act], airplane_on: str, wifi_on: str, online: bool
) -> None:
    conditions, settings = Conditions(), PhoneSettings()
    connect_radios(conditions, settings)
    for act in acts:
        act(conditions, settings)
    assert settings.get("global", "airplane_mode_on") == airplane_on
    assert settings.get("global", "wifi_on") == wifi_on
    assert conditions.online is online
    assert conditions.airplane is (airplane_on == "1")


def test_listeners_hear_changes_and_nothing_else() -> None:
    conditions = Conditions()
    heard: list[tuple[str, object]] = []
    conditions.subscribe(lambda name, value: heard.append((name, value)))
    conditions.locked = True
    conditions.locked = True
    conditions.battery_level = 3
    assert heard == [("locked", True), ("battery_level", 3)]
