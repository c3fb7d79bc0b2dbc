"""The app as the other users of a phone have it: a work profile, a person, a maker's clone."""

from collections.abc import Sequence
from dataclasses import dataclass

from harness.domain.interlock import copies_at_stake
from harness.domain.removal import LOSES_DATA, REMOVES_CODE, Arm

_NAMES = {
    "work": "the app of the work profile (user {user})",
    "clone": "the clone of the app (user {user})",
    "main": "the app of the phone's owner (user {user})",
}
_OTHER = "the app of another person (user {user})"


@dataclass(frozen=True, slots=True)
class AppCopy:
    """One copy, with data of its own. `kind`: main, work, clone or other (a person)."""

    user: int
    kind: str

    @property
    def words(self) -> str:
        """Whose it is, for people."""
        return _NAMES.get(self.kind, _OTHER).format(user=self.user)


@dataclass(frozen=True, slots=True)
class CopyFate:
    """What became of one between two looks. `kept` None = the phone does not tell."""

    user: int
    kind: str
    kept: bool | None
    told: str  # one sentence


def copy_fates(before: Sequence[AppCopy], after: Sequence[AppCopy]) -> tuple[CopyFate, ...]:
    """Of every copy of the first look. What a copy keeps is not looked at by either."""
    left = {copy.user for copy in after}
    found: list[CopyFate] = []
    for copy in before:
        kept = copy.user in left
        end = (
            "is still there, with data of its own that this did not touch"
            if kept
            else "is gone as well, with all that it kept; what that was is not known"
        )
        text = f"{copy.words} {end}."
        found.append(CopyFate(copy.user, copy.kind, kept, f"{text[:1].upper()}{text[1:]}"))
    return tuple(found)


def copies_planned(arm: Arm, copies: Sequence[AppCopy], *, may_remove: bool) -> tuple[str, ...]:
    """What an arm would do to each copy, one sentence each; nothing for arms that take nothing."""
    if arm not in LOSES_DATA | REMOVES_CODE:
        return ()
    clones = [copy.user for copy in copies if copy.kind == "clone"]
    at_stake = copies_at_stake(arm, [copy.user for copy in copies], clones)
    told: list[str] = []
    for copy in copies:
        if copy.user not in at_stake:
            told.append(f"keeps {copy.words}: its commands name one user")
            continue
        how = "may take" if arm is Arm.BY_HAND else "takes"
        end = (
            "with all that it keeps, which is not saved; may_remove_copies: true allows it"
            if may_remove
            else "so it is not run unless the phone's entry says may_remove_copies: true"
        )
        told.append(f"{how} {copy.words} as well, {end}")
    return tuple(told)
