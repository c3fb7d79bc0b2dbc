"""`dumpsys accessibility` and `location`."""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone


def dump_accessibility(phone: AndroidPhone, _: list[str]) -> str:
    on = phone.settings.get("secure", "accessibility_enabled") == "1"
    return (
        "ACCESSIBILITY MANAGER (dumpsys accessibility)\n\n"
        f"User state[attributes:{{id=0, touchExplorationEnabled=false, enabled={on}}}]\n"
    )


def dump_location(phone: AndroidPhone, _: list[str]) -> str:
    state = phone.activities.state
    latitude, longitude, _altitude = state.location
    enabled = "true" if state.location_enabled else "false"
    return (
        "Location Manager State:\n"
        f"  location [u0]: enabled={enabled}\n"
        "  gps provider:\n"
        f"    last location=Location[gps {latitude:.6f},{longitude:.6f} hAcc=5.0]\n"
    )
