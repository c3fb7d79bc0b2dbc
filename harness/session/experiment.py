"""The reinstall experiment as a scenario makes it: with the app's screens and the run folder."""

from __future__ import annotations

from functools import partial

from harness.adapters.adb.streaming import StreamingDevice
from harness.adapters.inventory_file import encode_inventory, encode_losses, write_document
from harness.adapters.removal.arms import adb_keeps_data
from harness.domain.removal import Arm
from harness.loss.loss import LossList
from harness.loss.loss_list import loss_list
from harness.pages.app import App
from harness.ports import InstrumentError
from harness.screens.errors import BlockedError
from harness.session.cost import losses_found, server_has
from harness.session.reinstall import Consent, Reinstall, Setting, TakeInventory
from harness.session.scenario_run import ScenarioRun
from harness.session.service_question import ServiceAnswer, ask_service


class Experiment(Reinstall):
    """After `take_after`: `ask_service`, `tell_losses`, `put_back`."""

    def __init__(
        self,
        scenario: ScenarioRun,
        arm: Arm,
        consent: Consent,
        take: TakeInventory,
    ) -> None:
        session = scenario.session
        setting = Setting(
            device=StreamingDevice.of(session.device),
            package=session.app.package,
            run=session.run.folder.id,
            launched=bool(session.entry.launch),
            log=session.journal.log("harness"),
            ask_adb=partial(adb_keeps_data, session.device),
        )
        super().__init__(setting, arm, consent, take)
        self._scenario = scenario
        self._server: dict[str, bool] = {}
        self._notes: list[str] = []
        self._answer_of_service = ServiceAnswer(asked=False, told="")

    def take_before(self) -> None:
        """The first inventory, on the disk at once. Raises InstrumentError."""
        super().take_before()
        if self.before is not None:
            write_document(self._scenario.folder / "before.json", encode_inventory(self.before))

    def take_after(self) -> None:
        """The second one."""
        super().take_after()
        if self.after is not None:
            write_document(self._scenario.folder / "after.json", encode_inventory(self.after))

    def open_app(self, app: App) -> None:
        """Starts the app; a notice that a person must answer is noted, the experiment goes on.

        Raises AssertionError when the app shows no page at all.
        """
        try:
            app.open()
        except BlockedError as error:
            self._notes.append(f"The app started and wanted a person: {error.reason}.")

    def ask_service(self, app: App) -> ServiceAnswer:
        """Logs in again where that is allowed, and looks what came back. Raises InstrumentError."""
        answer = self._answer_of_service = ask_service(app, self._scenario)
        self._notes.append(f"{answer.told[:1].upper()}{answer.told[1:].rstrip('.')}.")
        if answer.asked and self.before is not None and self.after is not None:
            self._server = server_has(self.before, self.after, self._take(self.before))
        return answer

    def tell_losses(self) -> LossList:
        """Writes losses.json beside before.json and after.json, and the fact that is judged."""
        before, after, outcome = self.before, self.after, self.outcome
        if before is None or after is None or outcome is None:
            raise InstrumentError(
                "script", "tell the losses", "the experiment was not made to its end"
            )
        found = loss_list(before, after, self._scenario.session.profile.storage, self._server)
        folder = self._scenario.folder
        write_document(folder / "losses.json", encode_losses(found))
        document = self._scenario.session.run.folder.relative(folder / "losses.json")
        server = "checked" if self._answer_of_service.asked else "not_checked"
        fact = losses_found(
            found, outcome, server=server, document=document, notes=tuple(self._notes)
        )
        self._scenario.session.journal.log("harness").write("removal.losses", fact)
        return found
