"""`harness lab …`: certificates, the scheduler, and hosts that offer their phones."""

import platform
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.failure import UserError
from harness.cli.options import DevicesFile

PORT = 8786

Certs = Annotated[
    Path | None,
    typer.Option("--certs", help="Folder of this member's certificate; or HARNESS_LAB_CERTS."),
]


def certs(
    folder: Annotated[Path, typer.Argument(help="Keeps the lab's authority; add hosts later.")],
    host: Annotated[
        list[str] | None, typer.Option("--host", help="Name of a host that owns phones.")
    ] = None,
) -> int:
    """Makes the lab's authority and a certificate for the scheduler, the client and each host."""
    from harness.lab.certs import AUTHORITY_KEY, make_certs

    for member in make_certs(folder.absolute(), host or []):
        print(f"{member}  → copy to {member.name}, give it by --certs")
    print(f"Keep {folder / AUTHORITY_KEY} to yourself: who has it can join the lab.")
    return 0


def scheduler(
    certs: Certs = None,
    address: Annotated[
        str, typer.Option(help="Of this machine, to listen at; the lab's network, not all.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = PORT,
) -> int:
    """Runs the lab's scheduler until SIGINT or SIGTERM."""
    from harness.lab.scheduler import run_scheduler
    from harness.lab.security import member_folder

    def ready(at: str) -> None:
        print(f"scheduler at {at}; hosts: harness lab join {at}", flush=True)

    return run_scheduler(member_folder(certs), address, port, ready)


def join(
    scheduler: Annotated[str, typer.Argument(help="tls://HOST:PORT")],
    certs: Certs = None,
    devices: DevicesFile = None,
    device: Annotated[
        list[str] | None, typer.Option("--device", help="Only this phone; default: all attached.")
    ] = None,
    name: Annotated[str | None, typer.Option(help="Of this host in the lab.")] = None,
    label: Annotated[
        list[str] | None, typer.Option("--label", metavar="KEY=VALUE", help="Of all its phones.")
    ] = None,
) -> int:
    """Offers this host's attached phones to a lab, until SIGINT or SIGTERM."""
    from harness.adapters.devices_file import find_devices_file
    from harness.cli.phones import chosen, entries_of
    from harness.lab.attached import offers_of
    from harness.lab.host import HostPlan, join_lab
    from harness.lab.security import member_folder

    entries = chosen(device, devices) if device else entries_of(devices)
    host = re.sub(r"[^A-Za-z0-9-]", "-", name or platform.node() or "host").strip("-")
    plan = HostPlan(
        scheduler,
        member_folder(certs).absolute(),
        (devices or find_devices_file()).absolute(),
        look=partial(offers_of, entries, host, labels_of(label or [])),
        tell=lambda text: print(text, flush=True),
    )
    return join_lab(plan)


def labels_of(texts: list[str]) -> dict[str, str]:
    """Raises UserError (2) for what is no KEY=VALUE, or a key that is ours."""
    from harness.lab.offer import OWN_LABELS, parse_where

    try:
        labels = parse_where(texts)
    except ValueError as error:
        raise UserError(str(error).replace("--where", "--label")) from error
    for key in labels:
        if key in OWN_LABELS or ":" in key:
            raise UserError(f"--label {key}=…: that label is given by the lab itself")
    return labels


LAB_COMMANDS: dict[str, Callable[..., int]] = {
    "certs": certs,
    "scheduler": scheduler,
    "join": join,
}
