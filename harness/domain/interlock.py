"""What must hold before anything on a phone is destroyed. Pure: facts in, refusals out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from harness.domain.removal import CHANGES, LOSES_DATA, REMOVES_CODE, Arm

LEAST_BATTERY = 30
"""Percent; a phone that dies between removal and installation stays without the app."""

ROOM = 2
"""Free space must be this many times what the app's code takes."""

PERSONAL_CALLS = 10
PERSONAL_MEDIA = 500
PERSONAL_ACCOUNTS = 2
"""From these counts on a phone looks like somebody's own: calls in its log, pictures and
videos in the shared folders, accounts in Android's settings. A test phone has one account
for its store at most."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known before the experiment. None = the phone does not tell."""

    phone: str
    arm: Arm
    entry_allows: bool  # destructive: true in devices.yaml
    run_allows: bool  # --allow-destructive
    test_account: bool  # the entry names an account, or the phone brought one
    named: bool  # chosen by --device, not because it is the usual phone
    attended: bool = False
    installed: bool = True
    preinstalled: bool = False
    archived: bool | None = None
    unlocked: bool | None = None  # credential-encrypted storage is open
    battery: int | None = None  # percent
    free_bytes: int | None = None  # of /data
    code_bytes: int = 0  # of base and splits
    other_users: tuple[int, ...] = ()  # who else has the app
    clones: tuple[int, ...] = ()  # those of them whose copy goes with this one
    may_remove_copies: bool = False  # may_remove_copies: true in devices.yaml
    managed: bool | None = None  # a device or profile owner is set
    absent_card: str | None = None  # adopted card that is not in the phone
    accounts: int | None = None
    calls: int | None = None
    media: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the experiment is not made: a short code and one sentence."""

    reason: str
    text: str


Check = Callable[[Circumstances], Refusal | None]


def consent_refusal(phone: str, *, entry_allows: bool, run_allows: bool) -> Refusal | None:
    """Both the phone's entry and the run must allow it; None = they do."""
    missing = [
        name
        for name, given in (
            ("destructive: true in devices.yaml", entry_allows),
            ("--allow-destructive", run_allows),
        )
        if not given
    ]
    if not missing:
        return None
    text = f"it destroys app data on phone {phone!r}; missing: {' and '.join(missing)}"
    return Refusal("no_consent", text)


def _consent(seen: Circumstances) -> Refusal | None:
    return consent_refusal(seen.phone, entry_allows=seen.entry_allows, run_allows=seen.run_allows)


def _account(seen: Circumstances) -> Refusal | None:
    if seen.test_account:
        return None
    return Refusal(
        "no_test_account",
        f"phone {seen.phone!r} has no test account in devices.yaml, so what is on it may be"
        " somebody's own",
    )


def personal_signs(seen: Circumstances) -> tuple[str, ...]:
    """What makes the phone look like somebody's own."""
    return tuple(
        f"{count} {what}"
        for count, least, what in (
            (seen.accounts, PERSONAL_ACCOUNTS, "accounts"),
            (seen.calls, PERSONAL_CALLS, "calls in its log"),
            (seen.media, PERSONAL_MEDIA, "pictures and videos"),
        )
        if count is not None and count >= least
    )


def _personal(seen: Circumstances) -> Refusal | None:
    signs = personal_signs(seen)
    if seen.named or not signs:
        return None
    return Refusal(
        "looks_personal",
        f"phone {seen.phone!r} looks like somebody's own ({', '.join(signs)}); if it is a test"
        f" phone, name it: --device {seen.phone}",
    )


def _present(seen: Circumstances) -> Refusal | None:
    if seen.archived:
        return Refusal("archived", "the app is archived already; open it once to bring it back")
    if not seen.installed and seen.absent_card is not None:
        return _absent(seen.phone, seen.absent_card)
    if not seen.installed:
        return Refusal("not_installed", f"the app is not installed on phone {seen.phone!r}")
    return None


