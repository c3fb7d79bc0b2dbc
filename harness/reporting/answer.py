"""The answer at a glance: one an incident, with what to do, what not, and how sure."""

from __future__ import annotations

from dataclasses import dataclass

from harness.domain.advice import told_apart
from harness.domain.verdict import Incident, Verdict
from harness.domain.vocabulary import Level, Outcome, Party
from harness.reporting import clock, words
from harness.reporting.evidence_words import plain
from harness.reporting.run_record import RunRecord

KEEP_THE_APP = (
    "Do not delete the app: what lies only on the phone, such as drafts and offline videos, "
    "would be lost."
)
DO: dict[Party, str] = {
    Party.SERVER: "Wait and try again later.",
    Party.CLIENT: "Restart the app, then look for an update of it.",
    Party.NETWORK: "Try another network, for instance mobile data in place of Wi-Fi.",
    Party.DEVICE: "Mend the phone's setting that is named here, then try again.",
    Party.ACCOUNT: "Settle it with the account, in the app itself.",
    Party.HARNESS: "Run the test again once our equipment is mended; the phone needs nothing.",
    Party.UNKNOWN: "Wait a little and look again.",
    Party.NONE: "Nothing: there is no fault to mend.",
}
"""What to do where the verdict's own advice names nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the first screen of the page shows of one incident."""

    tone: str  # good, bad, open
    who: str  # "the service"
    sentence: str
    more: str  # the rest of the sentence
    since: str  # on the phone's clock; "" = does not apply
    sure: str  # "almost certain"
    percent: int
    could_be: str  # other parties worth naming, "" = none
    do: tuple[str, ...]
    do_not: tuple[str, ...]
    where: tuple[str, ...]  # "log-in on the Pixel 8", each failed scenario
    refs: tuple[str, ...]
    anchor: str


def answers(record: RunRecord) -> list[Answer]:
    """The surest verdict of each incident, what failed first; all in health: one that says so."""
    verdicts = [item.verdict for item in record.tries]
    group_of = {ref: incident for incident in record.incidents for ref in incident.verdicts}
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        if verdict.outcome not in {Outcome.PASSED, Outcome.NOT_RUN}:
            incident = group_of.get(verdict.id)
            groups.setdefault(incident.id if incident else verdict.id, []).append(verdict)
    leads = [
        answer(record, members, group_of.get(members[0].id))
        for members in sorted(groups.values(), key=_weight)
    ]
    return leads or ([in_health(record, verdicts)] if verdicts else [])


def _weight(members: list[Verdict]) -> tuple[int, float]:
    order = (Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE)
    return (min(order.index(one.outcome) for one in members), -max(v.confidence for v in members))


def answer(record: RunRecord, members: list[Verdict], incident: Incident | None) -> Answer:
    """One incident, told by its surest verdict."""
    verdict = max(members, key=lambda one: one.confidence)
    sentence, more = in_two(plain(verdict.summary))
    device = verdict.device.name if verdict.device else ""
    begun = incident.first_seen if incident else verdict.started
    do, do_not = advice_of(verdict)
    return Answer(
        tone="open" if verdict.party is Party.UNKNOWN else words.TONES.get(verdict.outcome, "open"),
        who=words.PARTIES[verdict.party],
        sentence=sentence,
        more=more,
        since=clock.at(begun, record.zones.get(device)),
        sure=words.sureness(verdict.confidence),
        percent=round(verdict.confidence * 100),
        could_be=could_be(verdict),
        do=do,
        do_not=do_not,
        where=tuple(dict.fromkeys(where(one) for one in members)),
        refs=tuple(dict.fromkeys(ref for one in [verdict] for ref in claim_refs(one))),
        anchor=f"v-{verdict.id}",
    )


def in_health(record: RunRecord, verdicts: list[Verdict]) -> Answer:
    """Nothing failed: said in one sentence, with the first verdict's words after it."""
    ran = [verdict for verdict in verdicts if verdict.outcome is Outcome.PASSED]
    told = (ran or verdicts)[0]
    device = told.device.name if told.device else ""
    names = ", ".join(dict.fromkeys(words.scenario(one).lower() for one in ran))
    first = f"Everything that was tried works: {names}." if len(ran) > 1 else told.summary
    sure = min((verdict.confidence for verdict in ran), default=told.confidence)
    return Answer(
        tone="good" if ran else "open",
        who="nobody" if ran else "nothing was tried",
        sentence=first,
        more="",
        since=clock.at(told.started, record.zones.get(device)) if ran else "",
        sure=words.sureness(sure),
        percent=round(sure * 100),
        could_be="",
        do=(DO[Party.NONE],) if ran else tuple(one.summary for one in verdicts[1:4]),
        do_not=(),
        where=tuple(where(one) for one in ran),
        refs=claim_refs(told),
        anchor=f"v-{told.id}",
    )


def in_two(summary: str) -> tuple[str, str]:
    """ "A fails; B is fine." → "A fails." and "B is fine."."""
    first, cut, rest = summary.partition("; ")
    if not cut:
        return summary, ""
    return f"{first}.", rest[:1].upper() + rest[1:]


def advice_of(verdict: Verdict) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(what to do, what not to do), from the verdict's advice; neither is left empty."""
    said = told_apart(verdict.advice)
    named = DO[Party.SERVER if verdict.party is Party.NONE else verdict.party]
    return said.do or (named,), said.do_not or (KEEP_THE_APP,)


def could_be(verdict: Verdict) -> str:
    """ "the service 60 %, the network 40 %" where nobody is named or another is near."""
    others = [
        f"{words.PARTIES[one.party]} {words.percent(one.weight)}"
        for one in verdict.candidates
        if one.weight >= 0.15 and one.party is not Party.NONE
    ]
    return ", ".join(others) if verdict.party is Party.UNKNOWN or len(others) > 1 else ""


def where(verdict: Verdict) -> str:
    """ "log in on Pixel 8"."""
    name = words.scenario(verdict).lower()
    return f"{name} on {verdict.device.model or verdict.device.name}" if verdict.device else name


def claim_refs(verdict: Verdict) -> tuple[str, ...]:
    """Lines on which the summary rests: those of the counted evidence, each once."""
    counted = (item for item in verdict.evidence if item.level is Level.COUNTED)
    return tuple(dict.fromkeys(ref for item in counted for ref in item.refs))
