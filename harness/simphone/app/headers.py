"""Headers and query of the app's requests, in the shapes that public captures show.

The signature headers are random placeholders: nothing here computes them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from urllib.parse import urlencode

from harness.simphone.contracts import Package, PhoneSpec


@dataclass(frozen=True, slots=True)
class Install:
    """Ids that an installation of the app is given; they end with its data."""

    device_id: str = field(default_factory=lambda: _digits(19))
    install_id: str = field(default_factory=lambda: _digits(19))
    openudid: str = field(default_factory=lambda: secrets.token_hex(8))
    cdid: str = field(default_factory=lambda: secrets.token_hex(16))


def _digits(count: int) -> str:
    return "7" + "".join(secrets.choice("0123456789") for _ in range(count - 1))


def query(spec: PhoneSpec, package: Package, install: Install, now: float) -> str:
    """The query string that nearly every request carries."""
    language = spec.locale.split("-")[0]
    return urlencode(
        {
            "aid": "1233",
            "app_name": "musical_ly",
            "version_code": _short(package.version_name),
            "version_name": package.version_name,
            "manifest_version_code": str(package.version_code),
            "device_id": install.device_id,
            "iid": install.install_id,
            "openudid": install.openudid,
            "cdid": install.cdid,
            "device_platform": "android",
            "device_type": spec.model,
            "os_api": str(spec.api),
            "os_version": spec.release,
            "language": language,
            "region": spec.locale.split("-")[-1],
            "channel": "googleplay",
            "ac": "wifi",
            "ts": str(int(now)),
            "_rticket": str(int(now * 1000)),
        }
    )


def headers(
    spec: PhoneSpec, package: Package, now: float, token: str | None, cookie: str | None
) -> dict[str, str]:
    """Request headers; `token` and `cookie` of the session when there is one."""
    found = {
        "accept-encoding": "gzip",
        "user-agent": (
            f"{package.name}/{package.version_code} (Linux; U; Android {spec.release}; "
            f"{spec.locale.replace('-', '_')}; {spec.model}; Build/UQ1A.240205.004; "
            "Cronet/TTNetVersion:4a1b2c3d 2025-03-11 QuicVersion:5f6a7b8c 2025-02-27)"
        ),
        "x-khronos": str(int(now)),
        "x-tt-trace-id": f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01",
        "x-gorgon": f"8404{secrets.token_hex(24)}",
        "x-argus": secrets.token_urlsafe(48),
        "x-ladon": secrets.token_urlsafe(16),
        "sdk-version": "2",
    }
    if token:
        found["x-tt-token"] = token
    if cookie:
        found["cookie"] = cookie
    return found


def _short(version_name: str) -> str:
    parts = ([*version_name.split("."), "0", "0"])[:3]
    return "".join(f"{int(part):02d}" for part in parts)
