"""TLS on the origin's side: its certificate and its handshake, and who else may break them."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.clocks import clock_agrees
from harness.attribution.failure_kind import BY_CLOCK_KINDS, CERTIFICATE_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.owners import owners_alike
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    Support,
    addresses_chosen,
    authority_not_given,
    capture_off,
    control_site,
    hands_off,
    other_name,
    others_answered,
    path_is_fine,
    probe_of,
    reached,
    same_host_answered,
    stage,
)
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_CERTIFICATE_START = {
    Kind.TLS_CERTIFICATE_EXPIRED: 0.78,
    Kind.TLS_CERTIFICATE_NOT_YET_VALID: 0.68,
    Kind.TLS_CERTIFICATE_HOSTNAME: 0.7,
    Kind.TLS_CERTIFICATE_SELF_SIGNED: 0.7,
    Kind.TLS_CERTIFICATE_UNTRUSTED: 0.55,
    Kind.TLS_CERTIFICATE_INVALID: 0.6,
}

_SAID = {
    Kind.TLS_CERTIFICATE_EXPIRED: "has expired",
    Kind.TLS_CERTIFICATE_NOT_YET_VALID: "is not yet valid",
    Kind.TLS_CERTIFICATE_HOSTNAME: "is for another host",
    Kind.TLS_CERTIFICATE_SELF_SIGNED: "is self-signed",
    Kind.TLS_CERTIFICATE_UNTRUSTED: "comes from an unknown issuer",
    Kind.TLS_CERTIFICATE_INVALID: "is not valid",
}

_PORTAL = (
    "The certificate's issuer compared with that of an unrelated site: one issuer for both is a "
    "portal or an inspection."
)


def _refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


_PORTALS_TOO = (
    Kind.TLS_CERTIFICATE_HOSTNAME,
    Kind.TLS_CERTIFICATE_SELF_SIGNED,
    Kind.TLS_CERTIFICATE_UNTRUSTED,
)
"""What a portal or an inspection shows as well as a server that was set up wrongly."""

_UNKNOWN_ISSUER = (Kind.TLS_CERTIFICATE_UNTRUSTED, Kind.TLS_CERTIFICATE_SELF_SIGNED)


def _strangers(case: Case, attempt: Attempt) -> Match:
    return Match(
        lean(Party.HARNESS, 0.5, Party.SERVER, Party.NETWORK),
        f"The issuer of {attempt.host}'s certificate is unknown, and we were told of no authority "
        "for the addresses that we chose.",
        _refs(case, attempt),
        slots_for(case, attempt, said="comes from an issuer that we were not told of"),
        next_control="The same capture with --upstream-ca.",
    )


def _fine_without_us(case: Case, attempt: Attempt) -> Match:
    """The app, which has its own clock and authorities, takes what our proxy does not."""
    return Match(
        lean(Party.HARNESS, 0.8, Party.SERVER),
        f"Our proxy does not take the certificate of {attempt.host}; the app, with our hands off, "
        "does.",
        _refs(case, attempt),
        slots_for(case, attempt, said="is none that our proxy takes"),
        outcome=Outcome.INCONCLUSIVE,
        next_control="The same capture with --upstream-ca.",
    )


def _most(case: Case, attempt: Attempt, kind: Kind, *, fine: bool) -> float:
    """How sure a certificate leaves us at most: our trust and our clock may be amiss as well.

    The host-side probe shares both with the proxy, so it is no second opinion on them.
    """
    app_too = "failed" in {hands_off(case, attempt.host), capture_off(case)}
    if app_too and kind not in _PORTALS_TOO:
        return 1.0  # the app does not get along with it either
    if kind in _PORTALS_TOO and owners_alike(case, attempt):
        return _CUT_ALONE  # unrelated owners do not make the same mistake at once
    if kind in BY_CLOCK_KINDS:
        return 1.0 if clock_agrees(case) else _CUT_ALONE
    if kind in _PORTALS_TOO and not (fine or app_too or same_host_answered(case, attempt)):
        return _CUT_ALONE  # nothing else was seen that a portal would let pass
    if kind is Kind.TLS_CERTIFICATE_UNTRUSTED:
        return 0.75  # some gateways inspect single hosts only
    if kind is Kind.TLS_CERTIFICATE_HOSTNAME and addresses_chosen(case):
        return 0.75  # the address that we chose may be the wrong one
    # A name that was led to a stranger's address shows the stranger's certificate.
    return MOST_ALONE if kind in _PORTALS_TOO else 1.0


def _certificate(case: Case) -> Match | None:
    for attempt, failure in case.broken(CERTIFICATE_KINDS):
        if hands_off(case, attempt.host) == "ok":
            return _fine_without_us(case, attempt)
        probe = probe_of(case, attempt)
        fine = others_answered(case, attempt) or control_site(case) == "ok"
        seen = case.conditions
        support = Support().add(holds=fine)
        support.add(holds="certificate" in stage(probe, "tls") and fine)
        support.add(holds=seen is not None and seen.facts.validated is True)
        support.add(holds=same_host_answered(case, attempt))
        support.add(holds="failed" in {hands_off(case, attempt.host), capture_off(case)})
        support.against(holds=reached(probe))
        said = _SAID[failure.kind]
        start = _CERTIFICATE_START[failure.kind]
        sure = sureness(start, support.supports, support.contradicts)
        sure = min(sure, _most(case, attempt, failure.kind, fine=fine))
        if failure.kind in _UNKNOWN_ISSUER and authority_not_given(case):
            return _strangers(case, attempt)
        return Match(
            lean(
                Party.SERVER,
                sure,
                Party.NETWORK,
                Party.HARNESS,
            ),
            f"The certificate of {attempt.host} {said}.",
            _refs(case, attempt),
            slots_for(case, attempt, said=said),
            next_control=_PORTAL,
        )
    return None


_CUT = (Kind.TLS_SERVER_CLOSED, Kind.TLS_SERVER_UNANSWERED)
"""What a filter that reads the host's name does as well as a broken server."""

