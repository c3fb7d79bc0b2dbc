"""TLS on both sides: the origin's certificate and handshake, the app's refusal of ours."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure import REFUSAL_SECONDS
from harness.attribution.failure_kind import CERTIFICATE_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    Support,
    authority_not_given,
    clock_is_right,
    control_site,
    other_name,
    others_answered,
    path_is_fine,
    probe_of,
    reached,
    same_host_answered,
    screen_hints,
    stage,
)
from harness.attribution.wording import seconds, slots_for
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


def _certificate(case: Case) -> Match | None:
    for attempt, failure in case.broken(CERTIFICATE_KINDS):
        probe = probe_of(case, attempt)
        fine = others_answered(case, attempt) or control_site(case) == "ok"
        seen = case.conditions
        support = Support().add(holds=fine)
        support.add(holds="certificate" in stage(probe, "tls") and fine)
        support.add(holds=seen is not None and seen.facts.validated is True)
        support.add(holds=same_host_answered(case, attempt))
        support.against(holds=reached(probe))
        said = _SAID[failure.kind]
        start = _CERTIFICATE_START[failure.kind]
        if failure.kind in _UNKNOWN_ISSUER and authority_not_given(case):
            return _strangers(case, attempt)
        return Match(
            lean(
                Party.SERVER,
                sureness(start, support.supports, support.contradicts),
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
    every_name = other_name(case, attempt) == "failed"
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


def _alert(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TLS_SERVER_ALERT):
        probe = probe_of(case, attempt)
        text = attempt.failure.text.lower() if attempt.failure else ""
        slots = slots_for(case, attempt)
        if reached(probe):
            return Match(
                lean(Party.HARNESS, 0.75, Party.SERVER),
                f"{attempt.host} refuses our proxy's handshake, but not that of our machine.",
                _refs(case, attempt),
                slots,
                outcome=Outcome.INCONCLUSIVE,
                next_control="The same step with the host passed through.",
            )
        if "handshake failure" in text or "insufficient security" in text:
            return Match(
                lean(Party.SERVER, 0.5, Party.HARNESS),
                f"{attempt.host} found no common ground with our proxy's handshake.",
                _refs(case, attempt),
                slots,
                next_control="The same step with the host passed through.",
            )
        support = Support().add(holds=stage(probe, "tls").startswith("failed"))
        support.add(holds=path_is_fine(case, attempt))
        return Match(
            lean(Party.SERVER, sureness(0.7, support.supports), Party.HARNESS, Party.NETWORK),
            f"{attempt.host} ended the TLS handshake with an alert.",
            _refs(case, attempt),
            slots,
            next_control="The same step with the host passed through.",
        )
    return None


def _refused_everywhere(case: Case) -> Match | None:
    refused = case.failing(Kind.TLS_CLIENT_REFUSED)
    if not refused or case.tally.decrypted_hosts():
        return None
    canaries = [s for s in case.witnesses.canaries if s.facts.canary == "refused"]
    said = screen_hints(case, "network_error")
    support = Support().add(holds=bool(canaries)).add(holds=len(case.tally.refused_hosts()) > 1)
    support.add(holds=bool(said))
    # Without our own test request a phone with a wrong clock looks the same.
    sure = sureness(0.75, support.supports)
    named = any("unknown ca" in (a.failure.text if a.failure else "").lower() for a in refused)
    broad = len(case.tally.refused_hosts()) > 1
    if broad and not (canaries or named or clock_is_right(case)):
        # A phone to which our certificate seems not yet valid refuses all hosts in such words.
        sure = 0.5
    return Match(
        lean(Party.HARNESS, sure if canaries else min(sure, 0.85), Party.DEVICE, Party.CLIENT),
        "No host accepts our certificate: the phone does not trust it.",
        (refused[0].id, *(seen.id for seen in canaries[:1]), *said[:1]),
        slots_for(case, refused[0]),
        next_control="A request of another app on the phone through the proxy.",
    )


def _ailing(case: Case, attempt: Attempt) -> Match | None:
    """The host that refused us is also not well when our machine asks: both may be it."""
    probe = probe_of(case, attempt)
    status = probe.facts.http_status if probe is not None else None
    broken = probe is not None and (not reached(probe) or (status is not None and status >= 500))
    if probe is None or not broken:
        return None
    return Match(
        lean(Party.HARNESS, 0.5, Party.SERVER),
        f"The app refuses our certificate for {attempt.host}, and that host is not well either.",
        (attempt.id, probe.id),
        slots_for(case, attempt),
        outcome=Outcome.INCONCLUSIVE,
        next_control="The same step with the host passed through.",
    )


def _refused_by_app(case: Case) -> Match | None:
    refused = case.failing(Kind.TLS_CLIENT_REFUSED)
    if not refused:
        return None
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "tls_refused"]
    canaries = [s for s in case.witnesses.canaries if s.facts.canary == "decrypted"]
    support = Support().add(holds=bool(logs)).add(holds=bool(canaries))
    support.add(holds=bool(case.tally.decrypted_hosts()))
    ailing = _ailing(case, refused[0])
    if ailing is not None:
        return ailing
    return Match(
        lean(
            Party.HARNESS,
            min(MOST_ALONE, sureness(0.7, support.supports)),
            Party.DEVICE,
            Party.CLIENT,
        ),
        f"The app refuses our certificate for {refused[0].host}.",
        (refused[0].id, *(entry.id for entry in (*logs, *canaries)[:2])),
        slots_for(case, refused[0]),
        next_control="The same step with the host passed through.",
    )


def _left_handshake(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TLS_CLIENT_LEFT):
        wait = attempt.failure.wait if attempt.failure else None
        quick = wait is None or wait < REFUSAL_SECONDS
        repeated = len([a for a in case.failing(Kind.TLS_CLIENT_LEFT) if a.host == attempt.host])
        support = Support().add(holds=quick and repeated > 1)
        support.add(holds=bool(screen_hints(case, "network_error")) and quick)
        start = 0.7 if quick else 0.45
        return Match(
            lean(Party.HARNESS, sureness(start, support.supports), Party.CLIENT, Party.DEVICE),
            f"The app left the handshake for {attempt.host} after {seconds(wait)}, without a word.",
            (attempt.id,),
            slots_for(case, attempt),
            next_control="The same step with the host passed through.",
        )
    return None


def _old_app(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TLS_CLIENT_VERSION):
        return Match(
            lean(Party.CLIENT, 0.86, Party.HARNESS),
            f"The app offers {attempt.host} only a version of TLS that is long given up.",
            (attempt.id,),
            slots_for(case, attempt, what="it speaks only an outdated TLS."),
        )
    return None


def _silent(case: Case) -> Match | None:
    silent = case.failing(Kind.TLS_CLIENT_SILENT)
    if not silent or same_host_answered(case, silent[0]):
        return None
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "tls_refused"]
    said = screen_hints(case, "network_error")
    alike = [attempt for attempt in silent if attempt.host == silent[0].host]
    support = Support().add(holds=bool(logs), weight=2).add(holds=bool(said))
    support.add(holds=len(alike) > 1)
    return Match(
        lean(Party.HARNESS, sureness(0.45, support.supports), Party.CLIENT, Party.NONE),
        f"The app opened {len(alike)} connection(s) to {silent[0].host} and asked for nothing.",
        (silent[0].id, *(entry.id for entry in logs[:1]), *said[:1]),
        slots_for(case, silent[0]),
        next_control="The same step with the host passed through.",
    )


_CAPTURE = (
    "Nothing can be said: the app does not accept our capture for {host}. The app, the service "
    "and the phone are not to blame for that."
)
_PASSED_THROUGH = "The same step with the host passed through that fails as well."

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

CLIENT_TLS = (
    Rule(
        "capture_refused_everywhere",
        Layer.TLS,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "If no host's certificate is taken, our certificate is not in the phone's store.",
        "One host of any app that is decrypted: then it is this app's choice.",
        _refused_everywhere,
        "Nothing can be said: the phone does not trust our certificate.",
    ),
    Rule(
        "capture_refused_by_app",
        Layer.TLS,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "An app that takes only certificates it knows does what it should; we are in its way.",
        _PASSED_THROUGH,
        _refused_by_app,
        _CAPTURE,
    ),
    Rule(
        "capture_left_in_handshake",
        Layer.TLS,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "Leaving at once, without a word, is how some apps refuse a certificate.",
        _PASSED_THROUGH,
        _left_handshake,
        _CAPTURE,
    ),
    Rule(
        "tls_client_version",
        Layer.TLS,
        Party.CLIENT,
        Outcome.FAILED,
        "The app chooses which versions of TLS it speaks.",
        "A setting of our proxy that forbids what the origin would take.",
        _old_app,
        "The app itself failed: {what}",
    ),
    Rule(
        "capture_silent_connections",
        Layer.TLS,
        Party.HARNESS,
        Outcome.INCONCLUSIVE,
        "An app that checks the certificate after the handshake closes without asking; a spare "
        "connection looks the same.",
        "A later connection to the same host that carries requests.",
        _silent,
        _CAPTURE,
    ),
)
