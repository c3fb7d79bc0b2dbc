"""`dumpsys dropbox [--print|--file] [TAG]`."""

from __future__ import annotations

from harness.simphone.android.clock import stamp
from harness.simphone.android.dropbox import LOW_PRIORITY, MAX_ENTRIES
from harness.simphone.android.parts import AndroidPhone

RULER = "=" * 40


def dump_dropbox(phone: AndroidPhone, words: list[str]) -> str:
    """Oldest first; with `--print` each entry's text behind a line of 40 `=`."""
    tags = [word for word in words if not word.startswith("-")]
    printing = "--print" in words or "-p" in words
    reports = phone.activities.state.dropbox.reports
    lines = [
        f"Drop box contents: {len(reports)} entries",
        f"Max entries: {MAX_ENTRIES}",
        "Low priority rate limit period: 2000 ms",
        f"Low priority tags: {{{', '.join(LOW_PRIORITY)}}}",
        "",
    ]
    if tags:
        lines.append(f"Searching for: {' '.join(tags)}\n")
    for report in reports:
        if tags and report.tag not in tags:
            continue
        if printing:
            lines.append(RULER)
        lines.append(f"{stamp(phone, report.time)} {report.tag} (text, {report.size} bytes)")
        if "--file" in words or "-f" in words:
            lines.append(f"    {report.file}")
        if printing:
            lines.append(report.text)
        elif "--file" not in words:
            lines.append("    " + "/".join(report.text.split("\n")[:2])[:70])
    return "\n".join(lines) + "\n"
