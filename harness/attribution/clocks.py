"""What other clocks say of this machine's: the phone's, certificates' and the dates of answers."""

from harness.attribution.case import Case
from harness.attribution.site import site_of
from harness.attribution.witness import control_site

DAY = 86_400.0
"""Seconds."""


def clock_is_right(case: Case) -> bool:
    """The phone's clock was read and is right by far less than a certificate's life."""
    seen = case.conditions
    offset = seen.facts.clock_offset if seen is not None else None
    return offset is not None and abs(offset) < 3600.0


def contrary_dates(case: Case) -> list[str]:
    """Hosts whose verified answers are dated a day or more away from when they came; [] when
    those of any other host are dated rightly.

    A stored copy bears the date of its making (RFC 9111, 4.2.3), so dates that lie behind
    must come from more than one owner; a date that is still to come has no such excuse.
    """
    leads = [(host, found.lead) for host, found in case.tally.hosts.items() if found.lead]
    if any(abs(lead) < DAY for _, lead in leads):
        return []
    early = [host for host, lead in leads if lead > 0]
    behind = [host for host, lead in leads if lead < 0]
    return early or (behind if len({site_of(host) for host in behind}) > 1 else [])


def clock_agrees(case: Case) -> bool:
    """Somebody else's clock agrees with this machine's: the phone's, the date of an answer, or
    a certificate that is in order by it where no dates say otherwise."""
    if clock_is_right(case):
        return True
    if contrary_dates(case):
        return False
    if control_site(case) == "ok":
        return True
    if any(found.verified for found in case.tally.hosts.values()):
        return True
    dated = [a for a in case.attempts if a.exchange is not None and a.exchange.date is not None]
    return any(abs(a.t - (a.exchange.date or 0.0)) < DAY for a in dated if a.exchange)
