"""Gates that a person must answer: captcha, second step, ban, age, rate limit, update."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.texts import advice_for
from harness.attribution.weigh import MOST_ALONE, lean, sureness
from harness.attribution.witness import Support, probe_of, reached
from harness.attribution.wording import slots_for
from harness.domain.profile import CodeMeaning, TextMeaning
from harness.domain.vocabulary import Layer, Outcome, Party


def refusal_text(case: Case, attempt: Attempt) -> TextMeaning | None:
    """What the description inside the envelope says; it is stronger than the number."""
    envelope = attempt.exchange.envelope if attempt.exchange else None
    return case.matcher.text(envelope.message) if envelope else None


def refusal_code(case: Case, attempt: Attempt) -> CodeMeaning | None:
    """What the profile's code table says of the envelope's number."""
    envelope = attempt.exchange.envelope if attempt.exchange else None
    return case.matcher.code(envelope.family, envelope.code) if envelope else None


def most_by_words(attempt: Attempt) -> float:
    """How sure a refusal leaves us whose shape and words no profile fixes."""
    envelope = attempt.exchange.envelope if attempt.exchange else None
    return MOST_ALONE if envelope is not None and envelope.refused else 1.0


def _blocked(
    case: Case,
    party: Party,
    sure: float,
    statement: str,
    refs: tuple[str, ...],
    *,
    what: str,
    meaning: str,
    attempt: Attempt | None = None,
) -> Match:
    return Match(
        lean(party, sure, Party.SERVER if party is not Party.SERVER else Party.ACCOUNT),
        statement,
        refs,
        slots_for(case, attempt, what=what),
        outcome=Outcome.BLOCKED,
        advice=advice_for(party, Outcome.BLOCKED, meaning),
    )


def _by_code(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ENVELOPE_REFUSED):
        text, code = refusal_text(case, attempt), refusal_code(case, attempt)
        gate = text if text is not None and text.kind == "gate" else None
        known = code if code is not None and code.outcome is Outcome.BLOCKED else None
        if gate is None and known is None:
            continue
        party = (gate.party if gate else None) or (known.party if known else None)
        meaning = known.meaning if known else (gate.hint or gate.id if gate else "")
        what = known.text if known else (gate.text if gate else "")
        support = Support().add(holds=gate is not None and known is not None)
        support.add(holds=any(found.kind == "gate" for _, found in case.screen_texts()))
        support.add(holds=reached(probe_of(case, attempt)))
        number = attempt.failure.text if attempt.failure else ""
        return _blocked(
            case,
            party or Party.ACCOUNT,
            min(sureness(0.85, support.supports), most_by_words(attempt)),
            f"The service answered {attempt.label} with {number}: {what}.",
            (attempt.id,),
            what=what,
            meaning=meaning,
            attempt=attempt,
        )
    return None


def _turned_away(case: Case) -> bool:
    """HTTP 429 on the wire: what the screen says of it is only how the app reads that."""
    return bool(case.failing(Kind.ANSWER_TOO_MANY))


def _by_screen(case: Case) -> Match | None:
    if case.result == "passed" or _turned_away(case):
        return None
    for seen, text in reversed(case.screen_texts()):
        if text.kind != "gate":
            continue
        support = Support().add(holds=case.result == "blocked")
        return _blocked(
            case,
            text.party or Party.ACCOUNT,
            sureness(0.85, support.supports),
            f"The screen shows it: {text.text}.",
            (seen.id,),
            what=text.text,
            meaning=text.hint or text.id,
        )
    return None


def _by_scenario(case: Case) -> Match | None:
    if case.ended is None or case.result != "blocked" or _turned_away(case):
        return None
    reason = case.ended.facts.reason or ""
    hinted = [text for text in case.matcher.profile.texts if reason in {text.id, text.hint}]
    coded = [code for code in case.matcher.profile.codes if code.meaning == reason]
    party = next((found.party for found in (*hinted, *coded) if found.party), Party.ACCOUNT)
    what = next((found.text for found in (*hinted, *coded)), reason or "a gate was met")
    return _blocked(
        case,
        party,
        0.8,
        f"The scenario stopped at a gate: {what}.",
        (case.ended.id,),
        what=what,
        meaning=reason,
    )


_BECAUSE = "The service asks for a person; nobody failed, and nothing may be automated past it."

GATES = (
    Rule(
        "gate_by_code",
        Layer.APPLICATION,
        Party.ACCOUNT,
        Outcome.BLOCKED,
        f"The service's own answer names the gate. {_BECAUSE}",
        "The same code with a description that says something else.",
        _by_code,
        "Stopped at a gate: {what}. The service answers, and the phone and the app are fine.",
    ),
    Rule(
        "gate_on_screen",
        Layer.UI,
        Party.ACCOUNT,
        Outcome.BLOCKED,
        f"The screen names the gate. {_BECAUSE}",
        "A text of the screen that only resembles one.",
        _by_screen,
        "Stopped at a gate: {what}.",
    ),
    Rule(
        "gate_met_by_scenario",
        Layer.UI,
        Party.ACCOUNT,
        Outcome.BLOCKED,
        f"The scenario itself stopped at it. {_BECAUSE}",
        "A screen without any gate.",
        _by_scenario,
        "Stopped at a gate: {what}.",
    ),
)
