"""In what the phones of a run differ: app, carrier, region, model; and what failures share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harness.attribution.matching import Matcher
from harness.domain.facts import AppPackage, DeviceIdentity, Exchange
from harness.domain.observation import Observation
from harness.domain.odd_one_out import LEAST_PHONES, shared_factors
from harness.domain.profile import AppProfile
from harness.domain.verdict import Incident


def factors_of(
    observations: Iterable[Observation], profile: AppProfile
) -> dict[str, dict[str, str]]:
    """By phone. The region is the token that most host names of the phone's calls carry."""
    found: dict[str, dict[str, str]] = {}
    regions: dict[str, Counter[str]] = {}
    matcher = Matcher(profile)
    known: dict[str, str | None] = {}
    for seen in observations:
        if seen.device is None:
            continue
        facts = seen.facts
        row = found.setdefault(seen.device, {})
        if isinstance(facts, DeviceIdentity):
            row["model"] = facts.model
            row["API level"] = str(facts.api)
            row |= {"carrier": facts.carrier} if facts.carrier else {}
        elif isinstance(facts, AppPackage):
            row["app version"] = facts.version_name
        elif isinstance(facts, Exchange):
            if facts.host not in known:
                known[facts.host] = matcher.region(facts.host)
            if (region := known[facts.host]) is not None:
                regions.setdefault(seen.device, Counter())[region] += 1
    for phone, counted in regions.items():
        found[phone]["region"] = counted.most_common(1)[0][0]
    return found


def with_shared_factors(
    incidents: Sequence[Incident], factors: Mapping[str, Mapping[str, str]]
) -> list[Incident]:
    """Adds to each incident what sets its phones apart from the others of the run, if anything.

    The region becomes the incident's own where all its phones have the same.
    """
    if len(factors) < LEAST_PHONES:
        return list(incidents)
    told: list[Incident] = []
    for incident in incidents:
        shared = shared_factors(factors, frozenset(incident.phones))
        regions = {factors.get(phone, {}).get("region") for phone in incident.phones}
        region = regions.pop() if len(regions) == 1 else None
        told.append(
            replace(
                incident,
                statistics=(*incident.statistics, *(str(one) for one in shared)),
                region=incident.region or region,
            )
        )
    return told
