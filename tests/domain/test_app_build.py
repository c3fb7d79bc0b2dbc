"""The pinned build, the installed one, and what is said when they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.domain.app_build import (
    BuildPin,
    deviations,
    label_of,
    plain_signer,
    replaced,
    signer_problem,
)
from harness.domain.facts.device import AppPackage

SIGNER = "9041803e91bcb814b4b4399fb5c85a91640b755e5e8ba76813814bf4cf2ab5ba"
APP = AppPackage("com.a", "43.1.4", 2024301040, SIGNER, True, "com.android.vending")


@pytest.mark.parametrize(
    ("pin", "due"),
    [
        (BuildPin(), []),
        (BuildPin("43.1.4"), []),
        (BuildPin("2024301040"), []),
        (BuildPin("43.1.*"), []),
        (BuildPin("43.*", SIGNER[:8]), []),
        (BuildPin(signer=SIGNER), []),
        (BuildPin("43.1"), ["Version 43.1 was asked for, 43.1.4 (2024301040) is installed."]),
        (BuildPin("42.*"), ["Version 42.* was asked for, 43.1.4 (2024301040) is installed."]),
        (
            BuildPin(signer="00000000ff"),
            ["Signer 00000000ff… was asked for, the app is signed by 9041803e91bcb814…"],
        ),
    ],
)
def test_what_differs_from_the_pin(pin: BuildPin, due: list[str]) -> None:
    assert list(deviations(pin, APP)) == due
    assert bool(pin) is (pin != BuildPin())


def test_an_unknown_signer_is_not_taken_for_the_right_one() -> None:
    (told,) = deviations(BuildPin(signer=SIGNER), replace(APP, signer_sha256=None))
    assert told.endswith("who signed the app is not known.")


def test_the_nearer_pin_counts() -> None:
    wide = BuildPin("43.1.4", SIGNER)
    assert BuildPin("47.0.3").over(wide) == BuildPin("47.0.3", SIGNER)
    assert BuildPin().over(wide) == wide


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (APP, None),
        (replace(APP, first_install="x"), None),
        (
            replace(APP, version_name="47.0.3", version_code=2024700030),
            "updated by com.android.vending from 43.1.4 (2024301040) to 47.0.3 (2024700030)",
        ),
        (replace(APP, version_code=1, installer=None), "put back from 43.1.4"),
        (replace(APP, signer_sha256="00"), "another signer"),
        (replace(APP, package="com.b"), "com.b is in the place of com.a"),
    ],
)
def test_an_app_that_was_replaced_meanwhile(now: AppPackage, due: str | None) -> None:
    told = replaced(APP, now)
    assert told is None if due is None else due in str(told)


@pytest.mark.parametrize(
    ("text", "right"),
    [(SIGNER, True), ("90:41:80:3E:91", True), ("9041", False), ("z" * 16, False)],
)
def test_what_a_signer_looks_like(text: str, right: bool) -> None:
    assert (signer_problem(text) is None) is right
    assert plain_signer("90:41 AB") == "9041ab"


def test_the_label_carries_all_that_is_known() -> None:
    label = label_of(APP)
    assert (label.version_name, label.version_code) == ("43.1.4", 2024301040)
    assert (label.signer, label.genuine, label.installer) == (SIGNER, True, "com.android.vending")
