"""Services of which only a short answer is simulated: notifications, alarms, usage."""

from __future__ import annotations

from harness.simphone.android.clock import stamp
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.tasks import tasks


def dump_notification(phone: AndroidPhone, _: list[str]) -> str:
    """Listeners; no app of the simulator posts notifications."""
    listeners = phone.settings.get("secure", "enabled_notification_listeners") or ""
    names = "".join(f"      {name}\n" for name in listeners.split(":") if name)
    return (
        "Current Notification Manager state:\n  Notification List:\n"
        f"  Notification listeners:\n    Allowed notification listeners:\n{names}"
    )


def dump_alarm(phone: AndroidPhone, _: list[str]) -> str:
    now = phone.clock.now()
    return (
        "Current Alarm Manager state:\n"
        f"  nowRTC={int(now * 1000)}={stamp(phone, now)} nowELAPSED={phone.clock.uptime():.0f}\n"
        "  0 pending alarms:\n"
    )


def dump_usagestats(phone: AndroidPhone, _: list[str]) -> str:
    lines = ["user=0", "  Last 24 hour events"]
    lines += [
        f"    package={record.package} class={record.activity} type=ACTIVITY_RESUMED"
        for record in tasks(phone)
    ]
    return "\n".join(lines) + "\n"


def dump_jobscheduler(_: AndroidPhone, __: list[str]) -> str:
    return "Settings:\n  (defaults)\nRegistered 0 jobs:\n"


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


def dump_account(_: AndroidPhone, __: list[str]) -> str:
    return "User UserInfo{0:Owner:c13}:\n  Accounts: 0\n\n  Active Sessions: 0\n"


def dump_trust(phone: AndroidPhone, _: list[str]) -> str:
    locked = 1 if phone.conditions.locked else 0
    return (
        "Trust manager state:\n"
        f' User "Owner" (id=0, flags=0x4c13) (current): trustState=UNTRUSTED,'
        f" trustManaged=0, deviceLocked={locked}, strongAuthRequired=0x0\n"
    )
