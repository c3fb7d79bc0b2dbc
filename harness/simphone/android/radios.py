"""Keeps `conditions` and the settings that mirror them in step, both ways.

`wifi_on` has four values in Android's WifiSettingsStore: 0 off, 1 on, 2 on
although in airplane mode, 3 off because of airplane mode.
"""

from __future__ import annotations

from harness.simphone.android.conditions import Conditions
from harness.simphone.contracts import Settings

WIFI_OFF, WIFI_ON, WIFI_IN_AIRPLANE, WIFI_OFF_BY_AIRPLANE = "0", "1", "2", "3"

MIRRORED = {  # attribute of conditions -> key of the global settings
    "airplane": "airplane_mode_on",
    "mobile_data": "mobile_data",
    "bluetooth": "bluetooth_on",
}


def connect_radios(conditions: Conditions, settings: Settings) -> None:
    """Writes the present state to the settings and follows changes on either side."""
    Radios(conditions, settings)


class Radios:
    """The two-way mirror; holds whether Wi-Fi comes back after airplane mode."""

    def __init__(self, conditions: Conditions, settings: Settings) -> None:
        self._conditions = conditions
        self._settings = settings
        for attribute, key in MIRRORED.items():
            self._put(key, "1" if getattr(conditions, attribute) else "0")
        self._put("wifi_on", WIFI_ON if conditions.wifi else WIFI_OFF)
        conditions.subscribe(self._condition_changed)
        settings.subscribe(self._setting_changed)

    def _condition_changed(self, attribute: str, value: object) -> None:
        if attribute in MIRRORED:
            self._put(MIRRORED[attribute], "1" if value else "0")
        if attribute == "airplane":
            self._airplane(on=bool(value))
        elif attribute == "wifi":
            self._wifi(on=bool(value))

    def _airplane(self, *, on: bool) -> None:
        stored = self._settings.get("global", "wifi_on")
        if on and self._conditions.wifi:
            self._put("wifi_on", WIFI_OFF_BY_AIRPLANE)
            self._conditions.wifi = False
        elif not on and stored in (WIFI_OFF_BY_AIRPLANE, WIFI_IN_AIRPLANE):
            self._put("wifi_on", WIFI_ON)
            self._conditions.wifi = True

    def _wifi(self, *, on: bool) -> None:
        if self._conditions.airplane:
            stored = self._settings.get("global", "wifi_on")
            if on:
                self._put("wifi_on", WIFI_IN_AIRPLANE)
            elif stored != WIFI_OFF_BY_AIRPLANE:
                self._put("wifi_on", WIFI_OFF)
        else:
            self._put("wifi_on", WIFI_ON if on else WIFI_OFF)

    def _setting_changed(self, namespace: str, key: str, value: str | None) -> None:
        if namespace != "global":
            return
        if key == "wifi_on":
            self._conditions.wifi = value in (WIFI_ON, WIFI_IN_AIRPLANE)
        for attribute, mirrored in MIRRORED.items():
            if key == mirrored:
                setattr(self._conditions, attribute, value == "1")

    def _put(self, key: str, value: str) -> None:
        if self._settings.get("global", key) != value:
            self._settings.put("global", key, value)