_CUT_ALONE = 0.58
"""How sure one network's view of one name leaves us at most, without a handshake under no name."""


def _filtered(case: Case) -> Match | None:
    """The same address answers a handshake that does not name the host."""
    for attempt in case.failing(*_CUT):
        probe = probe_of(case, attempt)
        if other_name(case, attempt) != "ok" or reached(probe):
            continue
        control = case.controls_named("other_name", f"{attempt.host}:{attempt.port}")[-1]
        support = Support().add(holds=control_site(case) == "ok" or others_answered(case, attempt))
        state = f"Only handshakes that name {attempt.host} are cut; its address answers others."
        return Match(
            lean(Party.NETWORK, min(0.78, sureness(0.62, support.supports)), Party.SERVER),
            state,
            (*_refs(case, attempt), control.id),
            slots_for(case, attempt, state=state),
            next_control="The same handshake from another network.",
        )
    return None


def _by_name(case: Case, attempt: Attempt, start: float, support: Support) -> float:
    """A middlebox can end handshakes by the host's name: one network alone never proves more."""
    sure = sureness(start, support.supports, support.contradicts)
    if attempt.kind not in _CUT:
        return sure
    # If nothing else was seen to work, it may be the whole way that is shut.
    every_name = other_name(case, attempt) == "failed" and path_is_fine(case, attempt)
    every_name = every_name and not owners_alike(case, attempt)
    return min(MOST_ALONE, sure) if every_name else min(_CUT_ALONE, sure)


