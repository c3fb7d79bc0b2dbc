"""The reinstall experiment: its arms, what was done, and what was saved before."""

from dataclasses import dataclass
from enum import StrEnum

from harness.domain.storage import INTERNAL, Area


class Arm(StrEnum):
    """What is done to the app between the two inventories. One run does one arm."""

    NOTHING = "nothing"
    STOP_START = "stop_start"
    CLEAR = "clear"  # "Clear storage" in the settings, `pm clear`
    UPDATE_IN_PLACE = "update_in_place"  # the same build over itself
    KEEP_DATA = "keep_data"  # removed without its data, then installed
    UNINSTALL_INSTALL = "uninstall_install"
    BY_HAND = "by_hand"  # a person deletes it and gets it from the store
    ARCHIVE = "archive"  # Android 15 and later


USUAL_ARM = Arm.UNINSTALL_INSTALL

LOSES_DATA = frozenset({Arm.CLEAR, Arm.UNINSTALL_INSTALL, Arm.BY_HAND})
"""These delete what the app keeps in its own folders, and log it out."""

REMOVES_CODE = frozenset({Arm.KEEP_DATA, Arm.UNINSTALL_INSTALL, Arm.BY_HAND, Arm.ARCHIVE})
"""After these the app has to be installed again."""

CHANGES = LOSES_DATA | REMOVES_CODE | {Arm.UPDATE_IN_PLACE}
"""These need an installable copy of the app before they begin."""

ARM_TEXT = {
    Arm.NOTHING: "nothing was done",
    Arm.STOP_START: "the app was stopped and started",
    Arm.CLEAR: "the app's storage was cleared",
    Arm.UPDATE_IN_PLACE: "the same build was installed over the app",
    Arm.KEEP_DATA: "the app was removed with its data kept, and installed again",
    Arm.UNINSTALL_INSTALL: "the app was deleted and installed again",
    Arm.BY_HAND: "a person deleted the app and installed it from the store",
    Arm.ARCHIVE: "the app was archived and brought back",
}


class ArmResult(StrEnum):
    """Whether the arm took place."""

    DONE = "done"  # and proved
    NOT_PROVED = "not_proved"  # the phone said so, the proofs do not
    REFUSED = "refused"  # Android or the phone did not do it; nothing was lost


@dataclass(frozen=True, slots=True)
class Proof:
    """One sign that the arm took place. `holds` None: this phone does not show it."""

    name: str  # answer, log, data_folder, uid, ce_inode, first_install, last_update, code_path
    holds: bool | None
    statement: str


@dataclass(frozen=True, slots=True)
class ArmOutcome:
    """What came of the arm; `answer` is what the phone said."""

    arm: Arm
    result: ArmResult
    answer: str
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class CodePart:
    """One APK of the app (base or split) as pulled from the phone."""

    name: str  # file name on the phone: base.apk, split_config.de.apk
    path: str  # on the phone
    file: str  # within the saved folder
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Root:
    """One folder of the app on the phone, saved and put back as a whole."""

    area: Area
    path: str
    volume: str = INTERNAL
    private: bool = False  # only root, or run-as for a debuggable app, may enter


@dataclass(frozen=True, slots=True)
class SavedRoot:
    """A folder's copy, compared with the phone file by file by SHA-256."""

    root: Root
    file: str  # tar within the saved folder
    files: int
    size: int  # bytes of the files in it


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A folder that could not be saved, and why: what is in it is lost for good."""

    area: Area
    reason: str
    volume: str = INTERNAL
