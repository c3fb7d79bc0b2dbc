"""Traffic that cannot be read: verdicts from times, sizes, texts and the phone."""

from harness.attribution.attempt import patience_for
from harness.attribution.case import Case, Seen
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean, sureness
from harness.attribution.witness import (
    Support,
    control_site,
    known_before,
    other_phone,
    screen_hints,
)
from harness.attribution.wording import seconds, slots_for
from harness.domain.facts.traffic import Connection
from harness.domain.vocabulary import Layer, Outcome, Party, Visibility

HANDSHAKE_BYTES = 9_000
"""Bytes down; a full TLS handshake with its certificates stays below, an answer adds to it."""

SLACK = 0.3
"""Seconds between a tap and the step that is named after it."""

_OPAQUE = (Visibility.OPAQUE, Visibility.PARTLY_OPAQUE, Visibility.NOT_CAPTURED)
_HIDDEN = "The same scenario on a phone whose traffic can be read."


def _applies(case: Case) -> bool:
    return (
        not case.bare
        and not case.failures
        and case.visibility in _OPAQUE
        and case.result in {"failed", "broken"}
    )


def _roles(case: Case) -> set[str]:
    named = {role for need in case.needs for point in need.endpoints for role in point.host_roles}
    return named or {"api", "passport"}


def _tunnels(case: Case) -> list[Seen[Connection]]:
    """Passed-through connections to hosts that the step needs, in its time."""
    roles = _roles(case)
    return [
        seen
        for seen in case.tunnels
        if case.matcher.role(seen.facts.host or seen.facts.sni or "") in roles
        and (seen.facts.closed is None or seen.facts.closed >= case.window[0])
        and seen.facts.opened <= case.window[1] + 0.5
    ]


def _hang(case: Case) -> Match | None:
    if not _applies(case):
        return None
    patience = patience_for(case.needs[0] if case.needs else None)
    for seen in _tunnels(case):
        line = seen.facts
        asked = line.opened if line.asked_last is None else line.asked_last
        lasted = (line.closed if line.closed is not None else case.until) - asked
        silent = line.bytes_up > 0 and line.bytes_down < HANDSHAKE_BYTES
        if not silent or lasted < 0.85 * patience.seconds or line.bytes_down == 0:
            continue
        if not case.needs or asked < case.window[0] - SLACK:
            continue  # a spare connection: nothing was asked on it in this step
        support = _support(case)
        support.add(holds=bool(screen_hints(case, "network_error", "server_error")))
        # What came after may be the end of the handshake or a short answer.
        most = 0.85 if line.asked_last is None or not line.down_since_asked else 0.75
        return Match(
            lean(Party.SERVER, min(most, sureness(0.5, support.supports)), Party.NETWORK),
            f"The app talked to {line.host} for {seconds(lasted)} and got next to nothing back.",
            (seen.id, *support.refs),
            slots_for(case, None, wait=seconds(lasted)),
            next_control=_HIDDEN,
        )
    return None


def _asked_nothing(case: Case) -> Match | None:
    """All connections to the service were watched, and the app sent nothing in the step."""
    wanted = [need for need in case.needs if need.endpoints]
    if not _applies(case) or not wanted or case.result != "failed" or not case.listening:
        return None
    lines = _tunnels(case)
    watched = [seen for seen in lines if seen.facts.asked_last is not None]
    if not watched or len(watched) < len(lines) or case.witnesses.gaps:
        return None
    if any((seen.facts.asked_last or 0.0) >= case.window[0] - SLACK for seen in lines):
        return None
    if any(attempt.begun >= case.window[0] - SLACK for attempt in case.attempts):
        return None
    if screen_hints(case, "network_error", "server_error"):
        return None  # what the app says it learned somewhere
    support = _support(case)
    return Match(
        lean(Party.CLIENT, min(0.75, sureness(0.6, support.supports)), Party.SERVER, Party.HARNESS),
        f"The app sent nothing to {wanted[0].label} in the time of the step, though it had "
        "connections there.",
        (*(seen.id for seen in watched[:2]), *support.refs),
        slots_for(case, None, what=f"it sent nothing to {wanted[0].label}"),
        next_control=_HIDDEN,
    )


