"""Rows and preferences compared by their hashes."""

import pytest

from harness.domain.parts import Parts
from harness.loss.change import PartsChange
from harness.loss.parts_difference import compare_parts
from tests.loss.phones import preferences, table

UNREAD = Parts(problem="encrypted")
TWO = table("msg", ("a", "1"), ("b", "2"))


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        (None, TWO, ()),
        (UNREAD, TWO, ()),
        (TWO, TWO, (PartsChange("msg", 2, kept_keys=("a", "b")),)),
        (TWO, None, (PartsChange("msg", lost=2, lost_keys=("a", "b")),)),
        (TWO, Parts(), (PartsChange("msg", lost=2, lost_keys=("a", "b")),)),
        (TWO, UNREAD, (PartsChange("msg", uncompared=2),)),
        (
            TWO,
            table("msg", ("a", "9"), ("c", "3")),
            (PartsChange("msg", 0, 1, 1, 1, 0, (), ("a",), ("b",)),),
        ),
        (
            table("msg", ("a", "1"), count=5),
            table("msg", ("a", "1"), count=4),
            (PartsChange("msg", 1, uncompared=4, kept_keys=("a",)),),
        ),
        (
            table("msg", ("a", "1"), count=5),
            None,
            (PartsChange("msg", lost=5, lost_keys=("a",)),),
        ),
        (Parts(), table("log", ("x", "1")), (PartsChange("log", new=1),)),
        (
            preferences(uid="1", theme="2", old="3"),
            preferences(uid="1", theme="9", fresh="4"),
            (PartsChange("", 1, 1, 1, 1, 0, ("uid",), ("theme",), ("old",)),),
        ),
        (preferences(uid="1"), UNREAD, (PartsChange("", uncompared=1),)),
        (Parts(), Parts(), ()),
        (Parts(), UNREAD, ()),
    ],
    ids=range(14),
)
def test_compare_parts(
    before: Parts | None, after: Parts | None, changes: tuple[PartsChange, ...]
) -> None:
    assert compare_parts(before, after) == changes
