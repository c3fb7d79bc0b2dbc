"""One outage is one incident: failures of one cause across scenarios, phones and runs."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from harness.attribution.matching import Matcher
from harness.domain.profile import AppProfile
from harness.domain.verdict import Incident, Verdict
from harness.domain.vocabulary import Outcome, Party

GAP = 1800.0
"""Seconds without a failure after which the next one starts a new incident."""

_OUTCOMES = {Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE}

_PEOPLE = {
    Party.SERVER: "The service failed",
    Party.CLIENT: "The app failed",
    Party.NETWORK: "The network failed",
    Party.DEVICE: "A phone was not in order",
    Party.ACCOUNT: "An account was refused",
    Party.HARNESS: "Our own equipment failed",
    Party.UNKNOWN: "Something failed for reasons that were not seen",
}


@dataclass(slots=True)
class _Group:
    verdicts: list[Verdict] = field(default_factory=list[Verdict])
    last: float = 0.0


def _seconds(text: str | None) -> float:
    return datetime.fromisoformat(text).timestamp() if text else 0.0


def _scope(verdict: Verdict, matcher: Matcher | None) -> tuple[str | None, str | None]:
    """(host, region) of a failed exchange; a scenario's verdict names none."""
    if verdict.scenario is not None or verdict.step is None:
        return None, None
    host = verdict.step.partition(" ")[2].partition("/")[0].partition(":")[0]
    return host or None, matcher.region(host) if matcher is not None and host else None


def _phone(verdict: Verdict) -> str:
    return verdict.device.name if verdict.device else ""


def _key(
    verdict: Verdict, region: str | None, host: str | None, odd: Mapping[str, str]
) -> tuple[str, ...]:
    """What failures of one cause have in common."""
    if _phone(verdict) in odd:
        return (verdict.party, "odd", _phone(verdict))
    if verdict.party is Party.SERVER:
        return (Party.SERVER, region or "")
    if verdict.party is Party.NETWORK:
        return (Party.NETWORK,)
    if verdict.party in {Party.DEVICE, Party.ACCOUNT}:
        return (verdict.party, verdict.rule, _phone(verdict))
    return (verdict.party, verdict.rule, host or "")


def _incident(
    key: tuple[str, ...], group: _Group, matcher: Matcher | None, odd: Mapping[str, str]
) -> Incident:
    verdicts = group.verdicts
    party = verdicts[0].party
    scopes = [_scope(verdict, matcher) for verdict in verdicts]
    hosts = {host for host, _ in scopes if host}
    regions = {region for _, region in scopes if region}
    first = min((v.started or v.ended or "" for v in verdicts), default="")
    last = max((v.ended or v.started or "" for v in verdicts), default="")
    digest = hashlib.sha256("|".join((*key, first)).encode()).hexdigest()[:10]
    surest = max(verdicts, key=lambda verdict: (verdict.scenario is not None, verdict.confidence))
    phones = tuple(dict.fromkeys(phone for verdict in verdicts if (phone := _phone(verdict))))
    apart = next((phone for phone in phones if phone in odd), None)
    count = f" ({len(verdicts)} times)" if len(verdicts) > 1 else ""
    return Incident(
        id=f"incident-{digest}",
        party=party,
        summary=f"{_PEOPLE[party]}{count}: {surest.summary}",
        first_seen=first,
        last_seen=last,
        verdicts=tuple(verdict.id for verdict in verdicts),
        host=next(iter(hosts)) if len(hosts) == 1 else None,
        region=next(iter(regions)) if len(regions) == 1 else None,
        phones=phones,
        odd_phone=apart,
        statistics=(odd[apart],) if apart is not None else (),
    )


def group_incidents(
    verdicts: Iterable[Verdict],
    profile: AppProfile | None = None,
    *,
    gap: float = GAP,
    odd: Mapping[str, str] | None = None,
) -> list[Incident]:
    """Groups what failed by party, cause, region and time; the earliest first.

    `odd`: phones that fail apart from their peers, each with the statistics that say so;
    they are counted by themselves, whoever is at fault there. The verdict on a whole
    capture stays out: its exchanges speak for themselves.
    """
    odd = odd or {}
    matcher = Matcher(profile) if profile is not None else None
    failed = [
        verdict
        for verdict in verdicts
        if verdict.outcome in _OUTCOMES
        and verdict.party is not Party.NONE
        and (verdict.scenario is not None or verdict.step is not None)
    ]
    open_groups: dict[tuple[str, ...], _Group] = {}
    closed: list[Incident] = []
    for verdict in sorted(failed, key=lambda entry: entry.started or ""):
        host, region = _scope(verdict, matcher)
        key = _key(verdict, region, host, odd)
        group = open_groups.setdefault(key, _Group())
        started = _seconds(verdict.started)
        if group.verdicts and started - group.last > gap:
            closed.append(_incident(key, group, matcher, odd))
            group = open_groups[key] = _Group()
        group.verdicts.append(verdict)
        group.last = max(group.last, _seconds(verdict.ended))
    closed += [_incident(key, group, matcher, odd) for key, group in open_groups.items()]
    return sorted(closed, key=lambda incident: incident.first_seen)