def _support(case: Case) -> Support:
    hosts = {seen.facts.host for seen in _tunnels(case)}
    probes = [
        seen
        for seen in case.controls_named("host_probe")
        if (seen.facts.target or "").rpartition(":")[0] in hosts
    ]
    seen = case.conditions
    found = Support()
    found.add(
        holds=any(probe.facts.result == "ok" for probe in probes),
        refs=tuple(probe.id for probe in probes[:1]),
    )
    found.add(holds=control_site(case) == "ok")
    found.add(holds=seen is not None and seen.facts.validated is True)
    found.add(holds=other_phone(case) == "failed", weight=2)
    return found


def _error_text(case: Case) -> Match | None:
    said = screen_hints(case, "server_error")
    if not _applies(case) or not said:
        return None
    answered = [seen for seen in _tunnels(case) if seen.facts.bytes_down > HANDSHAKE_BYTES]
    support = _support(case).add(holds=bool(answered), refs=tuple(s.id for s in answered[:1]))
    most = 0.8 if support.supports > 1 else 0.55
    return Match(
        lean(
            Party.SERVER,
            min(most, sureness(0.45, support.supports)),
            Party.CLIENT,
            Party.NETWORK,
        ),
        "The app says that something went wrong, and the phone's network works.",
        (said[0], *support.refs),
        slots_for(case, None),
        next_control=_HIDDEN,
    )


def _value_wrong(case: Case) -> Match | None:
    """The screen shows 0 for what was more before: given so, or shown wrongly."""
    if not _applies(case):
        return None
    for seen in case.witnesses.values:
        if seen.mono < case.window[0] or seen.facts.value != 0:
            continue
        known = known_before(case, seen.facts.name)
        if known is None or known[1] <= 0:
            continue
        support = Support().add(holds=other_phone(case) == "failed", weight=2)
        support.against(holds=other_phone(case) == "ok")
        return Match(
            lean(Party.SERVER, sureness(0.5, support.supports, support.contradicts), Party.CLIENT),
            f"The screen shows 0 for {seen.facts.name}, though it was {known[1]} before; what the "
            "service said could not be read.",
            (seen.id, known[0]),
            slots_for(case, None),
            next_control=_HIDDEN,
        )
    return None


def _nothing_readable(case: Case) -> Match | None:
    kind = case.step_ended.facts.error_kind if case.step_ended else None
    if not _applies(case) or (kind == "locator" and not case.needs):
        return None  # a step that needs no traffic is not explained by any
    refs = tuple(seen.id for seen in _tunnels(case)[:3])
    ended = (case.ended.id,) if case.ended else ()
    return Match(
        lean(Party.UNKNOWN, 1.0),
        "The step failed, and the traffic that would tell why cannot be read.",
        (*ended, *refs),
        slots_for(case, None),
        next_control=_HIDDEN,
    )


OPAQUE = (
    Rule(
        "opaque_no_answer",
        Layer.TCP,
        Party.SERVER,
        Outcome.FAILED,
        "The connection came up past our decryption, the app asked and hardly a byte came back.",
        "An app that kept a spare connection open.",
        _hang,
        "{service} probably does not answer; its traffic could not be read.",
    ),
    Rule(
        "opaque_never_asked",
        Layer.TCP,
        Party.CLIENT,
        Outcome.FAILED,
        "Nothing went up to the service in the time of the step, on connections that we watched.",
        "Traffic that went past the proxy, as QUIC does, or a tap that hit something else.",
        _asked_nothing,
        "The app itself probably failed: {what}.",
    ),
    Rule(
        "opaque_error_text",
        Layer.UI,
        Party.SERVER,
        Outcome.FAILED,
        "The app was answered and says that something went wrong; phone and network are fine.",
        "Readable traffic that was in order.",
        _error_text,
        "{service} probably failed; its traffic could not be read.",
    ),
    Rule(
        "opaque_value_wrong",
        Layer.UI,
        Party.SERVER,
        Outcome.FAILED,
        "The screen shows nothing where something is known to be; service and app may both do it.",
        "Readable traffic that shows what the service said.",
        _value_wrong,
        "{service} probably gives wrong numbers; its traffic could not be read.",
    ),
    Rule(
        "opaque_nothing_readable",
        Layer.UI,
        Party.UNKNOWN,
        Outcome.INCONCLUSIVE,
        "Nothing seen is not the same as nothing wrong: without a sign nobody is blamed.",
        "The same scenario with readable traffic.",
        _nothing_readable,
        "It failed, and the traffic that would tell why cannot be read.",
    ),
)
