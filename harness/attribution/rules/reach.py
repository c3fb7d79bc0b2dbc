"""Name look-up and TCP: the host was not reached at all."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.matching import UNLISTED
from harness.attribution.owners import owners_alike
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    USUAL_LOOK_UP,
    Support,
    addresses_chosen,
    capture_off,
    control_site,
    everything_fails,
    path_is_fine,
    probe_of,
    reached,
    resolver_said,
    same_host_answered,
    stage,
)
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_ELSEWHERE = "The same host from another network."
_SITE = "A site that has nothing to do with the app, from this machine."


def _probe_refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


def _named_by_profile(case: Case, attempt: Attempt) -> bool:
    """The profile lists this host itself, so the app did not make the name up."""
    patterns = [host.pattern for host in case.matcher.profile.hosts]
    return attempt.role != UNLISTED and "*" not in patterns


_NOTHING_ELSE = 0.75
"""The same where nothing else was tried: a firewall refuses in the host's name."""

_ONE_VIEW = 0.58
"""How sure one place's view of the names leaves us at most, if nothing else was looked up."""


def _own_view(case: Case) -> bool:
    """The phone looks names up in a way of its own: it may know names that our proxy does not."""
    seen = case.conditions
    chosen = seen.facts.private_dns if seen is not None else None
    return seen is not None and (
        (bool(seen.facts.vpn) and not seen.facts.vpn_ours) or chosen not in USUAL_LOOK_UP
    )


def _name_unknown(case: Case) -> Match | None:
    for attempt in case.failing(Kind.DNS_NAME_NOT_RESOLVED, Kind.DNS_NO_ADDRESS):
        second = resolver_said(case, attempt)
        if second == "ok":
            return Match(
                lean(Party.NETWORK, 0.85, Party.SERVER),
                f"{attempt.host} is known to another resolver, but not to this one.",
                _probe_refs(case, attempt),
                slots_for(case, attempt),
            )
        support = Support().add(holds=path_is_fine(case, attempt))
        support.add(holds=_named_by_profile(case, attempt)).add(holds=second == "failed")
        alone = capture_off(case) == "failed"  # the phone does not find it by itself either
        support.add(holds=alone)
        support.against(holds=control_site(case) == "failed" and not support.supports)
        sure = sureness(0.7, support.supports, support.contradicts)
        compared = path_is_fine(case, attempt) or second == "failed"
        if not alone and (_own_view(case) or not compared):
            sure = min(sure, _ONE_VIEW)
        elif not alone and (second != "failed" or not _named_by_profile(case, attempt)):
            # A filter in this resolver looks the same; an app may have asked a name of its own.
            sure = min(sure, MOST_ALONE)
        return Match(
            lean(Party.SERVER, sure, Party.NETWORK, Party.CLIENT),
            f"The name {attempt.host} does not exist in the domain name system.",
            _probe_refs(case, attempt),
            slots_for(case, attempt),
            next_control="A second resolver asked for the same name.",
        )
    return None


def _resolver_fails(case: Case) -> Match | None:
    for attempt in case.failing(Kind.DNS_TEMPORARY):
        refs = _probe_refs(case, attempt)
        second = resolver_said(case, attempt)
        if second:
            sure = 0.8 if path_is_fine(case, attempt) or second == "ok" else 0.7
            party, rest = Party.SERVER, Party.NETWORK
            told = f"Neither this resolver nor another one could look {attempt.host} up."
            if second == "ok":
                party, rest = rest, party
                told = f"Another resolver knows {attempt.host}; this one gives no answer."
            return Match(lean(party, sure, rest), told, refs, slots_for(case, attempt))
        if path_is_fine(case, attempt) and not addresses_chosen(case):
            return Match(
                lean(Party.SERVER, 0.65, Party.NETWORK),
                f"Only {attempt.host} could not be looked up; other names could.",
                refs,
                slots_for(case, attempt),
                next_control="A second resolver asked for the same name.",
            )
        support = Support().add(holds=control_site(case) == "failed")
        support.add(holds="temporary" in stage(probe_of(case, attempt), "dns"))
        sure = sureness(0.78, support.supports)
        if path_is_fine(case, attempt):
            sure = min(sure, _ONE_VIEW)  # the others' addresses are ours: they were not looked up
        return Match(
            lean(Party.NETWORK, sure, Party.SERVER),
            f"The resolver gave no answer for {attempt.host}.",
            refs,
            slots_for(case, attempt),
            next_control=_SITE,
        )
    return None


