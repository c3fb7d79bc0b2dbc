"""`cmd connectivity`, `wifi`, `phone`, `bluetooth_manager`, `netpolicy`, `location`; `svc`."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.android.dumpsys.connectivity import WIFI_NAME
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.platform import reboot
from harness.simphone.android.program import Program, Reply, program
from harness.simphone.contracts import ROOT_UID, SHELL_UID, Invocation

ON = ("enable", "enabled", "on", "true")
CONNECTIVITY_SINCE = 30
FIREWALL_SINCE = 34
OFF = ("disable", "disabled", "off", "false")


def _connectivity(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), list(inv.argv[1:])
    if phone.spec.api < CONNECTIVITY_SINCE:
        return Reply(err="No shell command implementation.\n")
    match words:
        case ["airplane-mode"]:
            return Reply("enabled\n" if phone.conditions.airplane else "disabled\n")
        case ["airplane-mode", state] if state in (*ON, *OFF):
            phone.conditions.airplane = state in ON
            return Reply()
        case ["reevaluate", _]:
            return Reply()
        case _ if phone.spec.api >= FIREWALL_SINCE:
            return _firewall(phone, words)
        case _:
            return _unknown(words)


def _firewall(phone: AndroidPhone, words: list[str]) -> Reply:
    """The verbs for tests of API 34: a chain of rules by uid, off until it is switched on."""
    firewall = phone.firewall
    match words:
        case ["set-chain3-enabled", state]:
            firewall.chain_enabled = state == "true"
            return Reply()
        case ["get-chain3-enabled"]:
            return Reply(f"chain:{'enabled' if firewall.chain_enabled else 'disabled'}\n")
        case ["set-package-networking-enabled", state, name]:
            package = phone.packages.get(name)
            if package is None:
                return Reply(err=f"{name}:package not found\n", code=255)
            (firewall.denied.discard if state == "true" else firewall.denied.add)(package.uid)
            return Reply()
        case ["get-package-networking-enabled", name]:
            package = phone.packages.get(name)
            denied = package is not None and package.uid in firewall.denied
            return Reply(f"{name}:{'deny' if denied else 'allow'}\n")
        case _:
            return _unknown(words)


def _wifi(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), list(inv.argv[1:])
    match words:
        case ["set-wifi-enabled", state] if state in (*ON, *OFF):
            phone.conditions.wifi = state in ON
            return Reply()
        case ["status"]:
            if not phone.conditions.wifi:
                return Reply("Wifi is disabled\n")
            return Reply(
                f"Wifi is enabled\n==== Primary ClientModeManager instance ====\n"
                f'Wifi is connected to "{WIFI_NAME}"\n'
            )
        case ["list-networks"]:
            return Reply(f"Network Id      SSID         Security type\n0  {WIFI_NAME}  wpa2-psk\n")
        case ["start-scan"]:
            return Reply()
        case ["list-scan-results"]:
            row = f"  02:00:00:00:00:00  5180  -52  1.000  {WIFI_NAME}  [WPA2-PSK-CCMP][ESS]\n"
            return Reply("    BSSID              Frequency  RSSI  Age(sec)  SSID  Flags\n" + row)
        case [verb, *_] if inv.uid != ROOT_UID:
            text = f"Uid {inv.uid} does not have access to {verb} wifi command"
            return Reply(err=f"{text} (or such command doesn't exist)\n", code=255)
        case _:
            return _unknown(words)


def _phone(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), list(inv.argv[1:])
    match words:
        case ["data", state] if state in (*ON, *OFF):
            phone.conditions.mobile_data = state in ON
            return Reply()
        case _:
            return _unknown(words)


def _bluetooth(inv: Invocation) -> Reply:
    phone, words = android(inv.phone), list(inv.argv[1:])
    match words:
        case [state] if state in (*ON, *OFF):
            phone.conditions.bluetooth = state in ON
            return Reply(f"{state}: Success\n")
        case ["wait-for-state:STATE_ON"] | ["wait-for-state:STATE_OFF"]:
            return Reply("Success\n")
        case _:
            return _unknown(words)


def _netpolicy(inv: Invocation) -> Reply:
    restricted, words = android(inv.phone).activities.state.restricted, list(inv.argv[1:])
    match words:
        case ["list", "restrict-background-blacklist"] | ["list", "restrict-background-denylist"]:
            uids = " ".join(str(uid) for uid in sorted(restricted)) or "none"
            return Reply(f"Restrict background blacklisted UIDs: {uids}\n")
        case ["get", "restrict-background"]:
            return Reply("Restrict background status: disabled\n")
        case ["add", "restrict-background-blacklist", uid] if uid.isdigit():
            restricted.add(int(uid))
            return Reply()
        case ["remove", "restrict-background-blacklist", uid] if uid.isdigit():
            restricted.discard(int(uid))
            return Reply()
        case _:
            return _unknown(words)


def _location(inv: Invocation) -> Reply:
    state, words = android(inv.phone).activities.state, list(inv.argv[1:])
    match words:
        case ["is-location-enabled", *_]:
            return Reply("true\n" if state.location_enabled else "false\n")
        case ["set-location-enabled", value, *_] if value in (*ON, *OFF):
            state.location_enabled = value in ON
            return Reply()
        case ["providers", *_]:
            return Reply()
        case _:
            return _unknown(words)


def _unknown(words: list[str]) -> Reply:
    return Reply(err=f"Unknown command: {' '.join(words) or '(none)'}\n", code=255)


def _svc(inv: Invocation) -> Reply:
    """`svc wifi|data|bluetooth|nfc|power|usb …`."""
    phone, words = android(inv.phone), list(inv.argv[1:])
    if inv.uid not in (ROOT_UID, SHELL_UID):
        return Reply(err="svc: Permission denied\n", code=255)
    match words:
        case ["wifi", ("enable" | "disable") as state]:
            phone.conditions.wifi = state == "enable"
        case ["data", ("enable" | "disable") as state]:
            phone.conditions.mobile_data = state == "enable"
        case ["bluetooth", ("enable" | "disable") as state]:
            phone.conditions.bluetooth = state == "enable"
        case ["power", "stayon", state]:
            value = {"true": "7", "usb": "2", "ac": "1", "wireless": "4"}.get(state, "0")
            phone.settings.put("global", "stay_on_while_plugged_in", value)
        case ["nfc", "enable" | "disable"] | ["usb", *_]:
            return Reply()
        case _:
            return Reply(
                "Available commands:\n    help     Show information about the subcommands\n"
                "    power    Control the power manager\n    data     Control mobile data\n"
                "    wifi     Control the Wi-Fi manager\n    bluetooth  Control Bluetooth service\n"
            )
    return Reply()


async def _svc_or_reboot(inv: Invocation) -> Reply:
    if list(inv.argv[1:3]) in (["power", "reboot"], ["power", "shutdown"]):
        return await reboot(inv)
    return _svc(inv)


SERVICES: Mapping[str, Program] = {
    "connectivity": _connectivity,
    "wifi": _wifi,
    "phone": _phone,
    "bluetooth_manager": _bluetooth,
    "netpolicy": _netpolicy,
    "location": _location,
}
COMMANDS = {"svc": program(_svc_or_reboot)}
