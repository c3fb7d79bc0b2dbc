"""What a run knows of a try and of its phone."""

from __future__ import annotations

from typing import cast

from harness.domain.device import DeviceEntry
from harness.domain.facts.device import AppPackage, DeviceIdentity
from harness.domain.facts.scenario import ScenarioBegun
from harness.domain.verdict import DeviceLabel
from harness.session.phone_session import PhoneSession
from harness.session.run import app_label, device_label
from harness.session.run_end import belonging
from tests.session.traffic import seen


def test_what_belongs_to_a_try() -> None:
    begun = ScenarioBegun("login", None)
    rows = [
        seen("scenario.begun", begun, device="a", scenario="login", mono=1.0),
        seen("scenario.begun", begun, device="a", scenario="login", mono=5.0),
        seen("scenario.begun", begun, device="b", scenario="login", mono=5.0),
        seen("scenario.begun", begun, device="a", scenario="other", mono=5.0),
        seen("scenario.begun", begun, device="a", mono=0.0),
    ]

    assert belonging(rows, "a", "login", 5.0) == [rows[1], rows[4]]


def test_labels_hold_what_is_known() -> None:
    class Bare:
        entry = DeviceEntry("pixel", serial="S1")

    bare = cast("PhoneSession", Bare())
    assert device_label(bare) == DeviceLabel("pixel", "S1")
    assert app_label(bare) is None

    class Known(Bare):
        identity = DeviceIdentity("S1", "Pixel 8", "G", 34, "14", "user", "f", simulated=False)
        app = AppPackage("com.a", "1.0", 1, None, None)

    known = cast("PhoneSession", Known())
    assert device_label(known) == DeviceLabel("pixel", "S1", "Pixel 8", 34, simulated=False)
    label = app_label(known)
    assert label is not None
    assert (label.package, label.version_code) == ("com.a", 1)