def _refused(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TCP_REFUSED, Kind.TCP_RESET):
        if everything_fails(case, attempt):
            continue  # the network's, not this host's
        probe = probe_of(case, attempt)
        tcp = stage(probe, "tcp")
        support = Support().add(holds="refused" in tcp or "reset" in tcp)
        support.add(holds=path_is_fine(case, attempt))
        support.add(holds=control_site(case) == "ok")
        support.against(holds=reached(probe) and not same_host_answered(case, attempt))
        alone = MOST_ALONE if not owners_alike(case, attempt) else _ONE_VIEW
        if not (path_is_fine(case, attempt) or control_site(case)):
            alone = min(alone, _NOTHING_ELSE)
        said = "refused" if attempt.kind is Kind.TCP_REFUSED else "reset"
        return Match(
            lean(
                Party.SERVER,
                min(alone, sureness(0.75, support.supports, support.contradicts)),
                Party.NETWORK,
                Party.CLIENT,
            ),
            f"{attempt.host}:{attempt.port} {said} the connection.",
            _probe_refs(case, attempt),
            slots_for(case, attempt, said=said),
            next_control=_SITE if not control_site(case) else _ELSEWHERE,
        )
    return None


def _unanswered(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TCP_UNANSWERED, Kind.TCP_TIMED_OUT, Kind.TCP_FAILED):
        probe = probe_of(case, attempt)
        refs = _probe_refs(case, attempt)
        slots = slots_for(case, attempt)
        text = f"{attempt.host}:{attempt.port} did not answer the connect."
        if reached(probe):
            return Match(
                lean(Party.NETWORK, 0.5, Party.SERVER, Party.CLIENT),
                f"{text} A little later it did answer our machine.",
                refs,
                slots,
                next_control=_ELSEWHERE,
            )
        # Lost packets and a dead machine look alike from one place.
        return Match(
            lean(Party.SERVER, 0.5, Party.NETWORK), text, refs, slots, next_control=_ELSEWHERE
        )
    return None


REACH = (
    Rule(
        "dns_name_unknown",
        Layer.DNS,
        Party.SERVER,
        Outcome.FAILED,
        "The owner of a service sees to it that its names exist.",
        "Another resolver that knows the name (then a filter), or a name that no app should ask "
        "for.",
        _name_unknown,
        "{service} cannot be found: the name {host} does not exist any more.",
    ),
    Rule(
        "dns_resolver_fails",
        Layer.DNS,
        Party.NETWORK,
        Outcome.FAILED,
        "A resolver that gives no answer at all is the network's; for one name only it is the "
        "name's owner.",
        "Other names that the same resolver knows.",
        _resolver_fails,
        "The name {host} could not be looked up: the name service did not answer.",
    ),
    Rule(
        "tcp_refused",
        Layer.TCP,
        Party.SERVER,
        Outcome.FAILED,
        "An answer came back that says nothing listens there: the host is up, the service is not.",
        "A firewall between that refuses in the host's name; a port that never was right.",
        _refused,
        "{service} is down: it {said} the connection; your phone, app and account show no fault.",
    ),
    Rule(
        "tcp_unanswered",
        Layer.TCP,
        Party.UNKNOWN,
        Outcome.FAILED,
        "Packets lost on the way and a machine that is off look the same from one place.",
        "The same host from another network.",
        _unanswered,
        "The host {host} does not answer, and neither does anything else.",
    ),
)
