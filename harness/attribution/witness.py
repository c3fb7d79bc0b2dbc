"""Independent facts that make a reading of one attempt surer or less sure."""

from dataclasses import dataclass, field

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case, Seen
from harness.attribution.failure_kind import PROXY_KINDS
from harness.attribution.failure_kind import FailureKind as Kind
from harness.domain.facts.control import ControlMade


@dataclass(slots=True)
class Support:
    """Counts witnesses and keeps what they said, for the evidence."""

    supports: int = 0
    contradicts: int = 0
    refs: list[str] = field(default_factory=list[str])

    def add(self, *, holds: bool, refs: tuple[str, ...] = (), weight: int = 1) -> "Support":
        """A witness for, where it holds."""
        if holds:
            self.supports += weight
            self.refs.extend(refs)
        return self

    def against(self, *, holds: bool, refs: tuple[str, ...] = ()) -> "Support":
        """A witness against, where it holds."""
        if holds:
            self.contradicts += 1
            self.refs.extend(refs)
        return self


def probe_of(case: Case, attempt: Attempt) -> Seen[ControlMade] | None:
    """The host-side probe of the attempt's host that was made nearest to its end."""
    made = [
        seen
        for seen in case.controls_named("host_probe", f"{attempt.host}:{attempt.port}")
        if seen.facts.result != "not_made"
    ]
    moment = attempt.ended if attempt.ended is not None else attempt.begun
    return min(made, key=lambda seen: abs(seen.mono - moment)) if made else None


def stage(probe: Seen[ControlMade] | None, name: str) -> str:
    """What the probe said of a stage; "" where there is none."""
    return "" if probe is None else probe.facts.stages.get(name, "")


def reached(probe: Seen[ControlMade] | None) -> bool:
    """Our machine got an answer from the host."""
    return probe is not None and probe.facts.result == "ok"


def silent_in_http(probe: Seen[ControlMade] | None) -> bool:
    """Connection and TLS came up for our machine too, and then no answer either."""
    up = stage(probe, "tcp") == "ok" and stage(probe, "tls") in {"ok", ""}
    return up and "timed out" in stage(probe, "http")


def resolver_said(case: Case, attempt: Attempt) -> str:
    """ "ok", "failed" or "": what a second resolver says of the attempt's host."""
    target = f"{attempt.host}:{attempt.port}"
    said = [
        seen.facts.result
        for seen in case.controls_named("second_resolver")
        if seen.facts.target in {target, None} and seen.facts.result != "not_made"
    ]
    return said[-1] if said else ""


def other_name(case: Case, attempt: Attempt) -> str:
    """ "ok", "failed" or "": the host's address was asked for a handshake without its name."""
    target = f"{attempt.host}:{attempt.port}"
    said = [seen.facts.result for seen in case.controls_named("other_name", target)]
    said = [result for result in said if result != "not_made"]
    return said[-1] if said else ""


def hands_off(case: Case, host: str) -> str:
    """ "ok", "failed" or "": the app started again with the host passed through."""
    said = [
        seen.facts.result
        for seen in case.controls_named("pass_through")
        if "trial" in seen.facts.stages
        and seen.facts.target in {host, None}
        and seen.facts.result != "not_made"
    ]
    return said[-1] if said else ""


def capture_off(case: Case) -> str:
    """ "ok", "failed" or "": the same step with our capture off; ok = only with it on it fails."""
    said = [seen.facts.result for seen in case.controls_named("capture_off")]
    said = [result for result in said if result != "not_made"]
    return said[-1] if said else ""


def usual_wait(case: Case, attempt: Attempt) -> float | None:
    """How long the same call took at most at earlier runs, in seconds."""
    if attempt.exchange is None:
        return None
    target = f"{attempt.exchange.method} {attempt.host}{attempt.exchange.path}"
    return next((seen.facts.usual for seen in case.controls_named("baseline", target)), None)


def served_before(case: Case, attempt: Attempt) -> bool:
    """The same call was answered well at earlier runs."""
    return usual_wait(case, attempt) is not None


USUAL_LOOK_UP = (None, "", "off", "opportunistic")
"""Settings of a phone's private DNS with which it looks names up as its network does."""


def addresses_chosen(case: Case) -> bool:
    """We send the hosts to addresses of our choosing: that they are reached tells nothing of
    the resolver."""
    started = case.witnesses.proxy_started
    return started is not None and started.facts.options.get("chosen_addresses") == "yes"


