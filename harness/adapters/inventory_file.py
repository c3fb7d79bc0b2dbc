"""Inventories and loss lists as JSON files: written for everyone, read back by `loss`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from harness.adapters.places import package_file
from harness.domain.inventory import INVENTORY_SCHEMA, Inventory
from harness.loss.loss import LOSS_SCHEMA, LossList

INVENTORY_FILE = ("schemas", "inventory.schema.json")
LOSSES_FILE = ("schemas", "losses.schema.json")


class InventoryFileError(ValueError):
    """A file that cannot be used; the text names it and says why."""


class InventoryDocument(msgspec.Struct, frozen=True):
    schema: int
    inventory: Inventory


class LossDocument(msgspec.Struct, frozen=True):
    schema: int
    losses: LossList


def encode_inventory(inventory: Inventory) -> bytes:
    """UTF-8 JSON for people and machines."""
    return _printed(InventoryDocument(INVENTORY_SCHEMA, inventory))


def encode_losses(losses: LossList) -> bytes:
    """UTF-8 JSON for people and machines."""
    return _printed(LossDocument(LOSS_SCHEMA, losses))


def _printed(document: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def decode_inventory(data: bytes, name: str = "the inventory") -> Inventory:
    """Raises InventoryFileError."""
    return _decoded(data, InventoryDocument, INVENTORY_SCHEMA, name).inventory


def decode_losses(data: bytes, name: str = "the loss list") -> LossList:
    """Raises InventoryFileError."""
    return _decoded(data, LossDocument, LOSS_SCHEMA, name).losses


def _decoded[T: (InventoryDocument, LossDocument)](
    data: bytes, kind: type[T], newest: int, name: str
) -> T:
    what = "inventory" if kind is InventoryDocument else "loss list"
    try:
        found = msgspec.json.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise InventoryFileError(f"{name}: this is no {what} of the harness: {error}") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InventoryFileError(f"{name}: this is no JSON: {error}") from error
    if found.schema > newest:
        raise InventoryFileError(
            f"{name}: schema {found.schema} is newer than ours ({newest}); update the harness"
        )
    return found


def read_inventory(path: Path) -> Inventory:
    """The inventory of a file. Raises InventoryFileError, naming the file."""
    return decode_inventory(_bytes(path), str(path))


def read_losses(path: Path) -> LossList:
    """The loss list of a file. Raises InventoryFileError, naming the file."""
    return decode_losses(_bytes(path), str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InventoryFileError(f"{path}: cannot be read: {error.strerror or error}") from error


def write_document(path: Path, data: bytes) -> None:
    """Replaces the file in one go, so that a reader never sees half of it."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    partial.write_bytes(data)
    partial.replace(path)


def schemas() -> dict[tuple[str, str], dict[str, Any]]:
    """The JSON Schemas by the file they ship in, made from the records themselves."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for file, kind in ((INVENTORY_FILE, InventoryDocument), (LOSSES_FILE, LossDocument)):
        (root,), parts = msgspec.json.schema_components([kind], ref_template="#/$defs/{name}")
        found[file] = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": file[1].replace(".schema", ""),
            **root,
            "$defs": parts,
        }
    return found


def write_schemas() -> None:
    """Writes the shipped files again; a test says when that is due."""
    for file, schema in schemas().items():
        data = msgspec.json.format(msgspec.json.encode(schema), indent=2) + b"\n"
        package_file(*file).write_bytes(data)


if __name__ == "__main__":
    write_schemas()
