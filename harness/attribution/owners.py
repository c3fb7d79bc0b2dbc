"""Whose a host is, as far as its name and the profile tell, and what unrelated owners share."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.matching import UNLISTED
from harness.attribution.site import site_of

_THE_APPS = "the app's own service"
_EVERY_HOST = "*"


def owner_of(case: Case, host: str) -> str:
    """One owner for all hosts that the profile names; for others the part of the name that is
    registered. A guess: one owner may hold several names."""
    described = all(entry.pattern != _EVERY_HOST for entry in case.matcher.profile.hosts)
    if described and case.matcher.role(host) not in {UNLISTED, "control"}:
        return _THE_APPS
    return site_of(host)


def failed_alike_elsewhere(case: Case, attempt: Attempt) -> list[Attempt]:
    """Attempts at hosts of other owners that failed in the same way, as well or badly signed."""
    here = owner_of(case, attempt.host)
    return [
        other
        for other in (*case.failures, *case.attempts)
        if other.kind is attempt.kind
        and other.origin_verified is attempt.origin_verified
        and owner_of(case, other.host) != here
    ]


def owners_alike(case: Case, attempt: Attempt) -> int:
    """How many other owners' hosts failed in the same way."""
    return len({owner_of(case, other.host) for other in failed_alike_elsewhere(case, attempt)})
