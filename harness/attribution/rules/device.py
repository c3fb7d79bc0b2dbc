"""The phone's own state: what stands in the way before any call is made."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.clocks import clock_agrees
from harness.attribution.failure_kind import BY_CLOCK_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean, sureness
from harness.attribution.witness import USUAL_LOOK_UP, Support, screen_hints
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

ALMOST_NOTHING = 64 * 1024 * 1024
"""Bytes free on /data below which Android itself warns and apps fail to write."""

DAY = 86_400.0
"""A certificate of ours is valid from two days back; a clock off by more than this refuses it."""

SIGNATURE_SKEW = 600.0
"""Seconds; services that sign requests with the time refuse more than this."""

_TRUST = (Kind.TLS_CLIENT_REFUSED, Kind.TLS_CLIENT_LEFT, Kind.TLS_CLIENT_SILENT)
_SIGNED = (Kind.ANSWER_UNAUTHORIZED, Kind.ANSWER_FORBIDDEN, Kind.ANSWER_BAD_REQUEST)
_REACH = ("dns", "tcp", "tls.server", "abandoned", "http")


def _answered_wrongly(case: Case) -> bool:
    """The service itself gave an answer that explains the failure."""
    return any(
        attempt.kind is not None and attempt.kind.startswith(("answer", "envelope"))
        for attempt in case.failures
    )


def _served_in_window(case: Case) -> list[Attempt]:
    return [
        attempt
        for attempt in case.attempts
        if attempt.failure is None and attempt.begun >= case.window[0]
    ]


def _device(case: Case, sure: float, statement: str, refs: tuple[str, ...], state: str) -> Match:
    return Match(
        lean(Party.DEVICE, sure, Party.NETWORK, Party.CLIENT),
        statement,
        refs,
        slots_for(case, None, state=state),
    )


def _airplane(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or not seen.facts.airplane or _served_in_window(case):
        return None
    said = screen_hints(case, "network_error")
    support = Support().add(holds=bool(said)).add(holds=seen.facts.network is False)
    sure = sureness(0.88, support.supports)
    return _device(
        case, sure, "The phone is in airplane mode.", (seen.id, *said[:1]), "in airplane mode"
    )


def _offline(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or _served_in_window(case) or _answered_wrongly(case):
        return None
    facts = seen.facts
    off = facts.wifi is False and facts.mobile_data is False
    if not off and facts.network is not False:
        return None
    said = screen_hints(case, "network_error")
    support = Support().add(holds=off).add(holds=bool(said)).add(holds=facts.network is False)
    sure = sureness(0.6, support.supports)
    if not off:
        sure = min(sure, 0.85)  # an access point or a carrier that went away leaves the same
    statement = "Wi-Fi and mobile data are off." if off else "The phone has no network."
    if not off and facts.wifi is True and not facts.airplane:
        return Match(
            lean(Party.NETWORK, 0.62, Party.DEVICE),
            "Wi-Fi is on, and the phone found no network to join.",
            (seen.id, *said[:1]),
            slots_for(case, None, state="without any network"),
            next_control="Another phone at the same access point.",
        )
    return _device(case, sure, statement, (seen.id, *said[:1]), "without any network")


def _storage(case: Case) -> Match | None:
    seen = case.conditions
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "no_space"]
    said = screen_hints(case, "no_space")
    free = seen.facts.free_bytes if seen is not None else None
    full = free is not None and free < ALMOST_NOTHING
    if not (logs or said or full) or (_answered_wrongly(case) and not (logs or said)):
        return None
    support = Support().add(holds=bool(logs)).add(holds=bool(said)).add(holds=full)
    sure = sureness(0.6, support.supports)
    refs = (*((seen.id,) if seen else ()), *(entry.id for entry in logs[:2]), *said[:1])
    room = f"{free // 2**20} MB free" if free is not None else "no space left"
    return _device(case, sure, f"The phone's storage is full ({room}).", refs, "out of storage")


def _expired(case: Case) -> Match | None:
    """The app calls our fresh certificate expired: its clock is ahead."""
    for attempt, failure in case.broken(_TRUST):
        text = failure.text.lower()
        if "certificate expired" not in text and "certificate has expired" not in text:
            continue
        seen = case.conditions
        offset = seen.facts.clock_offset if seen is not None else None
        if offset is not None and abs(offset) < DAY:
            continue  # the clock is right: something else
        support = Support().add(holds=len(case.tally.refused_hosts()) > 1)
        support.add(holds=not case.tally.decrypted_hosts())
        return Match(
            lean(Party.DEVICE, min(0.88, sureness(0.65, support.supports)), Party.HARNESS),
            "The phone calls our certificate, made for today, expired: its clock is ahead.",
            (attempt.id,),
            slots_for(case, attempt, state="set to a wrong time"),
            next_control="The phone's date against this machine's.",
        )
    return None


def _clock(case: Case) -> Match | None:
    seen = case.conditions
    offset = seen.facts.clock_offset if seen is not None else None
    if seen is None or offset is None:
        return None
    if case.bare and not case.failures:
        return None  # each failed exchange is looked at by itself
    if case.failing(*BY_CLOCK_KINDS) and not clock_agrees(case):
        return None  # the origin's certificate says that it is our clock which is wrong
    refused = case.failing(*_TRUST)
    signed = case.failing(*_SIGNED)
    by_a_day = abs(offset) >= DAY and (bool(refused) or not _answered_wrongly(case))
    if not by_a_day and not (abs(offset) >= SIGNATURE_SKEW and signed):
        return None
    if _served_in_window(case) and not refused and not signed:
        return None
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "tls_refused"]
    support = Support().add(holds=bool(refused)).add(holds=bool(logs))
    start = 0.82 if by_a_day else 0.65
    sure = sureness(start, support.supports)
    shown = f"{offset / DAY:+.1f} days" if abs(offset) >= DAY else f"{offset:+.0f} s"
    refs = (seen.id, *(attempt.id for attempt in (*refused, *signed)[:3]))
    return _device(case, sure, f"The phone's clock is off by {shown}.", refs, "set to a wrong time")


def _memory(case: Case) -> Match | None:
    for seen in case.witnesses.deaths:
        if seen.facts.reason == "low_memory":
            low = case.conditions is not None and case.conditions.facts.memory_low is True
            sure = sureness(0.85, int(low))
            return _device(
                case,
                sure,
                "Android ended the app because memory ran low.",
                (seen.id,),
                "out of memory",
            )
    return None


def _name_service(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or _served_in_window(case) or _answered_wrongly(case):
        return None
    chosen = seen.facts.private_dns
    if chosen in USUAL_LOOK_UP:
        return None
    logs = [entry for entry in case.witnesses.logs if entry.facts.topic == "dns"]
    said = screen_hints(case, "network_error")
    support = Support().add(holds=bool(logs)).add(holds=bool(said))
    support.add(holds=seen.facts.validated is False)
    sure = sureness(0.55, support.supports)
    refs = (seen.id, *(entry.id for entry in logs[:2]))
    return _device(
        case, sure, "A private DNS server is set on the phone.", refs, "set to a private DNS server"
    )


def _vpn(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or not seen.facts.vpn or seen.facts.vpn_ours:
        return None
    if _served_in_window(case) or _answered_wrongly(case):
        return None
    broken = [a for a in case.failures if a.kind is not None and a.kind.startswith(_REACH)]
    said = screen_hints(case, "network_error")
    support = Support().add(holds=seen.facts.validated is False).add(holds=bool(said))
    support.add(holds=not case.failures and not case.attempts)
    if not broken and not support.supports:
        return None
    sure = sureness(0.5, support.supports)
    return _device(case, sure, "A VPN is active on the phone.", (seen.id,), "behind a VPN")


_SUMMARY = "The phone is {state}; the app and the service show no fault."
_MENDED = "The same failure after the phone's state was mended."

DEVICE = (
    Rule(
        "device_airplane_mode",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "In airplane mode nothing leaves the phone.",
        "Calls of the app that were answered in that time, or Wi-Fi switched on again.",
        _airplane,
        _SUMMARY,
    ),
    Rule(
        "device_low_memory",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "Android itself says that it ended the app for want of memory.",
        "A crash of the app just before.",
        _memory,
        _SUMMARY,
    ),
    Rule(
        "device_storage_full",
        Layer.STORAGE,
        Party.DEVICE,
        Outcome.FAILED,
        "An app that cannot write cannot work; nobody else sees the phone's storage.",
        _MENDED,
        _storage,
        _SUMMARY,
    ),
    Rule(
        "device_clock_wrong",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "With a wrong clock every certificate seems expired or not yet valid.",
        "The same refusal with the right time: then it is pinning, which is our capture's doing.",
        _clock,
        _SUMMARY,
    ),
    Rule(
        "device_clock_ahead",
        Layer.TLS,
        Party.DEVICE,
        Outcome.FAILED,
        "Our certificate was made for these days; only a clock that is ahead calls it expired.",
        "A phone whose date is right.",
        _expired,
        _SUMMARY,
    ),
    Rule(
        "device_private_dns",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "The phone asks a DNS server that was set by hand, and finds nothing.",
        "Names that resolve on the phone.",
        _name_service,
        _SUMMARY,
    ),
    Rule(
        "device_vpn",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "All traffic goes through a VPN that was set up on the phone, and nothing gets through.",
        "The same failure with the VPN off.",
        _vpn,
        _SUMMARY,
    ),
    Rule(
        "device_no_network",
        Layer.DEVICE,
        Party.DEVICE,
        Outcome.FAILED,
        "The phone has no network at all, so nothing was asked of anyone.",
        "A network that the phone has and that leads nowhere: then it is the network.",
        _offline,
        _SUMMARY,
    ),
)
