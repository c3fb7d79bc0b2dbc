"""Our authority in the phone's user store: only a person can put it there, and take it out.

Apps built for Android 7 and later trust it only where their own configuration says so; Chrome
and other browsers do.
"""

from __future__ import annotations

from pathlib import Path

from harness.adapters.proxy.canary_host import CANARY_HOST
from harness.adapters.proxy.certificate import ORGANISATION
from harness.ports import DeviceControl

OFFERED = "/sdcard/Download/harness-ca.crt"
"""Where Android's own installer looks for a certificate (Download of its document picker)."""
PROOF = f"https://{CANARY_HOST}/user"
_SECURITY = "Settings → Security → "
_CREDENTIALS = "Encryption & credentials → "
_MORE = "More security settings → "
_CA_APART = 30
"""API level from which Settings installs an authority by a way of its own (Android 11)."""


def offer(device: DeviceControl, certificate: Path) -> None:
    """Lays the certificate (PEM) where a person finds it. Raises InstrumentError."""
    device.push(certificate, OFFERED)


def withdraw(device: DeviceControl) -> list[str]:
    """Takes the file away; returns what is left of it."""
    device.shell(f"rm -f {OFFERED}")
    left = device.shell(f"[ -e {OFFERED} ]").ok
    return [f"{OFFERED} is still on {device.name}"] if left else []


def steps_to_install(api: int) -> list[str]:
    """What a person taps, in order; the last one proves that it worked."""
    name = OFFERED.rpartition("/")[2]
    if api >= _CA_APART:
        menus = f"{_SECURITY}{_MORE}{_CREDENTIALS}"
        way = [
            f"{menus}Install a certificate → CA certificate → Install anyway.",
            f"Unlock the phone when it asks, then choose {name} in Download.",
        ]
    else:
        way = [
            f"{_SECURITY}{_CREDENTIALS}Install from storage.",
            f"Choose {name} in Download; any name will do; use it for VPN and apps.",
            "Android wants a screen lock for this: set one if there is none.",
        ]
    return [*way, f"Then open {PROOF} in the phone's browser: it says so when all is well."]


def steps_to_remove(api: int) -> list[str]:
    """What a person taps afterwards."""
    more = _MORE if api >= _CA_APART else ""
    return [
        f"{_SECURITY}{more}{_CREDENTIALS}Trusted credentials → User.",
        f"Tap the one of {ORGANISATION!r}, then Remove.",
    ]
