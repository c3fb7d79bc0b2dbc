"""`harness doctor`: what is missing here and on each phone, with the command that mends it."""

import sys

import msgspec
from rich.console import Console
from rich.text import Text

from harness.cli.options import AsJson, DevicesFile


def doctor(devices: DevicesFile = None, as_json: AsJson = False) -> int:
    """What is missing on this host and on each phone, each with the command that mends it."""
    from harness.cli.phones import entries_of
    from harness.session.doctor import examine

    found = examine(entries_of(devices))
    if as_json:
        document = {"exit_code": found.exit_code, "findings": found.findings}
        sys.stdout.write(msgspec.json.encode(document).decode() + "\n")
        return found.exit_code
    console = Console()
    for finding in found.findings:
        mark, style = ("✓", "green") if finding.ok else ("✗", "red")
        if finding.ok and finding.mend:
            mark, style = "!", "yellow"  # it works, and may not go on to
        name = finding.name if finding.subject == "host" else f"{finding.subject}, {finding.name}"
        line = Text.assemble((f"{mark} ", style), (f"{name}: ", "bold"), finding.detail)
        console.print(line)
        if finding.mend:
            console.print(Text(f"    → {finding.mend}", style=style))
    return found.exit_code
