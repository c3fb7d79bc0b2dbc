"""As much of a PhoneSession as the scenarios' parts use, on a simulated phone of this process."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from harness.adapters.adb.conditions import read_conditions
from harness.adapters.attach.attach import Attachment
from harness.adapters.observation_file import ObservationWriter, read_observations
from harness.domain.device import DeviceEntry
from harness.domain.facts import Facts
from harness.domain.facts.device import AppPackage, DeviceConditions
from harness.ports import ProxyAddress
from harness.redaction.redactor import Redactor
from harness.session.journal import Journal
from harness.session.known_values import KnownValues
from harness.simphone.app.build import PACKAGE
from tests.pages.simulated import PROFILE, SimulatedPhone


@dataclass
class SimulatedSession:
    """Its proxy is a file into which the test writes what the proxy would have seen."""

    phone: SimulatedPhone
    folder: Path
    profile: Any = PROFILE
    account: Any = None
    entry: DeviceEntry = field(default_factory=lambda: DeviceEntry("one", serial="SIMULATED"))
    app: AppPackage = field(
        default_factory=lambda: AppPackage(PACKAGE, "43.1.4", 2024301040, None, None)
    )

    def __post_init__(self) -> None:
        self.device = self.phone.device
        self.ui = self.phone.ui
        self.journal = Journal(self.folder, "one", "lab")
        self.redactor = Redactor(b"k" * 16, secrets=self.profile.secrets)
        address = ProxyAddress("127.0.0.1", 15803, self.folder / "ca.pem", 1)
        self.attachment = Attachment(self.device, address, journals=self.folder / "journals")
        self.book = KnownValues(None, "one")
        self._wire = ObservationWriter(self.journal.proxy_file, source="proxy", host="lab")

    def clean(self, text: str) -> str:
        return self.redactor.text(text)

    def note_conditions(self) -> DeviceConditions:
        found = read_conditions(self.device)
        found = replace(found, cut_by_us=self.attachment.network_cut)
        self.journal.log("adb").write("device.conditions", found)
        return found

    def saw(self, *facts: Facts) -> None:
        """The proxy writes these down."""
        for fact in facts:
            kind = "exchange" if type(fact).__name__ == "Exchange" else "connection"
            self._wire.write(kind, fact)

    def facts(self, kind: str) -> list[Any]:
        """What was written down so far, of one kind."""
        self.journal.close()
        return [seen.facts for seen in read_observations(self.folder) if seen.kind == kind]
