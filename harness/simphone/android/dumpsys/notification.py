"""`dumpsys notification`: what is shown, who may post, who listens.

Source: AOSP, NotificationManagerService.dumpImpl and NotificationRecord.dump.
"""

from __future__ import annotations

from zlib import crc32

from harness.simphone.android.notifications import Notification, may_post
from harness.simphone.android.parts import AndroidPhone

ONGOING, SERVICE = 0x2, 0x40  # Notification.FLAG_ONGOING_EVENT, FLAG_FOREGROUND_SERVICE
LOW, DEFAULT = 2, 3  # NotificationManager.IMPORTANCE_*
NONE = "NONE"
QUIET = {"--noredact", "--stats", "-p", "--package"}


def dump_notification(phone: AndroidPhone, words: list[str]) -> str:
    """`--package NAME` or a bare name shows one package's. Titles and texts only with
    `--noredact`, as a phone that people use shows them."""
    wanted = next((word for word in words if word not in QUIET), None)
    shown = phone.activities.state.notifications.all()
    open_texts = "--noredact" in words
    lines = ["Current Notification Manager state:"]
    if shown:
        lines.append("  Notification List:")
    for notification in shown:
        if wanted in (None, notification.package):
            lines += _record(phone, notification, open_texts=open_texts)
    lines += ["  ", "  mZenMode=" + _zen(phone), ""]
    lines += ["  Notification Preferences:"]
    for package in phone.packages.all():
        if wanted in (None, package.name) and not package.system:
            importance = "" if may_post(phone, package.name) else f" importance={NONE}"
            lines.append(f"    AppSettings: {package.name} ({package.uid}){importance}")
    listeners = phone.settings.get("secure", "enabled_notification_listeners") or ""
    lines += ["", "  Notification listeners:", "    Allowed notification listeners:"]
    lines += [f"      {name}" for name in listeners.split(":") if name]
    return "\n".join([*lines, ""])


def _zen(phone: AndroidPhone) -> str:
    modes = ("ZEN_MODE_OFF", "ZEN_MODE_IMPORTANT_INTERRUPTIONS", "ZEN_MODE_NO_INTERRUPTIONS")
    stored = phone.settings.get("global", "zen_mode") or "0"
    return dict(zip("012", modes, strict=True)).get(stored, "ZEN_MODE_ALARMS")


def _record(phone: AndroidPhone, shown: Notification, *, open_texts: bool) -> list[str]:
    package = phone.packages.get(shown.package)
    uid = package.uid if package else 0
    key, tag = shown.key(uid), "null" if shown.tag is None else shown.tag
    flags = ONGOING | SERVICE if shown.service else 0
    importance = LOW if shown.service else DEFAULT
    head = (
        f"    NotificationRecord(0x{crc32(key.encode()):08x}: pkg={shown.package}"
        f" user=UserHandle{{0}} id={shown.number} tag={tag} importance={importance} key={key}:"
        f" Notification(channel={shown.channel} shortcut=null contentView=null vibrate=null"
        f" sound=null defaults=0x0 flags=0x{flags:x} color=0x00000000 vis=PRIVATE))"
    )
    pad = " " * 6

    def text(value: str) -> str:
        return f"String ({value})" if open_texts else f"String [length={len(value)}]"

    return [
        head,
        f"{pad}uid={uid} userId=0",
        f"{pad}opPkg={shown.package}",
        f"{pad}flags=0x{flags:x}",
        f"{pad}pri=0",
        f"{pad}key={key}",
        f"{pad}seen=true",
        f"{pad}when={int(shown.when * 1000)}",
        f"{pad}extras={{",
        f"{pad}    android.title={text(shown.title)}",
        f"{pad}    android.text={text(shown.text)}",
        f"{pad}}}",
    ]
