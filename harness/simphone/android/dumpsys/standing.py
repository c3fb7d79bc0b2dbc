"""`dumpsys role`, `webviewupdate`, `batterystats` and `thermalservice`: what hardly changes.

Source: AOSP, RoleUserState, WebViewUpdateServiceImpl, BatteryStatsService,
ThermalManagerService.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone

WEBVIEW = "com.google.android.webview"


def role_holders(phone: AndroidPhone) -> dict[str, str]:
    """Which package is the person's choice for what."""
    found = {"android.app.role.HOME": phone.packages.home[0]}
    if phone.packages.get("com.android.chrome") is not None:
        found["android.app.role.BROWSER"] = "com.android.chrome"
    return found


def dump_role(phone: AndroidPhone, _: list[str]) -> str:
    lines = ["ROLE MANAGER STATE (dumpsys role):", "[", "  {", "    user_id=0", "    version=1"]
    lines.append("    roles=[")
    for name, holder in role_holders(phone).items():
        lines += ["      {", f"        name={name}", f"        holders={holder}", "      }"]
    return "\n".join([*lines, "    ]", "  }", "]", ""])


def dump_webviewupdate(phone: AndroidPhone, _: list[str]) -> str:
    package = phone.packages.get(WEBVIEW)
    current = "null" if package is None else f"({package.name}, {package.version_name})"
    return (
        "Current WebView Update Service state:\n"
        f"  Current WebView package (name, version): {current}\n"
        "  Minimum targetSdkVersion: 33\n"
        "  WebView packages:\n"
    )


def dump_batterystats(phone: AndroidPhone, words: list[str]) -> str:
    """What is spent is not measured; times and states are the phone's."""
    if "--reset" in words:
        return "Battery stats reset.\n"
    conditions, uptime = phone.conditions, int(phone.clock.uptime() * 1000)
    on_battery = "false" if conditions.charging else "true"
    return (
        "Battery History (0% used, 0 used of 4096KB, 0 strings using 0):\n"
        f"                    0 (2) {conditions.battery_level:03d}"
        f" status={'charging' if conditions.charging else 'discharging'}\n\n"
        "Statistics since last charge:\n"
        f"  System starts: 0, currently on battery: {on_battery}\n"
        f"  Total run time: {uptime}ms realtime, {uptime}ms uptime\n"
    )


def dump_thermalservice(phone: AndroidPhone, _: list[str]) -> str:
    level = phone.activities.state.thermal
    nobody = "\tcallbacks: 0\n\tkilled: false\n\tbroadcasts count: -1\n"
    return (
        f"IsStatusOverride: {'false' if level is None else 'true'}\n"
        f"ThermalEventListeners:\n{nobody}ThermalStatusListeners:\n{nobody}"
        f"Thermal Status: {level or 0}\nCached temperatures:\nHAL Ready: true\n"
    )
