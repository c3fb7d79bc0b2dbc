"""Runtime ("dangerous") permissions of API 34; all others are granted at install."""

from __future__ import annotations

from harness.simphone.contracts import Package

PREFIX = "android.permission."
_RUNTIME = (
    "ACCEPT_HANDOVER", "ACCESS_BACKGROUND_LOCATION", "ACCESS_COARSE_LOCATION",
    "ACCESS_FINE_LOCATION", "ACCESS_MEDIA_LOCATION", "ACTIVITY_RECOGNITION", "ANSWER_PHONE_CALLS",
    "BLUETOOTH_ADVERTISE", "BLUETOOTH_CONNECT", "BLUETOOTH_SCAN", "BODY_SENSORS", "CALL_PHONE",
    "CAMERA", "GET_ACCOUNTS", "NEARBY_WIFI_DEVICES", "POST_NOTIFICATIONS", "READ_CALENDAR",
    "READ_CALL_LOG", "READ_CONTACTS", "READ_EXTERNAL_STORAGE", "READ_MEDIA_AUDIO",
    "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO", "READ_MEDIA_VISUAL_USER_SELECTED",
    "READ_PHONE_NUMBERS", "READ_PHONE_STATE", "READ_SMS", "RECEIVE_MMS", "RECEIVE_SMS",
    "RECORD_AUDIO", "SEND_SMS", "UWB_RANGING", "WRITE_CALENDAR", "WRITE_CALL_LOG",
    "WRITE_CONTACTS", "WRITE_EXTERNAL_STORAGE",
)  # fmt: skip
RUNTIME = frozenset(PREFIX + name for name in _RUNTIME)


def at_install(permissions: tuple[str, ...], *, all_of_them: bool) -> set[str]:
    """What installing grants; with `all_of_them` (`install -g`) the runtime ones too."""
    return {name for name in permissions if all_of_them or name not in RUNTIME}


def grant(package: Package, permission: str) -> str | None:
    """Grants a runtime permission; the reason when Android refuses."""
    refusal = _refusal(package, permission)
    if refusal is None:
        package.granted.add(permission)
    return refusal


def revoke(package: Package, permission: str) -> str | None:
    """Takes a runtime permission away; the reason when Android refuses."""
    refusal = _refusal(package, permission)
    if refusal is None:
        package.granted.discard(permission)
    return refusal


def _refusal(package: Package, permission: str) -> str | None:
    if permission not in package.permissions:
        return f"Package {package.name} has not requested permission {permission}"
    if permission not in RUNTIME:
        return (
            f"Permission {permission} requested by {package.name} is not a changeable"
            " permission type"
        )
    return None
