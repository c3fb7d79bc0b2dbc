"""Reads a case layer by layer: counted, discarded because lower ground was broken, or none."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case, Seen
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.domain.facts.capture import CaptureVisibility
from harness.domain.facts.storage import ContentLook
from harness.domain.verdict import Control, Evidence
from harness.domain.vocabulary import ControlResult, Layer, Level, Visibility

ORDER = tuple(Layer)
"""From the ground up."""

_WIRE = (Layer.DNS, Layer.TCP, Layer.TLS, Layer.HTTP)

STANDARD_CONTROLS = (
    "host_probe",
    "control_site",
    "canary",
    "second_resolver",
    "other_name",
    "pass_through",
    "capture_off",
    "second_phone",
    "baseline",
)


def _none(layer: Layer, statement: str) -> Evidence:
    return Evidence(layer, Level.NONE, statement)


def _host(case: Case) -> Evidence:
    witnesses = case.witnesses
    stops = [*witnesses.gaps, *witnesses.instruments]
    if stops:
        ids = tuple(seen.id for seen in stops[:5])
        return Evidence(Layer.HOST, Level.COUNTED, "Instruments of ours failed.", ids)
    if witnesses.late_beats:
        worst = max(witnesses.late_beats, key=lambda seen: seen.facts.lag)
        return Evidence(
            Layer.HOST,
            Level.COUNTED,
            f"The proxy's loop was late by up to {worst.facts.lag:.1f} s.",
            (worst.id,),
        )
    if witnesses.proxy_started is not None:
        started = witnesses.proxy_started
        return Evidence(
            Layer.HOST, Level.COUNTED, "The proxy ran without interruption.", (started.id,)
        )
    return _none(Layer.HOST, "Nothing tells how our own machinery did.")


def _device(case: Case) -> Evidence:
    seen = case.conditions
    if seen is None:
        return _none(Layer.DEVICE, "The phone's state was not read.")
    facts = seen.facts
    said = [
        text
        for holds, text in (
            (facts.airplane, "airplane mode"),
            (facts.network is False, "no network"),
            (facts.captive_portal, "captive portal"),
            (facts.validated is False, "no internet by Android's check"),
            (facts.vpn and not facts.vpn_ours, "VPN active"),
            (facts.memory_low, "low memory"),
        )
        if holds
    ]
    if facts.clock_offset is not None and abs(facts.clock_offset) > 60:
        said.append(f"clock off by {facts.clock_offset:+.0f} s")
    statement = f"The phone: {', '.join(said)}." if said else "The phone shows nothing unusual."
    return Evidence(Layer.DEVICE, Level.COUNTED, statement, (seen.id,))


def _reached(attempt: Attempt) -> Layer:
    """The highest wire layer that this attempt came through."""
    exchange, line = attempt.exchange, attempt.connection
    if exchange is not None and exchange.status is not None:
        return Layer.HTTP
    if line is not None and line.server_tls_done is not None:
        return Layer.TLS
    if line is not None and line.connect_done is not None:
        return Layer.TCP
    if attempt.failure is not None and attempt.failure.layer in _WIRE:
        position = ORDER.index(attempt.failure.layer)
        return ORDER[position - 1]
    return Layer.DEVICE


_PASSED = {
    Layer.DNS: "The name was found for {count}.",
    Layer.TCP: "A connection came up for {count}.",
    Layer.TLS: "The secure connection came up for {count}.",
    Layer.HTTP: "The service answered {count}.",
}


def _calls(count: int) -> str:
    return "1 call" if count == 1 else f"{count} calls"


def _wire(case: Case) -> list[Evidence]:
    found: list[Evidence] = []
    whole = [*case.failures, *[a for a in case.attempts if a.failure is None]]
    for layer in _WIRE:
        broken = [a for a in case.failures if a.failure is not None and a.failure.layer is layer]
        passed = [a for a in whole if ORDER.index(_reached(a)) >= ORDER.index(layer)]
        if broken:
            kinds = ", ".join(dict.fromkeys(str(a.kind) for a in broken))
            text = f"{_calls(len(broken))} in question failed here: {kinds}."
            refs = tuple(a.id for a in broken[:10])
            found.append(Evidence(layer, Level.COUNTED, text, refs))
        elif passed:
            text = _PASSED[layer].format(count=_calls(len(passed)))
            found.append(Evidence(layer, Level.COUNTED, text, tuple(a.id for a in passed[:10])))
        else:
            found.append(_none(layer, "No call in question was seen here."))
    return found


def _application(case: Case) -> Evidence:
    odd = [
        attempt
        for attempt in case.failures
        if attempt.failure is not None and attempt.failure.layer is Layer.APPLICATION
    ]
    died = [*case.witnesses.crashes, *case.witnesses.anrs, *case.witnesses.deaths]
    if odd or died:
        said = [str(attempt.failure.text) for attempt in odd if attempt.failure]
        said += ["the app's process ended or hung"] if died else []
        ids = (*(attempt.id for attempt in odd[:5]), *(seen.id for seen in died[:5]))
        statement = f"The app or its messages show trouble: {', '.join(said)}."
        return Evidence(Layer.APPLICATION, Level.COUNTED, statement, ids)
    right = [
        attempt
        for attempt in case.attempts
        if attempt.failure is None and attempt.exchange and attempt.exchange.envelope
    ]
    if right:
        return Evidence(
            Layer.APPLICATION,
            Level.COUNTED,
            f"{len(right)} answers of the service call themselves a success.",
            tuple(attempt.id for attempt in right[:5]),
        )
    return _none(Layer.APPLICATION, "No message of the app's own was read.")


def _ui(case: Case) -> Evidence:
    texts = case.screen_texts()
    if texts:
        said = ", ".join(dict.fromkeys(text.text for _, text in texts))
        ids = tuple(dict.fromkeys(seen.id for seen, _ in texts))[:5]
        return Evidence(Layer.UI, Level.COUNTED, f"The screen: {said}.", ids)
    seen = [screen for screen in case.witnesses.screens if screen.mono >= case.window[0]]
    if seen:
        ids = (seen[-1].id,)
        return Evidence(Layer.UI, Level.COUNTED, "The screen shows no known error text.", ids)
    if case.step_ended is not None:
        message = case.step_ended.facts.message or "no message"
        return Evidence(
            Layer.UI, Level.COUNTED, f"The step ended with: {message}.", (case.step_ended.id,)
        )
    return _none(Layer.UI, "No screen was looked at.")


def _storage(case: Case) -> list[Evidence]:
    found: list[Evidence] = []
    seen = case.conditions
    if seen is not None and seen.facts.free_bytes is not None:
        room = seen.facts.free_bytes // 2**20
        text = f"{room} MB are free on the phone."
        found.append(Evidence(Layer.STORAGE, Level.COUNTED, text, (seen.id,)))
    for stored in case.witnesses.stored:
        facts = stored.facts
        if facts.value is None:
            text = f"What the phone has stored of {facts.name} is not visible: {facts.unseen}."
            found.append(Evidence(Layer.STORAGE, Level.NONE, text, (stored.id,)))
        elif isinstance(facts.value, int):
            text = f"{_PLACES.get(facts.place, facts.place)} {facts.value} for {facts.name}."
            found.append(Evidence(Layer.STORAGE, Level.COUNTED, text, (stored.id,)))
    found += [_content(look) for look in case.witnesses.looks]
    return found or [_none(Layer.STORAGE, "The phone's storage was not read.")]


_PLACES = {
    "app_file": "Before the app asked, its own file on the phone had",
    "told": "The account's owner told us of about",
    "earlier": "An earlier look of ours at the account had found",
}


def _content(look: Seen[ContentLook]) -> Evidence:
    facts = look.facts
    name = facts.content.replace("_", " ")
    parts = [
        f"{count} {word}"
        for count, word in (
            (facts.listed, "listed"),
            (facts.rows, "in the app's table"),
            (facts.files, "whole files"),
            (facts.missing, "files gone"),
            (facts.damaged, "files damaged"),
            (facts.foreign, "files of other accounts"),
        )
        if count is not None
    ]
    hidden = f" Not visible: {facts.unseen}." if facts.unseen else ""
    level = Level.COUNTED if parts else Level.NONE
    said = ", ".join(parts) or "nothing was seen"
    return Evidence(Layer.STORAGE, level, f"Content {name}: {said}.{hidden}", (look.id,))


def _broken_at(case: Case, rule: Rule, match: Match) -> int:
    """Position of the layer that the verdict found broken; nothing above it counts."""
    if match.party.value == "none":
        return len(ORDER)
    decisive = [a.failure.layer for a in case.failures if a.failure is not None]
    if rule.layer in {Layer.UI, Layer.STORAGE, Layer.APPLICATION}:
        return len(ORDER)
    return ORDER.index(min([rule.layer, *decisive], key=ORDER.index))


def evidence_for(case: Case, rule: Rule, match: Match) -> tuple[Evidence, ...]:
    """What decided first, then each layer from the ground up."""
    rows = [_host(case), _device(case), *_wire(case), _application(case), _ui(case)]
    rows += _storage(case)
    broken = _broken_at(case, rule, match)
    decided = Evidence(rule.layer, Level.COUNTED, match.statement, tuple(dict.fromkeys(match.refs)))
    found = [decided]
    for row in rows:
        above = ORDER.index(row.layer) > broken and row.layer is not Layer.STORAGE
        if above and row.level is Level.COUNTED and row.layer is not Layer.UI:
            row = Evidence(
                row.layer,
                Level.DISCARDED,
                f"{row.statement} (Not counted: lower ground was broken.)",
                row.refs,
            )
        elif above and row.layer is Layer.UI and row.level is Level.COUNTED:
            row = Evidence(
                row.layer, Level.DISCARDED, f"{row.statement} (A consequence.)", row.refs
            )
        found.append(row)
    return tuple(found)


_BY = {"emulator-proxy": " by the emulator's own proxy", "wireguard": " by a WireGuard tunnel"}
"""Ways that people may not expect (domain/attach_way.py)."""


def _canary_said(facts: CaptureVisibility) -> str:
    """The test request goes in the clear: it proves the way to our proxy, not the trust."""
    if facts.canary == "decrypted" and facts.detail:
        return f"The phone's traffic reaches our proxy and can be read: {facts.detail}."
    if facts.canary not in {"reached", "decrypted"}:
        return f"A test request of the phone was {facts.canary.replace('_', ' ')} by our proxy."
    trusted = facts.trust in {"system", "user"}
    store = (
        f"our certificate is in the phone's {facts.trust} store"
        if trusted
        else ("the phone does not hold our certificate")
    )
    way = _BY.get(facts.way, "")
    return f"A test request of the phone reached our proxy{way}; {store}."


def controls_for(case: Case) -> tuple[Control, ...]:
    """The controls that were made, and those that were not."""
    made = [
        Control(seen.facts.name, ControlResult(seen.facts.result), seen.facts.statement)
        for seen in case.witnesses.controls
        if seen.facts.result in set(ControlResult)
    ]
    canary = case.witnesses.canaries[-1] if case.witnesses.canaries else None
    if canary is not None and canary.facts.canary != "not_made":
        fine = canary.facts.canary in {"reached", "decrypted"}
        result = ControlResult.OK if fine else ControlResult.FAILED
        made.append(Control("canary", result, _canary_said(canary.facts)))
    names = {control.name for control in made}
    missing = [
        Control(name, ControlResult.NOT_MADE, "Not made.")
        for name in STANDARD_CONTROLS
        if name not in names
    ]
    return (*made[-20:], *missing)


def visibility_of(attempts: list[Attempt], passed_through: int, *, listening: bool) -> Visibility:
    """How much of the traffic in question could be read."""
    opaque = passed_through + sum(
        1 for attempt in attempts if attempt.kind in {Kind.TLS_CLIENT_REFUSED, Kind.TLS_CLIENT_LEFT}
    )
    readable = sum(1 for attempt in attempts if attempt.exchange is not None)
    if opaque and readable:
        return Visibility.PARTLY_OPAQUE
    if opaque:
        return Visibility.OPAQUE
    return Visibility.OPEN if readable or listening else Visibility.NOT_CAPTURED
