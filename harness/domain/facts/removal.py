"""The reinstall experiment as it was made: what was saved, what was done, what it cost."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class RemovalPrepared:
    """Right before anything is changed. `installable`: rehearsed (the phone took the same
    build over itself), checked (whole, same signer) or not_needed."""

    arm: str
    package: str
    tier: str
    installable: str
    code_parts: int = 0
    saved_files: int = 0
    saved_bytes: int = 0
    unsaved: dict[str, str] = field(default_factory=dict[str, str])  # area -> reason


@dataclass(frozen=True, slots=True)
class RemovalMade:
    """`result`: done, not_proved, refused. `proofs`: name -> what was seen."""

    arm: str
    result: str
    answer: str
    proofs: dict[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class LossesFound:
    """What two inventories say that the arm cost; counts by class of the app profile."""

    arm: str
    result: str  # of the arm
    lost: dict[str, int] = field(default_factory=dict[str, int])
    not_checked: dict[str, int] = field(default_factory=dict[str, int])  # on the server, or lost
    kept: dict[str, int] = field(default_factory=dict[str, int])
    back: dict[str, int] = field(default_factory=dict[str, int])  # restored or on the server
    not_visible: int = 0
    server: str = "not_checked"  # checked, not_checked
    cost: str = ""  # what a person would miss of it: "4 drafts, 6 offline videos"
    told: str = ""  # one sentence
    advice: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # what was met on the way, in sentences
    document: str = ""  # losses.json within the run folder


@dataclass(frozen=True, slots=True)
class RemovalMended:
    """An earlier experiment had been interrupted; what was found and done, in sentences."""

    lines: tuple[str, ...]
    whole: bool  # nothing more can be brought back
