"""`dumpsys netstats`: bytes by uid, in buckets."""

from __future__ import annotations

from harness.simphone.android.dumpsys.connectivity import WIFI_NAME
from harness.simphone.android.parts import AndroidPhone
from harness.simphone.android.traffic import BUCKET_SECONDS, Counter


def dump_netstats(phone: AndroidPhone, _: list[str]) -> str:
    """The whole phone's history (`Dev`, `Xt`), then each uid's."""
    traffic = phone.activities.state.traffic
    now = int(phone.clock.now()) // BUCKET_SECONDS * BUCKET_SECONDS
    device = traffic.device() or {now: Counter()}
    lines = ["Active interfaces:", f"  iface=wlan0 ident=[{_ident(phone)}]"]
    for title in ("Dev stats:", "Xt stats:"):
        lines += [title, "  Pending bytes: 0", "  Complete history:"]
        lines += _history(phone, -1, "ALL", device)
    lines += ["UID stats:", "  Pending bytes: 0", "  Complete history:"]
    for uid, buckets in sorted(traffic.buckets.items()):
        lines += _history(phone, uid, "FOREGROUND", buckets)
    return "\n".join(lines) + "\n"


def _ident(phone: AndroidPhone) -> str:
    if phone.conditions.wifi:
        return (
            f'{{type=1, ratType=-2, wifiNetworkKey="{WIFI_NAME}", metered=false,'
            " defaultNetwork=true}"
        )
    return "{type=0, ratType=-2, metered=true, defaultNetwork=true}"


def _history(phone: AndroidPhone, uid: int, kind: str, buckets: dict[int, Counter]) -> list[str]:
    lines = [
        f"  ident=[{_ident(phone)}] uid={uid} set={kind} tag=0x0",
        f"    NetworkStatsHistory: bucketDuration={BUCKET_SECONDS}",
    ]
    for start, counter in sorted(buckets.items()):
        received, sent = counter.packets
        lines.append(
            f"      st={start} rb={counter.received} rp={received} tb={counter.sent} tp={sent} op=0"
        )
    return lines
