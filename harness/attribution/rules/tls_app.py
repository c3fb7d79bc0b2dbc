"""TLS on the app's side: it refuses our certificate, leaves, or is too old."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.clocks import clock_is_right
from harness.attribution.failure import REFUSAL_SECONDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    Support,
    capture_off,
    hands_off,
    probe_of,
    reached,
    same_host_answered,
    screen_hints,
)
from harness.attribution.wording import seconds, slots_for
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.vocabulary import Layer, Outcome, Party


def _refs(case: Case, attempt: Attempt) -> tuple[str, ...]:
    probe = probe_of(case, attempt)
    return (attempt.id, *((probe.id,) if probe is not None else ()))


def _refused_everywhere(case: Case) -> Match | None:
    refused = case.failing(Kind.TLS_CLIENT_REFUSED)
    if not refused or case.tally.decrypted_hosts():
        return None
    if any(s.facts.canary == "decrypted" for s in case.witnesses.canaries):
        return None  # the phone does trust us: it is this app's choice
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
    broken = broken or "failed" in {hands_off(case, attempt.host), capture_off(case)}
    if not broken or hands_off(case, attempt.host) == "ok":
        return None
    return Match(
        lean(Party.HARNESS, 0.5, Party.SERVER),
        f"The app refuses our certificate for {attempt.host}, and that host is not well either.",
        _refs(case, attempt),
        slots_for(case, attempt),
        outcome=Outcome.INCONCLUSIVE,
        next_control="The same step with the host passed through.",
    )


def _trusted(facts: CaptureVisibility) -> bool:
    """The phone itself takes our certificate, shown or looked up in the store of the system."""
    return facts.canary == "decrypted" or (facts.canary, facts.trust) == ("reached", "system")


def _refused_by_app(case: Case) -> Match | None:
    refused = case.failing(Kind.TLS_CLIENT_REFUSED)
    if not refused:
        return None
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "tls_refused"]
    canaries = [s for s in case.witnesses.canaries if _trusted(s.facts)]
    support = Support().add(holds=bool(logs)).add(holds=bool(canaries))
    support.add(holds=bool(case.tally.decrypted_hosts()))
    support.add(holds=hands_off(case, refused[0].host) == "ok", weight=2)
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