def _preinstalled(seen: Circumstances) -> Refusal | None:
    if not seen.preinstalled or seen.arm not in REMOVES_CODE:
        return None
    return Refusal(
        "preinstalled",
        f"the app is part of the system of phone {seen.phone!r}: deleting it would only roll it"
        " back to the factory's version, which is another experiment",
    )


def copies_at_stake(arm: Arm, others: Sequence[int], clones: Sequence[int]) -> tuple[int, ...]:
    """Users whose copy the arm may remove besides the one it is for.

    Our commands name one user, and the copies of a work profile or another person stay.
    A clone's goes with its owner's (AOSP `DeletePackageHelper`: profiles with
    `deleteAppWithParent`), and a person can delete for everybody.
    """
    if arm is Arm.BY_HAND:
        return tuple(others)
    return tuple(user for user in others if user in clones) if arm in REMOVES_CODE else ()


def _users(seen: Circumstances) -> Refusal | None:
    at_stake = copies_at_stake(seen.arm, seen.other_users, seen.clones)
    if not at_stake or seen.may_remove_copies:
        return None
    users = ", ".join(str(user) for user in at_stake)
    return Refusal(
        "other_users",
        f"it may remove the app of other users of phone {seen.phone!r} as well: {users}; if these"
        " copies may go, say so in devices.yaml: may_remove_copies: true",
    )


def _managed(seen: Circumstances) -> Refusal | None:
    if not seen.managed:
        return None
    return Refusal(
        "managed", f"phone {seen.phone!r} is managed by an organisation (device or profile owner)"
    )


def _unlocked(seen: Circumstances) -> Refusal | None:
    if seen.unlocked is not False:
        return None
    return Refusal(
        "locked", f"phone {seen.phone!r} was not unlocked since it started; unlock it once"
    )


def _absent(phone: str, card: str) -> Refusal:
    text = f"the adopted card {card}, on which apps lie, is not in phone {phone!r}; put it in first"
    return Refusal("absent_card", text)


def _card(seen: Circumstances) -> Refusal | None:
    if seen.absent_card is None or not seen.installed:
        return None  # an app that lies on it is not there: told by `_present`
    return _absent(seen.phone, seen.absent_card)


def _battery(seen: Circumstances) -> Refusal | None:
    if seen.battery is None or seen.battery >= LEAST_BATTERY:
        return None
    return Refusal(
        "battery", f"phone {seen.phone!r} has {seen.battery} % battery; charge it to"
        f" {LEAST_BATTERY} %"
    )  # fmt: skip


def _space(seen: Circumstances) -> Refusal | None:
    needed = ROOM * seen.code_bytes
    if seen.free_bytes is None or seen.free_bytes >= needed:
        return None
    return Refusal(
        "no_space",
        f"phone {seen.phone!r} has {seen.free_bytes >> 20} MiB free, and installing the app again"
        f" needs {max(needed >> 20, 1)} MiB",
    )


def _attended(seen: Circumstances) -> Refusal | None:
    if seen.arm is not Arm.BY_HAND or seen.attended:
        return None
    return Refusal("unattended", "a reinstall by hand needs a person: --attended")


_CONSENT: tuple[Check, ...] = (_consent, _account)
_ALWAYS: tuple[Check, ...] = (_present, _attended)
_WHERE_DATA_IS_AT_STAKE: tuple[Check, ...] = (
    _personal, _preinstalled, _users, _managed, _unlocked, _card, _battery, _space,
)  # fmt: skip


def refusals(seen: Circumstances) -> tuple[Refusal, ...]:
    """All reasons against the experiment, consent first; none = it may be made.

    An arm that changes nothing needs consent as well: the scenario is marked as
    destructive, and the same command with another arm would be.
    """
    checks = [*_CONSENT, *_ALWAYS]
    if seen.arm in CHANGES | LOSES_DATA:
        checks += _WHERE_DATA_IS_AT_STAKE
    return tuple(found for check in checks if (found := check(seen)) is not None)
