"""The reinstall experiment on one phone: what deleting the app costs, item by item.

The scenario calls its methods in their order. Each stage is in the journal before its
first command, so a run that is killed leaves a phone that `harness reset` can mend.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from harness.adapters.removal.arms import ArmRefusedError, perform
from harness.adapters.removal.circumstances import read_circumstances
from harness.adapters.removal.code import code_problem, pull_code
from harness.adapters.removal.entrance import Entrance, find_entrance
from harness.adapters.removal.installing import InstallRefusedError, install_code
from harness.adapters.removal.journal import (
    Removal,
    RemovalJournal,
    Stage,
    drop_old_copies,
)
from harness.adapters.removal.marks import log_moment, log_since
from harness.adapters.removal.mending import Mended, mend_removal, put_back
from harness.adapters.removal.permissions import granted_permissions
from harness.adapters.removal.roots import roots_of
from harness.adapters.removal.saving import save_roots
from harness.adapters.removal.standing import phone_id, read_standing
from harness.domain.arm_proof import prove
from harness.domain.facts.removal import RemovalMade, RemovalPrepared
from harness.domain.interlock import refusals
from harness.domain.inventory import Inventory
from harness.domain.package_state import PackageState
from harness.domain.removal import (
    CHANGES,
    LOSES_DATA,
    REMOVES_CODE,
    Arm,
    ArmOutcome,
    ArmResult,
    Proof,
)
from harness.domain.storage import Tier
from harness.ports import InstrumentError, ObservationLog, StreamingControl
from harness.session.by_hand import await_reinstall
from harness.session.steps import NotRunError


@dataclass(frozen=True, slots=True)
class Consent:
    """Who allowed what."""

    entry_allows: bool  # destructive: true
    run_allows: bool  # --allow-destructive
    test_account: bool
    named: bool  # chosen by --device
    attended: bool = False
    may_remove_copies: bool = False  # of other users


@dataclass(frozen=True, slots=True)
class Setting:
    """The phone and the app of an experiment."""

    device: StreamingControl
    package: str
    run: str
    launched: bool  # the phone was started for the run
    log: ObservationLog
    user: int = 0
    state: Path | None = None  # where journals and copies lie; None = the state folder
    ask_adb: Callable[[str], Proof] | None = None  # adb's own `uninstall -k` of a package
    tell: Callable[[str], None] | None = None  # asks the person; None = on the terminal


TakeInventory = Callable[[Inventory | None], Inventory]
"""Takes one inventory; what an earlier one knew is looked for again."""


class Reinstall:
    """`require_consent`, `take_before`, `save`, `remove`, `install`, `take_after`, `put_back`."""

    def __init__(self, setting: Setting, arm: Arm, consent: Consent, take: TakeInventory) -> None:
        self.arm = arm
        self.before: Inventory | None = None
        self.after: Inventory | None = None
        self.outcome: ArmOutcome | None = None
        """None until the arm was tried."""
        self._setting = setting
        self._consent = consent
        self._take = take
        self._journal = RemovalJournal(setting.device.serial, setting.state)
        self._removal: Removal | None = None
        self._standing: PackageState | None = None
        self._moment = ""
        self._answer = ""
        self._more: list[Proof] = []

    @property
    def refused(self) -> bool:
        """Android or the phone did not do it: nothing was lost."""
        return self.outcome is not None and self.outcome.result is ArmResult.REFUSED

    def require_consent(self) -> None:
        """Raises NotRunError with every reason against it; reads the phone, changes nothing."""
        setting = self._setting
        self._standing = read_standing(setting.device, setting.package, user=setting.user)
        consent = self._consent
        seen = read_circumstances(
            setting.device,
            self._standing,
            package=setting.package,
            arm=self.arm,
            user=setting.user,
            entry_allows=consent.entry_allows,
            run_allows=consent.run_allows,
            test_account=consent.test_account,
            named=consent.named,
            attended=consent.attended,
            may_remove_copies=consent.may_remove_copies,
        )
        against = refusals(seen)
        if against:
            raise NotRunError(against[0].reason, "; ".join(refusal.text for refusal in against))

    def take_before(self) -> None:
        """The first inventory. Raises InstrumentError."""
        drop_old_copies(self._setting.state)
        self.before = self._take(None)

    def save(self) -> None:
        """Saves code and files, and makes sure that the code can be installed again.

        Raises NotRunError when it could not, InstrumentError when a copy is not faithful;
        until here nothing of the app was deleted.
        """
        if self.arm not in CHANGES:
            self._prepared(None, "not_needed")
            return
        setting = self._setting
        removal = self._journal.open(
            setting.device.name, setting.package, self.arm, user=setting.user, run=setting.run
        )
        removal.launched = setting.launched
        removal.phone_id = phone_id(setting.device)
        self._removal = removal
        try:
            how = self._save(removal)
        except BaseException as error:
            # During the rehearsal an adb that breaks off leaves an installation half made.
            if removal.stage is Stage.SAVING or isinstance(error, NotRunError):
                self._journal.close(removal)
                self._removal = None
            if isinstance(error, OSError):
                raise InstrumentError(
                    "disk",
                    f"save {setting.package} of {setting.device.name} in {removal.folder}",
                    str(error),
                    advice="Nothing was deleted. Make room on this machine.",
                ) from error
            raise
        self._prepared(removal, how)

    def remove(self) -> None:
        """The arm's first half; one that Android refuses is noted, not raised."""
        setting, device = self._setting, self._setting.device
        if self._removal is not None:
            self._journal.enter(self._removal, Stage.REMOVING)
        self._standing = read_standing(device, setting.package, user=setting.user)
        self._moment = log_moment(device)
        try:
            if self.arm is Arm.KEEP_DATA and setting.ask_adb is not None:
                self._more.append(setting.ask_adb(setting.package))
            if self.arm is Arm.BY_HAND:
                await_reinstall(device, setting.package, user=setting.user, tell=setting.tell)
            elif not any(proof.holds for proof in self._more):
                self._answer = perform(device, self.arm, setting.package, user=setting.user)
        except ArmRefusedError as error:
            self.outcome = ArmOutcome(self.arm, ArmResult.REFUSED, error.answer, tuple(self._more))

    def install(self) -> None:
        """The same build again, where the arm took it away; then the arm is proved."""
        setting, removal = self._setting, self._removal
        if removal is not None and not self.refused:
            self._journal.enter(removal, Stage.INSTALLING)
            if self.arm is Arm.UPDATE_IN_PLACE:
                self._update(removal)
            elif self.arm in REMOVES_CODE - {Arm.BY_HAND}:
                self._install(removal)
        if removal is not None:
            self._journal.enter(removal, Stage.INSTALLED)
        if self.outcome is None:
            self.outcome = self._proved()
        proofs = {proof.name: proof.statement for proof in self.outcome.proofs}
        fact = RemovalMade(self.arm, self.outcome.result, self.outcome.answer, proofs)
        setting.log.write("removal.made", fact)

    def take_after(self) -> None:
        """The second inventory. Raises InstrumentError."""
        self.after = self._take(self.before)

    def put_back(self) -> Mended:
        """Saved files go back where the arm deleted them; then the experiment is over.

        Raises InstrumentError; the journal then stays for `harness reset`.
        """
        mended = Mended([])
        removal, setting = self._removal, self._setting
        if removal is None:
            return mended
        if self.arm in LOSES_DATA | REMOVES_CODE and not self.refused:
            self._journal.enter(removal, Stage.RESTORING)
            device, package = setting.device, setting.package
            state = read_standing(device, package, user=setting.user)
            entrance = find_entrance(device, package)
            put_back(device, entrance, removal, state, Path(removal.folder), mended)
        if mended.whole:
            self._journal.close(removal)
        self._removal = None
        return mended

    def clean_up(self) -> Mended | None:
        """After a step that failed: mends the phone at once. None = nothing was left open.

        Raises InstrumentError; the journal then stays for `harness reset`.
        """
        if self._removal is None:
            return None
        self._removal = None
        return mend_removal(self._setting.device, folder=self._setting.state)

    def _save(self, removal: Removal) -> str:
        setting, device = self._setting, self._setting.device
        folder = Path(removal.folder)
        removal.before = read_standing(device, setting.package, user=setting.user, signer=True)
        removal.code = pull_code(device, setting.package, folder, user=setting.user)
        removal.permissions = granted_permissions(device, setting.package, user=setting.user)
        problem = code_problem(removal.code, removal.before, folder)
        if problem is not None:
            raise NotRunError("not_installable", f"the app could not be installed again: {problem}")
        perform(device, Arm.STOP_START, setting.package, user=setting.user)
        entrance = find_entrance(device, setting.package)
        removal.tier = entrance.tier
        seen = self.before
        removal.saved, removal.unsaved = save_roots(
            device,
            entrance,
            roots_of(entrance, seen.volumes if seen else (), user=setting.user),
            seen.unseen if seen else (),
            folder,
        )
        if self.arm not in REMOVES_CODE:
            return "checked"
        self._journal.enter(removal, Stage.REHEARSING)
        self._rehearse(removal, entrance)
        return "rehearsed"

    def _rehearse(self, removal: Removal, entrance: Entrance) -> None:
        """The same build over itself: harmless for the data, and the phone's own word that it
        would take it. Where it refuses, nothing is deleted."""
        try:
            self._install(removal)
        except InstallRefusedError as error:
            raise NotRunError(
                "not_installable", f"the phone would not take the app again: {error.answer}"
            ) from error
        state = read_standing(self._setting.device, entrance.package, user=removal.user)
        before = removal.before
        if before is not None and state.version_code != before.version_code:
            raise NotRunError("not_installable", "the copy has another version than the app")

    def _install(self, removal: Removal) -> str:
        setting = self._setting

        def opened(session: int) -> None:
            self._journal.note_session(removal, session)

        answer = install_code(
            setting.device,
            removal.code,
            Path(removal.folder),
            installer=removal.before.installer if removal.before else None,
            user=setting.user,
            opened=opened,
        )
        self._journal.note_session(removal, None)
        return answer

    def _update(self, removal: Removal) -> None:
        try:
            self._answer = self._install(removal)
        except InstallRefusedError as error:
            self.outcome = ArmOutcome(self.arm, ArmResult.REFUSED, error.answer)

    def _proved(self) -> ArmOutcome:
        setting = self._setting
        now = read_standing(setting.device, setting.package, user=setting.user)
        log = log_since(setting.device, self._moment, setting.package)
        before = self._standing or now
        outcome = prove(self.arm, before, now, answer=self._answer, log=log)
        return replace(outcome, proofs=(*self._more, *outcome.proofs))

    def _prepared(self, removal: Removal | None, how: str) -> None:
        fact = RemovalPrepared(self.arm, self._setting.package, Tier.SHELL_CLOSED, how)
        if removal is not None:
            fact = replace(
                fact,
                tier=removal.tier,
                code_parts=len(removal.code),
                saved_files=sum(saved.files for saved in removal.saved),
                saved_bytes=sum(saved.size for saved in removal.saved),
                unsaved={gap.area: gap.reason for gap in removal.unsaved},
            )
        self._setting.log.write("removal.prepared", fact)
