"""`harness capture`: the recorder alone, for any client, with or without a phone."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.failure import UserError
from harness.cli.options import DevicesFile, ProfileName


def capture(
    out: Annotated[Path, typer.Option(help="Folder for observations.jsonl and capture.mitm.")],
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Default: a free one.")] = None,
    device: Annotated[str | None, typer.Option(help="Attach this phone of devices.yaml.")] = None,
    devices: DevicesFile = None,
    resolve: Annotated[
        list[str] | None, typer.Option(metavar="HOST:PORT:ADDR[:PORT]", help="As curl's --resolve.")
    ] = None,
    upstream_ca: Annotated[
        Path | None, typer.Option(help="PEM of further authorities that origins may use.")
    ] = None,
    profile: ProfileName = None,
    probe: Annotated[bool, typer.Option(help="Reach a failing host from here as well.")] = True,
) -> int:
    """Records until SIGINT or SIGTERM; prints one JSON line once it listens."""
    from harness.domain.resolve import ResolveMap, parse_resolve
    from harness.session.capture import run_capture

    try:
        rules = tuple(parse_resolve(text) for text in resolve or [])
    except ValueError as error:
        raise UserError(str(error)) from error
    if upstream_ca is not None and not upstream_ca.is_file():
        raise UserError(f"--upstream-ca {upstream_ca}: there is no such file")
    control = None
    if device is not None:
        from harness.cli.phones import attached_device

        control = attached_device(device, devices)
    return run_capture(
        out,
        port=port,
        device=control,
        resolve=ResolveMap(rules),
        upstream_ca=upstream_ca,
        profile=profile,
        probe=probe,
        stdout=sys.stdout,
    )
