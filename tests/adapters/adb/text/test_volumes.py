"""`sm list-volumes`: the licensed sample, and the variants of the storage reference 8.4."""

from pathlib import Path

import pytest

from harness.adapters.adb.text.volumes import read_volumes
from harness.domain.inventory import Volume

SAMPLE = Path(__file__).parents[1] / "samples" / "sm_list_volumes_usb_stick_aosp.txt"
MANY = """\
emulated;999 mounted null
private mounted null
public:259,1 unmountable\x20
public:259,2 mounted 55AA-C0DE
public:179,1 mounted 0F1E2D3C4B5A
emulated;0 mounted null
"""
ADOPTED = """\
private mounted null
private:179,2 mounted 57f8f4bc-abf4-655f-bf67-946fc0f9f25b
emulated:179,2;0 mounted 57f8f4bc-abf4-655f-bf67-946fc0f9f25b
stub:7 mounted abcd
"""


def test_the_sample_of_a_usb_stick() -> None:
    assert read_volumes(SAMPLE.read_text()) == (
        Volume("private", "internal", "mounted", "internal"),
        Volume("public:7,281", "card", "mounted", "3080-17E8"),
        Volume("emulated;0", "internal", "mounted", "internal"),
    )


def test_a_volume_that_cannot_be_mounted_has_no_name() -> None:
    found = {volume.id: volume for volume in read_volumes(MANY)}

    assert found["public:259,1"] == Volume("public:259,1", "card", "unmountable", "")
    assert not found["public:259,1"].mounted
    assert found["public:179,1"].name == "0F1E2D3C4B5A"
    assert found["emulated;999"].kind == "internal"
    assert len(found) == 6


def test_adopted_cards_are_neither_cards_nor_internal() -> None:
    assert [volume.kind for volume in read_volumes(ADOPTED)] == [
        "internal",
        "adopted",
        "adopted",
        "other",
    ]


@pytest.mark.parametrize("text", ["", "Error: no service\n", "\n\n"])
def test_nothing_is_nothing(text: str) -> None:
    assert read_volumes(text) == ()
