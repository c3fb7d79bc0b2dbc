"""`harness inventory`: the app's local data as seen from outside."""

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.failure import UserError
from harness.cli.options import AsJson, DevicesFile, ProfileName
from harness.domain.inventory import Inventory


def inventory(
    device: Annotated[str, typer.Option("--device", help="Name of a phone in devices.yaml.")],
    devices: DevicesFile = None,
    profile: ProfileName = None,
    package: Annotated[str | None, typer.Option(help="Another package than the profile's.")] = None,
    user: Annotated[int, typer.Option(min=0, help="Android user.")] = 0,
    hashing: Annotated[
        str, typer.Option("--hash", help="Which files to hash: none, named or all.")
    ] = "named",
    earlier: Annotated[
        Path | None,
        typer.Option(
            "--earlier", help="An earlier inventory: its shared files are looked for again."
        ),
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Everything that the app keeps on the phone; changes nothing there."""
    from harness.adapters.inventory.take import Hashing
    from harness.adapters.inventory_file import (
        InventoryFileError,
        encode_inventory,
        read_inventory,
    )
    from harness.adapters.setting_error import SettingError
    from harness.cli.phones import chosen, require_attached
    from harness.session.inventory import look_at

    if hashing not in {entry.value for entry in Hashing}:
        raise UserError(f"--hash {hashing}: choose one of none, named, all")
    (entry,) = chosen([device], devices)
    require_attached([entry])
    try:
        before = read_inventory(earlier) if earlier is not None else None
        found = look_at(
            entry,
            profile=profile,
            package=package,
            user=user,
            hashing=Hashing(hashing),
            earlier=before,
        )
    except (InventoryFileError, SettingError) as error:
        raise UserError(str(error)) from error
    if as_json:
        sys.stdout.write(encode_inventory(found).decode())
    else:
        print_inventory(Console(), found)
    return 0


def print_inventory(console: Console, found: Inventory) -> None:
    """Classes with number and size, then what could not be seen."""
    from harness.reporting.loss_words import gaps

    counts: Counter[str] = Counter(item.content for item in found.items)
    sizes: Counter[str] = Counter()
    for item in found.items:
        sizes[item.content] += item.size
    table = Table(box=None, pad_edge=False)
    for heading in ("Class", "Files", "Bytes"):
        table.add_column(heading, justify="left" if heading == "Class" else "right")
    for name, count in sorted(counts.items()):
        table.add_row(Text(name), f"{count:,}", f"{sizes[name]:,}")
    version = found.state.version_name or "version not known"
    installed = version if found.state.installed else "not installed"
    console.print(Text(f"{found.package} ({installed}) on {found.device}, seen by {found.tier}"))
    console.print(table)
    for line in gaps(found.unseen):
        console.print(Text(f"not visible: {line}", style="yellow"))
    for copy in found.copies:
        console.print(Text(f"not looked at: {copy.words} (--user {copy.user})", style="yellow"))
    cost = found.cost
    taken = f"{cost.round_trips} adb calls, {cost.received:,} bytes, {cost.seconds:.1f} s"
    console.print(Text(taken, style="dim"))
