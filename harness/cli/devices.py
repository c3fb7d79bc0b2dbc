"""`harness devices`: phones known and attached, and what can be seen and done on each."""

import sys

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from harness.cli.options import AsJson, DevicesFile


def devices(devices: DevicesFile = None, as_json: AsJson = False) -> int:
    """Phones known and attached, with state, model, API level, and what each allows."""
    from harness.adapters.adb.discovery import list_phones
    from harness.adapters.leases import LeaseBook
    from harness.cli.phones import entries_of

    phones = list_phones(entries_of(devices))
    book = LeaseBook()
    held = {phone.serial: book.held(phone.serial) for phone in phones if phone.serial is not None}
    if as_json:
        rows = [
            msgspec.to_builtins(phone) | {"lease": held.get(phone.serial or "")} for phone in phones
        ]
        sys.stdout.write(msgspec.json.encode({"devices": rows}).decode() + "\n")
        return 0
    table = Table(box=None, pad_edge=False)
    for heading in ("Name", "State", "Model", "API", "Can", "Cannot"):
        table.add_column(heading)
    for phone in phones:
        model = phone.model or "–"
        cells = (
            phone.name if phone.known else f"{phone.name} (not in devices.yaml)",
            _state(phone.state, held.get(phone.serial or "")),
            f"{model} (simulated)" if phone.simulated else model,
            str(phone.api or "–"),
            "\n".join(phone.can) or "–",
            "\n".join(phone.cannot) or "–",
        )
        table.add_row(*(Text(cell) for cell in cells))
    Console().print(table)
    return 0


def _state(state: str, lease: object | None) -> str:
    return state if lease is None else f"{state}, held by {lease}"
