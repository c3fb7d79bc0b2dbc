"""What stands between gives itself away by what unrelated owners have in common."""

import ipaddress
import re

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.owners import failed_alike_elsewhere, owner_of
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean, sureness
from harness.attribution.witness import control_site, path_is_fine, probe_of, screen_hints
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_ADDRESS = re.compile(r"\('([0-9a-fA-F.:]+)', \d+")
"""Where asyncio names the address that it could not reach (CPython, base_events.py)."""

_OWN_NAMES = (".local", ".internal", ".lan", ".home", ".localhost", ".arpa", ".test")
"""Ends of names that no public resolver knows (RFC 6761, RFC 6762, ICANN for .internal)."""

_UNREACHED = (Kind.TCP_REFUSED, Kind.TCP_RESET, Kind.TCP_TIMED_OUT, Kind.TCP_UNANSWERED,
              Kind.TCP_UNREACHABLE, Kind.TCP_FAILED)  # fmt: skip

_UNSIGNED = frozenset(
    {
        Kind.TCP_RESET,
        Kind.TCP_REFUSED,
        Kind.TLS_SERVER_CLOSED,
        Kind.TLS_SERVER_UNANSWERED,
        Kind.HTTP_TRUNCATED,
        Kind.HTTP_CLOSED_BY_ORIGIN,
        Kind.HTTP_RESET,
        Kind.HTTP_NO_ANSWER,
        Kind.TCP_UNANSWERED,
        Kind.ABANDONED_UNCLEAR,
        Kind.ABANDONED_AFTER_TIMEOUT,
    }
)
"""Ends below TLS or without a word in it: whoever stands on the way can make them."""

SEVERAL = 2
"""Other owners that fail in the same way, from which it is hardly each one's own trouble."""

_OTHER_NETWORK = "The same step in another network, for instance over mobile data."


def _no_place(attempt: Attempt) -> bool:
    """The name was led to an address at which no public host can be."""
    text = attempt.failure.text if attempt.failure else ""
    found = _ADDRESS.search(text)
    public = "." in attempt.host and not attempt.host.lower().endswith(_OWN_NAMES)
    if found is None or not public or found[1] == attempt.host:
        return False
    try:
        return ipaddress.ip_address(found[1]).is_unspecified
    except ValueError:
        return False


def _sinkhole(case: Case) -> Match | None:
    for attempt in case.failing(*_UNREACHED):
        if not _no_place(attempt):
            continue
        probe = probe_of(case, attempt)
        support = int(path_is_fine(case, attempt))  # other names led to where they should
        text = attempt.failure.text if attempt.failure else ""
        state = f"The name {attempt.host} leads to an address that is nobody's ({text})."
        return Match(
            lean(Party.NETWORK, sureness(0.72, support), Party.HARNESS, Party.SERVER),
            state,
            (attempt.id, *((probe.id,) if probe else ())),
            slots_for(case, attempt, state=state),
            next_control="A second resolver asked for the name; the hosts file of this machine.",
        )
    return None


def _voice(attempt: Attempt) -> tuple[object, ...] | None:
    """What an unsigned answer looks like; None for one that TLS vouches for."""
    exchange = attempt.exchange
    if exchange is None or exchange.status is None or attempt.origin_verified:
        return None
    return (
        exchange.status,
        exchange.server_header,
        exchange.content_type,
        exchange.location,
        None if exchange.location else exchange.response_bytes,
    )


def _one_voice(case: Case) -> Match | None:
    """One and the same unsigned answer in the names of unrelated owners."""
    for attempt in case.failures:
        voice = _voice(attempt)
        if voice is None:
            continue
        same = [o for o in failed_alike_elsewhere(case, attempt) if _voice(o) == voice]
        owners = {owner_of(case, other.host) for other in same}
        if not owners:
            continue
        told = "a page or detour" if attempt.kind is not Kind.ANSWER_SERVER_ERROR else "an error"
        state = f"{1 + len(owners)} unrelated owners gave one and the same answer, {told}."
        return Match(
            lean(
                Party.NETWORK,
                sureness(0.68, int(len(owners) > 1), int(len(owners) < 2 and _by_status(attempt))),
                Party.SERVER,
                Party.HARNESS,
            ),
            state,
            (attempt.id, *(other.id for other in same[:3])),
            slots_for(case, attempt, state=state),
            next_control=_OTHER_NETWORK,
        )
    return None


def _by_status(attempt: Attempt) -> bool:
    """A bare status looks alike wherever the same server program is in use."""
    return attempt.kind is Kind.ANSWER_SERVER_ERROR


def _owners_cut(case: Case) -> Match | None:
    """Several unrelated owners at once, in the same unsigned way; others may get through."""
    if control_site(case) == "ok":
        return None
    for attempt, _ in case.broken(_UNSIGNED):
        same = failed_alike_elsewhere(case, attempt)
        owners = {owner_of(case, other.host) for other in same}
        if len(owners) < SEVERAL:
            continue
        state = f"{1 + len(owners)} unrelated owners' hosts failed in the same way."
        sure = sureness(0.66, int(control_site(case) == "failed"))
        return Match(
            lean(Party.NETWORK, sure, Party.SERVER, Party.HARNESS),
            state,
            (attempt.id, *(other.id for other in same[:3])),
            slots_for(case, attempt, state=state),
            next_control=_OTHER_NETWORK,
        )
    return None


def _control_lost(case: Case) -> Match | None:
    """The call broke off without a word, and an unrelated site is not reached either."""
    if control_site(case) != "failed":
        return None
    for attempt, _ in case.broken(_UNSIGNED):
        end = attempt.ended if attempt.ended is not None else attempt.begun
        if any((host.last_answer or 0.0) > end for host in case.tally.hosts.values()):
            continue  # something still got through afterwards
        control = case.controls_named("control_site")[-1]
        said = screen_hints(case, "network_error")
        state = "Calls break off, and an unrelated site cannot be reached either."
        return Match(
            lean(Party.NETWORK, sureness(0.66, int(bool(said))), Party.SERVER, Party.HARNESS),
            state,
            (attempt.id, control.id, *said[:1]),
            slots_for(case, attempt, state=state),
            next_control=_OTHER_NETWORK,
        )
    return None


_SUMMARY = "The network is at fault: {state} The phone, the app and the account show no fault."

BETWEEN = (
    Rule(
        "network_control_lost",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "What broke the call off and keeps an unrelated site away is the way that they share.",
        "An answer of any host after that moment; a network that never lets that site through.",
        _control_lost,
        _SUMMARY,
    ),
    Rule(
        "network_name_led_astray",
        Layer.DNS,
        Party.NETWORK,
        Outcome.FAILED,
        "Filtering resolvers give an address that is nobody's for the names they block.",
        "An owner who published such an address; a hosts file on this machine.",
        _sinkhole,
        _SUMMARY,
    ),
    Rule(
        "network_one_voice",
        Layer.HTTP,
        Party.NETWORK,
        Outcome.FAILED,
        "Over plain HTTP whoever stands between can answer; unrelated owners do not agree on one "
        "answer.",
        "The same answers from another network; one operator behind both names.",
        _one_voice,
        _SUMMARY,
    ),
    Rule(
        "network_cuts_owners_alike",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "Unrelated owners do not break in the same way at the same time; the way there is what "
        "they share.",
        "One operator behind all of these names.",
        _owners_cut,
        _SUMMARY,
    ),
)
