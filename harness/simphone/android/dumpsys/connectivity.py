"""`dumpsys connectivity` and `wifi`: what network is there, and whether it leads anywhere."""

from __future__ import annotations

from datetime import UTC, datetime

from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.settings import proxy_parts
from harness.simphone.network.wifi_link import GATEWAY, address_of

WIFI_NETWORK, MOBILE_NETWORK = 101, 102
WIFI_NAME = "SimWifi"
COMMON = (
    "INTERNET&NOT_RESTRICTED&TRUSTED&NOT_VPN&NOT_ROAMING&FOREGROUND&NOT_CONGESTED&NOT_SUSPENDED"
)

_VPN = (
    "NetworkAgentInfo{network{103}  handle{442610782221}  ni{VPN CONNECTED}"
    "  lp{{InterfaceName: tun0 LinkAddresses: [ 10.0.0.1/32 ] DnsAddresses: [ /10.0.0.53 ]"
    " MTU: 1280 Routes: [ 0.0.0.0/0 -> 0.0.0.0 tun0 ]}}  nc{[ Transports: WIFI|VPN Capabilities:"
    " INTERNET&NOT_RESTRICTED&TRUSTED&VALIDATED&NOT_ROAMING&FOREGROUND&NOT_SUSPENDED ]}}"
)


def dump_connectivity(phone: AndroidPhone, _: list[str]) -> str:
    """`Active default network: N|none` and one long line for each agent."""
    agents = _agents(phone)
    active = str(agents[0][0]) if agents else "none"
    lines = [
        "NetworkProviders for:",
        "",
        f"Active default network: {active}",
        "",
        "Current network preferences: ",
        "",
        "Current Networks:",
    ]
    lines += [f"  {_agent(phone, number, kind)}" for number, kind in agents]
    if phone.network.tunnel is not None:
        lines.append(f"  {_VPN}")
    lines += ["", "Status for known UIDs:", ""]
    lines += [f"  {uid}: OEM_DENY_3_MATCH" for uid in sorted(phone.firewall.denied)]
    return "\n".join(lines) + "\n"


def _agents(phone: AndroidPhone) -> list[tuple[int, str]]:
    conditions = phone.conditions
    if conditions.wifi:
        return [(WIFI_NETWORK, "WIFI")]
    if conditions.mobile_data and not conditions.airplane:
        return [(MOBILE_NETWORK, "CELLULAR")]
    return []


def _agent(phone: AndroidPhone, number: int, kind: str) -> str:
    conditions = phone.conditions
    valid = conditions.validated and not conditions.captive_portal
    capabilities = COMMON if kind == "CELLULAR" else f"NOT_METERED&{COMMON}"
    if valid:
        capabilities += "&VALIDATED"
    elif conditions.captive_portal:
        capabilities += "&CAPTIVE_PORTAL"
    policies = "TRANSPORT_PRIMARY&EVER_EVALUATED" + (
        "&EVER_VALIDATED&IS_VALIDATED" if valid else ""
    )
    since = int(phone.clock.uptime() * 1000)
    created = datetime.fromtimestamp(phone.clock.now() - phone.clock.uptime(), UTC)
    network = "WIFI" if kind == "WIFI" else "MOBILE[LTE]"
    extra = "" if kind == "WIFI" else " extra: internet"
    wifi = f"{address_of(phone.spec.name)}/24"
    face, address = ("wlan0", wifi) if kind == "WIFI" else ("rmnet1", "10.0.1.2/32")
    evaluated = f"firstValidated {since} lastValidated {since}" if valid else "lastValidated 0"
    return (
        f"NetworkAgentInfo{{network{{{number}}}  handle{{{number << 32 | 0xCAFED00D}}}"
        f"  ni{{{network} CONNECTED{extra}}} created={created:%Y-%m-%dT%H:%M:%S}.000Z"
        f" Score(Policies : {policies} ; KeepConnected : 0)  created {since} {evaluated}"
        f"  lp{{{{InterfaceName: {face} LinkAddresses: [ {address} ]"
        f" DnsAddresses: [ /{GATEWAY} ] Domains: null MTU: 1500{_proxy(phone)}"
        f" Routes: [ 0.0.0.0/0 -> {GATEWAY} {face} mtu 1500 ]}}}}"
        f"  nc{{[ Transports: {kind} Capabilities: {capabilities}"
        f" LinkUpBandwidth>=12000Kbps LinkDnBandwidth>=60000Kbps ]}}  factorySerialNumber=7}}"
    )


def _proxy(phone: AndroidPhone) -> str:
    """The proxy that apps are told of, as ProxyInfo prints itself."""
    host = phone.settings.get("global", "global_http_proxy_host") or ""
    port = phone.settings.get("global", "global_http_proxy_port") or "0"
    if not host:
        parts = proxy_parts(phone.settings.get("global", "http_proxy") or "")
        host = parts.get("global_http_proxy_host", "")
        port = parts.get("global_http_proxy_port", "0")
    return f" HttpProxy: [{host}] {port}" if host else ""


def dump_wifi(phone: AndroidPhone, _: list[str]) -> str:
    """On or off, and the network that is joined."""
    if not phone.conditions.wifi:
        return "Wi-Fi is disabled\nStay-awake conditions: 0\nmWifiInfo SSID: <unknown ssid>\n"
    return (
        "Wi-Fi is enabled\nStay-awake conditions: 0\n"
        f'mWifiInfo SSID: "{WIFI_NAME}", BSSID: 02:00:00:00:00:00, Supplicant state: COMPLETED,'
        " RSSI: -52, Link speed: 433Mbps, Frequency: 5180MHz\n"
        "mNetworkInfo [type: WIFI[], state: CONNECTED/CONNECTED]\n"
    )


def dump_telephony(phone: AndroidPhone, _: list[str]) -> str:
    """Service and data state of the one SIM."""
    off = phone.conditions.airplane
    data = phone.conditions.mobile_data and not off
    return (
        "last known state:\n  Phone Id=0\n"
        f"    mServiceState={{mVoiceRegState={3 if off else 0}"
        f"({'POWER_OFF' if off else 'IN_SERVICE'}), mDataRegState={3 if off else 0}}}\n"
        f"    mDataConnectionState={2 if data else 0}\n"
        "    mCallState=0\n"
    )