def authority_not_given(case: Case) -> bool:
    """We send the hosts to addresses of our choosing and name no authority of theirs: a
    private one of the testers' would look like a stranger's."""
    started = case.witnesses.proxy_started
    if started is None or not addresses_chosen(case):
        return False
    return started.facts.options.get("ssl_verify_upstream_trusted_ca", "None") in {"None", ""}


def control_site(case: Case) -> str:
    """ "ok", "failed" or "" for the site that has nothing to do with the app."""
    said = [seen.facts.result for seen in case.controls_named("control_site")]
    said = [result for result in said if result != "not_made"]
    return said[-1] if said else ""


def others_answered(case: Case, attempt: Attempt) -> bool:
    """Other hosts answered the app through the same phone, proxy and network."""
    return bool(case.tally.others_answered(attempt.host))


def same_host_answered(case: Case, attempt: Attempt) -> bool:
    """The same host answered other calls."""
    found = case.tally.hosts.get(attempt.host)
    return found is not None and found.answered > 0


def path_is_fine(case: Case, attempt: Attempt) -> bool:
    """Something else got through: the phone, the proxy and the network work."""
    return (
        others_answered(case, attempt)
        or same_host_answered(case, attempt)
        or control_site(case) == "ok"
    )


def everything_fails(case: Case, attempt: Attempt) -> bool:
    """Nothing got through to any host, and the unrelated site was not reached either."""
    return control_site(case) == "failed" and not (
        others_answered(case, attempt) or same_host_answered(case, attempt)
    )


_NOT_THE_SERVERS = frozenset(
    {
        Kind.HTTP_MALFORMED_REQUEST,
        Kind.HTTP_UPLOAD_CUT,
        Kind.ABANDONED_EARLY,
        Kind.ANSWER_BAD_REQUEST,
        Kind.ANSWER_WEBSOCKET_BY_APP,
        *PROXY_KINDS,
    }
)


def failed_alike(case: Case, attempt: Attempt) -> list[Attempt]:
    """Other attempts at the same thing that failed as well, by no doing of the app or us."""
    return [
        other
        for other in (*case.failures, *case.attempts)
        if other.failure is not None
        and other.key == attempt.key
        and other.id != attempt.id
        and other.kind not in _NOT_THE_SERVERS
    ]


def known_before(case: Case, name: str) -> tuple[str, int] | None:
    """(observation id, number) of what the phone, its owner or an earlier look knew of a
    value before the app asked. The app's own file tells more than the others."""
    found = [
        (seen.facts.place != "app_file", seen.id, seen.facts.value)
        for seen in case.witnesses.stored
        if seen.facts.name == name and isinstance(seen.facts.value, int)
    ]
    found += [
        (False, seen.id, seen.facts.value)
        for seen in case.witnesses.values
        if seen.facts.name in {f"cached_{name}", f"expected_{name}"}
        and isinstance(seen.facts.value, int)
    ]
    return next(((seen_id, value) for _, seen_id, value in sorted(found)), None)


def screen_hints(case: Case, *hints: str) -> tuple[str, ...]:
    """Ids of screens whose known texts carry one of these hints."""
    return tuple(seen.id for seen, text in case.screen_texts() if text.hint in hints)


def other_phone(case: Case) -> str:
    """ "ok", "failed" or "": the same scenario on a second phone of this run."""
    made = [seen.facts.result for seen in case.controls_named("second_phone")]
    made = [result for result in made if result != "not_made"]
    return made[-1] if made else ""


def server_support(case: Case, attempt: Attempt) -> Support:
    """What speaks for the service's own side when it answered wrongly or broke off."""
    probe = probe_of(case, attempt)
    probe_refs = (probe.id,) if probe is not None else ()
    alike = failed_alike(case, attempt)
    said = screen_hints(case, "server_error")
    status = probe.facts.http_status if probe is not None else None
    found = Support()
    found.add(holds=reached(probe), refs=probe_refs)
    found.add(holds=status is not None and status >= 500)
    found.add(holds=path_is_fine(case, attempt))
    found.add(holds=bool(alike), refs=tuple(other.id for other in alike[:3]))
    found.add(holds=bool(said), refs=said[:1])
    found.add(holds=other_phone(case) == "failed")
    found.against(holds=other_phone(case) == "ok")
    return found
