"""Whose a host is, as far as its name and the profile tell, and what unrelated owners share."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.matching import UNLISTED
from harness.attribution.site import site_of

_THE_APPS = "the app's own service"
_EVERY_HOST = "*"


NEAR = 120.0
"""Seconds; what happens further apart need not have one cause."""

SHARED_WAY = 0.55
"""How sure one owner's fault is at most where another owner's host failed in the same unsigned
way: the way there is what they share."""

_SILENT = frozenset(
    {
        Kind.ABANDONED_UNCLEAR,
        Kind.ABANDONED_AFTER_TIMEOUT,
        Kind.HTTP_NO_ANSWER,
        Kind.TCP_UNANSWERED,
        Kind.TCP_TIMED_OUT,
        Kind.TLS_SERVER_UNANSWERED,
    }
)
"""No answer came, at whatever stage the app then was."""


def _alike(one: Attempt, other: Attempt) -> bool:
    if one.kind in _SILENT:
        return other.kind in _SILENT
    return one.kind is other.kind and one.origin_verified is other.origin_verified


def owner_of(case: Case, host: str) -> str:
    """One owner for all hosts that the profile names; for others the part of the name that is
    registered. A guess: one owner may hold several names."""
    described = all(entry.pattern != _EVERY_HOST for entry in case.matcher.profile.hosts)
    if described and case.matcher.role(host) not in {UNLISTED, "control"}:
        return _THE_APPS
    return site_of(host)


def failed_alike_elsewhere(case: Case, attempt: Attempt) -> list[Attempt]:
    """Attempts at hosts of other owners that failed in the same way at about the same time."""
    here = owner_of(case, attempt.host)
    return [
        other
        for other in (*case.failures, *case.attempts)
        if _alike(attempt, other)
        and abs(other.begun - attempt.begun) <= NEAR
        and owner_of(case, other.host) != here
    ]


def owners_alike(case: Case, attempt: Attempt) -> int:
    """How many other owners' hosts failed in the same way."""
    return len({owner_of(case, other.host) for other in failed_alike_elsewhere(case, attempt)})
