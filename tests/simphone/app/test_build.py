"""Versions of the app and their obfuscated ids."""

from __future__ import annotations

import pytest

from harness.simphone.app.build import DEFAULT_VERSION, Build, version_code
from harness.simphone.app.build_ids import BUILDS, ids_of


def test_every_build_has_every_id_and_none_of_the_short_ones_in_common() -> None:
    old, new = BUILDS["43.1.4"], BUILDS["47.0.3"]
    assert set(old) == set(new)
    assert {key for key in old if old[key] == new[key]} == {"cover"}


@pytest.mark.parametrize(
    ("name", "code"),
    [("39.2.1", 2023902010), ("46.2.3", 2024602030), ("47.5.3", 2024705030)],
)
def test_version_codes_follow_the_three_known_ones(name: str, code: int) -> None:
    assert version_code(name) == code
    assert version_code(DEFAULT_VERSION) == Build().version_code


@pytest.mark.parametrize(
    ("version", "build"),
    [("43.1.4", "43.1.4"), ("46.9.3", "43.1.4"), ("47.5.3", "47.0.3"), ("1.0", "43.1.4"),
     ("x", "43.1.4")],
)  # fmt: skip
def test_a_version_has_the_ids_of_the_build_before_it(version: str, build: str) -> None:
    assert ids_of(version) is BUILDS[build]