def _handshake(case: Case) -> Match | None:
    starts = {
        Kind.TLS_SERVER_CLOSED: 0.75,
        Kind.TLS_SERVER_UNANSWERED: 0.65,
        Kind.TLS_SERVER_VERSION: 0.85,
        Kind.TLS_SERVER_NOT_TLS: 0.8,
        Kind.TLS_SERVER_FAILED: 0.6,
    }
    for attempt, failure in case.broken(starts):
        probe = probe_of(case, attempt)
        tls = stage(probe, "tls")
        support = Support().add(holds=tls.startswith("failed"))
        support.add(holds=path_is_fine(case, attempt))
        support.add(holds=control_site(case) == "ok")
        support.against(holds=reached(probe) and failure.kind is not Kind.TLS_SERVER_CLOSED)
        return Match(
            lean(
                Party.SERVER,
                _by_name(case, attempt, starts[failure.kind], support),
                Party.NETWORK,
                Party.HARNESS,
            ),
            f"{attempt.host} broke off or did not complete the TLS handshake ({failure.kind}).",
            _refs(case, attempt),
            slots_for(case, attempt),
            known_issue=failure.known_issue,
            next_control="The same handshake from another network.",
        )
    return None


_NO_COMMON_GROUND = (
    "handshake failure",
    "insufficient security",
    "application protocol",
    "protocol version",
)
"""Alerts about what is offered (RFC 8446, 6.2): another client may offer something else."""


def _alert(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TLS_SERVER_ALERT):
        probe = probe_of(case, attempt)
        text = attempt.failure.text.lower() if attempt.failure else ""
        slots = slots_for(case, attempt)
        if reached(probe) or hands_off(case, attempt.host) == "ok":
            return Match(
                lean(Party.HARNESS, 0.75, Party.SERVER),
                f"{attempt.host} refuses our proxy's handshake, but not that of others.",
                _refs(case, attempt),
                slots,
                outcome=Outcome.INCONCLUSIVE,
                next_control="The same step with the host passed through.",
            )
        shut = "failed" in {hands_off(case, attempt.host), capture_off(case)}
        if not shut and any(words in text for words in _NO_COMMON_GROUND):
            return Match(
                lean(Party.SERVER, 0.5, Party.HARNESS),
                f"{attempt.host} found no common ground with our proxy's handshake.",
                _refs(case, attempt),
                slots,
                next_control="The same step with the host passed through.",
            )
        support = Support().add(holds=stage(probe, "tls").startswith("failed"))
        support.add(holds=path_is_fine(case, attempt)).add(holds=shut)
        return Match(
            lean(Party.SERVER, sureness(0.7, support.supports), Party.HARNESS, Party.NETWORK),
            f"{attempt.host} ended the TLS handshake with an alert.",
            _refs(case, attempt),
            slots,
            next_control="The same step with the host passed through.",
        )
    return None


SERVER_TLS = (
    Rule(
        "network_filters_name",
        Layer.TLS,
        Party.NETWORK,
        Outcome.FAILED,
        "A broken server breaks whatever it is asked for; who cuts by the name has read the name.",
        "Another network from which the named handshake is cut as well: then the server does it.",
        _filtered,
        "The network is at fault: {state} The phone, the app and the account show no fault.",
    ),
    Rule(
        "tls_server_certificate",
        Layer.TLS,
        Party.SERVER,
        Outcome.FAILED,
        "The origin shows a certificate that no client should accept, and other hosts do not.",
        "A portal or an inspection that shows the same issuer for every host; a wrong clock here.",
        _certificate,
        "{service} is failing: its certificate {said}; your phone, app and account show no fault.",
    ),
    Rule(
        "tls_server_handshake",
        Layer.TLS,
        Party.SERVER,
        Outcome.FAILED,
        "TCP came up and the origin did not complete its own handshake.",
        "A middlebox that ends connections by the host's name: another network shows it.",
        _handshake,
        "{service} is failing: it breaks off before anything can be asked.",
    ),
    Rule(
        "tls_server_alert",
        Layer.TLS,
        Party.SERVER,
        Outcome.FAILED,
        "The origin itself said no in the handshake.",
        "The same handshake past our proxy that works: then it dislikes our proxy.",
        _alert,
        "{service} refuses the secure connection.",
    ),
)
