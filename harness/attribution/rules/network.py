"""What lies between the phone and the service: portal, route, filter, upstream proxy."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import CERTIFICATE_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.signature import filter_name, surely_between
from harness.attribution.site import site_of
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import (
    Support,
    authority_not_given,
    control_site,
    everything_fails,
    path_is_fine,
    probe_of,
    reached,
    screen_hints,
)
from harness.attribution.wording import slots_for
from harness.domain.vocabulary import Layer, Outcome, Party

_REACH = (
    "dns",
    "tcp",
    "tls.server",
    "abandoned",
    "http.no_answer",
    "http.closed",
    "http.reset",
)


def _broken_below(case: Case) -> list[Attempt]:
    return [a for a in case.failures if a.kind is not None and a.kind.startswith(_REACH)]


def _network(
    case: Case, sure: float, statement: str, refs: tuple[str, ...], *, state: str = ""
) -> Match:
    return Match(
        lean(Party.NETWORK, sure, Party.SERVER, Party.DEVICE),
        statement,
        refs,
        slots_for(case, case.failures[0] if case.failures else None, state=state or statement),
        next_control="The same step in another network, for instance over mobile data.",
    )


def _portal(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or not seen.facts.captive_portal:
        return None
    cert = case.failing_in(CERTIFICATE_KINDS)
    page = case.failing(Kind.ANSWER_HTML)
    said = screen_hints(case, "network_error")
    support = Support().add(holds=bool(cert or page)).add(holds=bool(said))
    support.add(holds=seen.facts.validated is False)
    refs = (seen.id, *(attempt.id for attempt in (*cert, *page)[:3]))
    sure = sureness(0.85, support.supports)
    return _network(case, sure, "A captive portal stands before the internet.", refs)


def _check_answered_otherwise(case: Case) -> Attempt | None:
    """Android asks for an address whose only right answer is 204 without a body."""
    for attempt in case.attempts:
        exchange = attempt.exchange
        if exchange is None or not exchange.path.endswith("/generate_204"):
            continue
        if exchange.status is not None and exchange.status != 204 and exchange.status < 400:
            return attempt
    return None


def _portal_by_check(case: Case) -> Match | None:
    found = _check_answered_otherwise(case)
    if found is None:
        return None
    cert = case.failing_in(CERTIFICATE_KINDS)
    support = Support().add(holds=bool(cert or _broken_below(case)))
    status = found.exchange.status if found.exchange else None
    return _network(
        case,
        sureness(0.75, support.supports),
        f"The check for a portal ({found.label}) was answered with HTTP {status} instead of 204.",
        (found.id, *(attempt.id for attempt in cert[:3])),
    )


def _inspected(case: Case) -> Match | None:
    """Certificates of unrelated hosts fail alike: someone between signs them."""
    failing = case.failing_in(CERTIFICATE_KINDS)
    if not failing:
        return None
    here = failing[0]
    issuers = {
        seen.facts.target: seen.facts.certificate_issuer
        for name in ("host_probe", "control_site")
        for seen in case.controls_named(name)
        if seen.facts.certificate_issuer and "certificate" in seen.facts.stages.get("tls", "")
    }
    own = issuers.get(f"{here.host}:{here.port}")
    alike = [target for target, issuer in issuers.items() if issuer == own and own is not None]
    if len({site_of(str(target)) for target in alike}) < 2:
        return None
    sites = len({site_of(str(target)) for target in alike})
    refs = tuple(seen.id for seen in case.witnesses.controls if seen.facts.target in alike)[:4]
    support = Support().add(holds=control_site(case) == "failed")
    # A portal lets some through; that three owners share its issuer needs no other proof.
    support.against(holds=path_is_fine(case, here) and sites < 3)
    state = f"The certificates of unrelated hosts bear one issuer ({own})."
    sure = min(MOST_ALONE, sureness(0.75, support.supports, support.contradicts))
    if sites < 3 and control_site(case) != "failed":
        sure = min(sure, 0.55)  # one owner may hold two names, and has one private authority
    if authority_not_given(case):
        sure = 0.45
    return Match(
        # An authority of the testers' own that our proxy was not told of looks the same.
        lean(Party.NETWORK, sure, Party.HARNESS, Party.SERVER),
        state,
        (here.id, *refs),
        slots_for(case, here, state=state),
        next_control="The same certificate's issuer seen from another network.",
    )


def _nothing_passes(case: Case) -> Match | None:
    failing = _broken_below(case)
    if not failing or not everything_fails(case, failing[0]):
        return None
    hosts = {attempt.host for attempt in failing}
    controls = case.controls_named("control_site")
    seen = case.conditions
    support = Support().add(holds=len(hosts) > 1)
    support.add(holds=seen is not None and seen.facts.validated is False)
    support.add(holds=bool(screen_hints(case, "network_error")))
    return _network(
        case,
        sureness(0.78, support.supports),
        "Neither the app's hosts nor an unrelated site could be reached.",
        (failing[0].id, controls[-1].id),
    )


def _not_validated(case: Case) -> Match | None:
    seen = case.network_state
    if seen is None or seen.facts.validated is not False or seen.facts.network is False:
        return None
    failing = _broken_below(case)
    served = [a for a in case.attempts if a.failure is None and a.begun >= case.window[0]]
    if served or (case.failures and not failing):
        return None
    if failing and path_is_fine(case, failing[0]):
        return None
    said = screen_hints(case, "network_error")
    support = Support().add(holds=bool(said)).add(holds=control_site(case) == "failed")
    return _network(
        case,
        sureness(0.72, support.supports),
        "The phone is connected, but Android reaches no internet through it.",
        (seen.id, *said[:1]),
    )


def _many_hosts(case: Case) -> Match | None:
    """Several hosts fail below HTTP and none answers; no control was made."""
    here = _broken_below(case)
    others = [a for a in case.attempts if a.kind is not None and a.kind.startswith(_REACH)]
    failing = [*here, *others]
    hosts = {attempt.host for attempt in failing}
    answered = any(found.answered for found in case.tally.hosts.values())
    if not here or len(hosts) < 2 or answered or control_site(case):
        return None
    kinds = {attempt.kind for attempt in failing}
    same = len(kinds) == 1 and kinds <= {Kind.DNS_TEMPORARY, Kind.TCP_UNREACHABLE}
    sites = {site_of(host) for host in hosts}
    alike = {seen.facts.target for seen in case.controls_named("host_probe") if not reached(seen)}
    support = Support().add(holds=len(sites) > 2).add(holds=len(alike) > 1)
    start = 0.78 if same else (0.65 if len(sites) > 1 else 0.5)
    # One owner may lose all of its hosts at once; unrelated owners hardly do.
    sure = sureness(start, support.supports) if len(sites) > 1 else max(start, 0.5)
    if kinds <= CERTIFICATE_KINDS:
        sure = min(sure, 0.58)  # with our own list of authorities amiss all look the same
    return Match(
        lean(Party.NETWORK, min(sure, MOST_ALONE), Party.SERVER),
        f"None of {len(hosts)} hosts could be reached.",
        tuple(attempt.id for attempt in failing[:4]),
        slots_for(case, failing[0], state=f"none of {len(hosts)} hosts could be reached."),
        next_control="A site that has nothing to do with the app, from this machine.",
    )


def _gateway(attempt: Attempt) -> tuple[float, str]:
    """How sure its own refusal leaves us, and what to call it."""
    exchange = attempt.exchange
    signed = filter_name(exchange) if exchange is not None else None
    if exchange is None or signed is None:
        return MOST_ALONE, "a proxy of the network"
    # A cache of the service's own may bear the same name.
    return 0.85 if surely_between(exchange) else 0.6, f"a gateway on the way ({signed})"


def _upstream(case: Case) -> Match | None:
    for attempt in case.failing(Kind.UPSTREAM_REFUSED, Kind.ANSWER_PROXY_LOGIN):
        sure, who = _gateway(attempt)
        if attempt.kind is Kind.ANSWER_PROXY_LOGIN and attempt.origin_verified:
            sure = 0.55  # inside TLS that was verified nobody between can say so
        return _network(case, sure, f"{attempt.label}: {who} refused it.", (attempt.id,))
    for attempt in case.failing(Kind.UPSTREAM_UNREACHED):
        _, who = _gateway(attempt)
        probe = probe_of(case, attempt)
        # Answered by name, the gateway is past ours: what our machine reached, it did not.
        past = attempt.exchange is not None and bool(attempt.exchange.status) and reached(probe)
        return _network(
            case,
            sureness(0.55, int(past)),
            f"{attempt.label}: {who} could not reach the host.",
            (attempt.id, *((probe.id,) if past and probe else ())),
        )
    return None


def _no_route(case: Case) -> Match | None:
    for attempt in case.failing(Kind.TCP_UNREACHABLE):
        probe = probe_of(case, attempt)
        support = Support().add(holds=control_site(case) == "failed")
        support.against(holds=path_is_fine(case, attempt))
        refs = (attempt.id, *((probe.id,) if probe else ()))
        return _network(
            case,
            sureness(0.85, support.supports, support.contradicts),
            f"There is no route to {attempt.host}.",
            refs,
        )
    return None


_SUMMARY = "The network is at fault: {state} The phone, the app and the account show no fault."
_OTHER_NETWORK = "The same failure in another network."

NETWORK = (
    Rule(
        "network_captive_portal",
        Layer.DEVICE,
        Party.NETWORK,
        Outcome.FAILED,
        "Android itself found a page that wants a log-in before it lets anything through.",
        _OTHER_NETWORK,
        _portal,
        _SUMMARY,
    ),
    Rule(
        "network_answers_for_others",
        Layer.DEVICE,
        Party.NETWORK,
        Outcome.FAILED,
        "Who answers Android's check with a page of his own stands before the internet.",
        _OTHER_NETWORK,
        _portal_by_check,
        _SUMMARY,
    ),
    Rule(
        "network_inspects_tls",
        Layer.TLS,
        Party.NETWORK,
        Outcome.FAILED,
        "One issuer signs hosts that have nothing to do with each other: it sits between.",
        "Other hosts whose certificates are in order.",
        _inspected,
        _SUMMARY,
    ),
    Rule(
        "network_nothing_passes",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "An unrelated site fails as well, so it is not this service.",
        "Any host that was reached in the same time.",
        _nothing_passes,
        _SUMMARY,
    ),
    Rule(
        "network_not_validated",
        Layer.DEVICE,
        Party.NETWORK,
        Outcome.FAILED,
        "Android's own check of the connection failed.",
        "Calls that were answered in that time.",
        _not_validated,
        _SUMMARY,
    ),
    Rule(
        "network_many_hosts",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "Hosts that fail all at once in the same way have the path in common.",
        "An unrelated site that is reached: then it is the service as a whole.",
        _many_hosts,
        _SUMMARY,
    ),
    Rule(
        "network_upstream_proxy",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "A proxy beyond ours decides what passes.",
        _OTHER_NETWORK,
        _upstream,
        _SUMMARY,
    ),
    Rule(
        "network_no_route",
        Layer.TCP,
        Party.NETWORK,
        Outcome.FAILED,
        "A router or this machine said that no way leads there; the origin was not asked.",
        "Other hosts that are reached, from several networks: then the host is withdrawn.",
        _no_route,
        _SUMMARY,
    ),
)
