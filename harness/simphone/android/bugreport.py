"""`bugreportz` and `bugreport`: everything the phone says of itself, as a zip.

Source: AOSP, frameworks/native/cmds/bugreportz (protocol 1.2) and the adb client,
which pulls the file that is named in the last line.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import datetime

from harness.simphone.android.clock import zone
from harness.simphone.android.dumpsys.command import dumps
from harness.simphone.android.log_format import render
from harness.simphone.android.log_ring import BUFFERS
from harness.simphone.android.parts import AndroidPhone, android
from harness.simphone.android.program import Reply, arguments, program
from harness.simphone.contracts import SHELL_UID, Invocation

VERSION = "1.2"
FOLDERS = tuple(
    "/data/user_de/0/com.android.shell" + rest for rest in ("", "/files", "/files/bugreports")
)
FOLDER = FOLDERS[-1]


def text_report(phone: AndroidPhone) -> str:
    """The main text: build, log buffers, all services."""
    properties = phone.properties
    now = datetime.fromtimestamp(phone.clock.now(), zone(phone))
    ruler = "=" * 56
    parts = [
        f"{ruler}\n== dumpstate: {now:%Y-%m-%d %H:%M:%S}\n{ruler}\n",
        f"Build: {properties.get('ro.build.display.id')}\n",
        f"Build fingerprint: '{properties.get('ro.build.fingerprint')}'\n",
        f"Uptime: up {phone.clock.uptime():.0f} s\n",
    ]
    for buffer in BUFFERS:
        lines = [render(e, "threadtime", (), zone(phone)) for e in phone.log.entries([buffer])]
        parts.append(f"------ {buffer.upper()} LOG (logcat -b {buffer}) ------\n{''.join(lines)}")
    parts.append(f"{ruler}\n== Running Application Services\n{ruler}\n")
    parts += [f"DUMP OF SERVICE {name}:\n{text}" for name, text in dumps(phone)]
    return "".join(parts)


def _stem(phone: AndroidPhone) -> str:
    now = datetime.fromtimestamp(phone.clock.now(), zone(phone))
    build = phone.properties.get("ro.build.id")
    return f"bugreport-{phone.spec.product}-{build}-{now:%Y-%m-%d-%H-%M-%S}"


def _write_zip(phone: AndroidPhone) -> str:
    """The path of a new report."""
    stem = _stem(phone)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("version.txt", "2.0")
        archive.writestr("main_entry.txt", f"{stem}.txt")
        archive.writestr(f"{stem}.txt", text_report(phone))
    path = f"{FOLDER}/{stem}.zip"
    with contextlib.suppress(FileExistsError):
        phone.fs.mkdir(FOLDER, parents=True)
    for folder in FOLDERS:
        phone.fs.chown(folder, SHELL_UID, SHELL_UID)
    phone.fs.write(path, packed.getvalue(), uid=SHELL_UID, mode=0o600)
    return path


def _bugreportz(inv: Invocation) -> Reply:
    given = arguments(inv.argv[1:])
    if given.has("-v"):
        return Reply(err=f"{VERSION}\n")
    if given.has("-h") or given.rest:
        return Reply(err="usage: bugreportz [-hpsv]\n", code=0 if given.has("-h") else 1)
    path = _write_zip(android(inv.phone))
    progress = f"BEGIN:{path}\nPROGRESS:50/100\nPROGRESS:100/100\n" if given.has("-p") else ""
    return Reply(f"{progress}OK:{path}\n")


def _bugreport(inv: Invocation) -> Reply:
    """The old form prints the text itself."""
    return Reply(text_report(android(inv.phone)))


COMMANDS = {"bugreportz": program(_bugreportz), "bugreport": program(_bugreport)}
