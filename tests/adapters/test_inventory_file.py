"""Inventories and loss lists as files: read as written, refused in one sentence."""

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from harness.adapters.inventory_file import (
    INVENTORY_FILE,
    LOSSES_FILE,
    InventoryFileError,
    decode_inventory,
    decode_losses,
    encode_inventory,
    encode_losses,
    read_inventory,
    read_losses,
    schemas,
    write_document,
)
from harness.adapters.places import package_file
from harness.domain.inventory import Inventory, Unseen
from harness.domain.storage import Area
from harness.loss.loss import LossList
from harness.loss.loss_list import loss_list
from tests.loss.phones import FRESH, MAP, draft, look, saved, table

BEFORE = look(
    draft(1, "a,\n😀.mp4", parts=table("t", ("a", "1"))),
    saved(),
    unseen=(Unseen(Area.DE, "No root.", None, partly=True),),
)
LOSSES = loss_list(BEFORE, look(saved(owner=None), state=FRESH), MAP)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    write_document(tmp_path / "before.json", encode_inventory(BEFORE))
    write_document(tmp_path / "losses.json", encode_losses(LOSSES))

    assert read_inventory(tmp_path / "before.json") == BEFORE
    assert read_losses(tmp_path / "losses.json") == LOSSES
    assert sorted(file.name for file in tmp_path.iterdir()) == ["before.json", "losses.json"]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", r"x\.json: this is no JSON"),
        (b"\xff\xfe", r"x\.json: this is no JSON"),
        (b"{}", r"x\.json: this is no inventory of the harness: .*`schema`"),
        (b'{"schema": 1, "inventory": 3}', r"x\.json: this is no inventory.*`\$.inventory`"),
        (
            encode_inventory(BEFORE).replace(b'"schema": 1', b'"schema": 99'),
            r"x\.json: schema 99 is newer than ours \(1\); update the harness",
        ),
        (encode_losses(LOSSES), r"x\.json: this is no inventory of the harness"),
        (encode_inventory(BEFORE).replace(b'"ce"', b'"attic"'), r"no inventory.*attic"),
    ],
    ids=["empty", "binary", "other", "number", "newer", "losses", "area"],
)
def test_what_is_no_inventory_is_refused(tmp_path: Path, data: bytes, complaint: str) -> None:
    (tmp_path / "x.json").write_bytes(data)

    with pytest.raises(InventoryFileError, match=complaint):
        read_inventory(tmp_path / "x.json")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InventoryFileError, match=r"gone\.json: cannot be read: No such file"):
        read_inventory(tmp_path / "gone.json")
    with pytest.raises(InventoryFileError, match="this is no loss list"):
        decode_losses(encode_inventory(BEFORE))
    assert decode_inventory(encode_inventory(BEFORE)) == BEFORE


@pytest.mark.parametrize("file", [INVENTORY_FILE, LOSSES_FILE], ids=lambda file: file[1])
def test_the_shipped_schemas_are_up_to_date(file: tuple[str, str]) -> None:
    shipped = json.loads(package_file(*file).read_text(encoding="utf-8"))

    assert shipped == json.loads(json.dumps(schemas()[file])), (
        "run: python -m harness.adapters.inventory_file"
    )


@pytest.mark.parametrize(
    ("file", "record"),
    [(INVENTORY_FILE, Inventory), (LOSSES_FILE, LossList)],
    ids=["inventory", "losses"],
)
def test_the_schemas_describe_every_field(file: tuple[str, str], record: Any) -> None:
    described = schemas()[file]["$defs"][record.__name__]["properties"]

    assert set(described) == {field.name for field in dataclasses.fields(record)}
