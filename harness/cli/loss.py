"""`harness loss BEFORE AFTER`: what two inventories say was lost, changed, survived."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from harness.cli.failure import UserError
from harness.cli.options import AsJson, ProfileName
from harness.domain.inventory import Inventory

BEFORE, AFTER = "before.json", "after.json"


def loss(
    before: Annotated[Path, typer.Argument(help=f"An inventory, or a folder that holds {BEFORE}.")],
    after: Annotated[
        Path, typer.Argument(help=f"A later inventory, or a folder that holds {AFTER}.")
    ],
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> int:
    """The loss list of two inventories of the same app, item by item."""
    from harness.adapters.inventory_file import (
        InventoryFileError,
        encode_losses,
        read_inventory,
    )
    from harness.adapters.profile_file import load_profile
    from harness.adapters.setting_error import SettingError
    from harness.loss.loss_list import loss_list
    from harness.reporting.loss_table import print_losses

    try:
        first = read_inventory(file_of(before, BEFORE))
        second = read_inventory(file_of(after, AFTER))
        storage = load_profile(profile or profile_of(first)).storage
        found = loss_list(first, second, storage)
    except (InventoryFileError, SettingError) as error:
        raise UserError(str(error)) from error
    except ValueError as error:
        raise UserError(f"{before} and {after} cannot be compared: {error}") from error
    if as_json:
        sys.stdout.write(encode_losses(found).decode())
    else:
        print_losses(Console(), found)
    return 0


def profile_of(found: Inventory) -> str:
    """The profile that named the classes; one that names none where it is not said."""
    return found.profile or "generic"


def file_of(path: Path, name: str) -> Path:
    """The inventory itself, or the one file of that name in a run folder.

    Raises UserError when a folder holds none or several.
    """
    if not path.is_dir():
        return path
    found = sorted(path.rglob(name))
    if not found:
        raise UserError(f"{path}: there is no {name} in this folder; give an inventory's file")
    if len(found) > 1:
        listed = ", ".join(str(file.relative_to(path)) for file in found[:3])
        raise UserError(f"{path}: {len(found)} files {name} ({listed} …); give one of them")
    return found[0]
