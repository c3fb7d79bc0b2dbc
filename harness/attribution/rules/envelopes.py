"""The app's own envelope and its values: refusals, missing parts, zeros."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case
from harness.attribution.failure_kind import FailureKind as Kind
from harness.attribution.rule import Match, Rule
from harness.attribution.rules.gate import most_by_words, refusal_code, refusal_text
from harness.attribution.texts import advice_for
from harness.attribution.weigh import MOST_ALONE, lean, settled, sureness
from harness.attribution.witness import (
    Support,
    known_before,
    path_is_fine,
    probe_of,
    reached,
    screen_hints,
    server_support,
)
from harness.attribution.wording import slots_for
from harness.domain.profile import Need, TextMeaning
from harness.domain.verdict import Candidate
from harness.domain.vocabulary import Layer, Outcome, Party

_SESSION = "session_expired"


def _number(attempt: Attempt) -> str:
    return attempt.failure.text if attempt.failure else ""


def _session_lost(case: Case, attempt: Attempt, meaning: str) -> bool:
    """A session that the same try had just been given cannot have run out by itself."""
    given = case.answers.get("login")
    return meaning == _SESSION and given is not None and given.begun < attempt.begun


def _known(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ENVELOPE_REFUSED):
        text, code = refusal_text(case, attempt), refusal_code(case, attempt)
        party = (code.party if code else None) or (text.party if text else None)
        if party is None or party is Party.UNKNOWN:
            continue
        meaning = code.meaning if code else (text.hint or text.id if text else "")
        what = code.text if code else (text.text if text else "")
        said = f"{attempt.label} was refused with {_number(attempt)}: {what}."
        slots = slots_for(case, attempt, what=what)
        if _session_lost(case, attempt, meaning):
            return Match(
                settled(
                    [
                        Candidate(Party.CLIENT, 0.45),
                        Candidate(Party.SERVER, 0.4),
                        Candidate(Party.ACCOUNT, 0.15),
                    ]
                ),
                f"{said} It had been given in this very try.",
                (attempt.id,),
                slots,
                next_control="The same step after a restart of the app.",
            )
        by_words = _party_of_words(text)
        if by_words is not None and by_words is not party:
            return _contradicts_itself(case, attempt, party, by_words, said)
        agree = text is not None and (text.hint == meaning or text.id == meaning)
        said_on_screen = screen_hints(case, meaning)
        support = Support().add(holds=agree)
        support.add(holds=bool(said_on_screen), refs=said_on_screen[:1])
        support.add(holds=reached(probe_of(case, attempt)))
        sure = min(sureness(0.85 if code else 0.75, support.supports), most_by_words(attempt))
        if party is Party.ACCOUNT:
            sure = min(sure, MOST_ALONE)  # an app that sends other than it was told looks the same
        rest = Party.SERVER if party is not Party.SERVER else Party.ACCOUNT
        outcome = (code.outcome if code else None) or (text.outcome if text else None)
        return Match(
            lean(party, sure, rest),
            said,
            (attempt.id, *support.refs),
            slots,
            outcome=outcome,
            advice=advice_for(party, outcome or Outcome.FAILED, meaning),
        )
    return None


def _party_of_words(text: TextMeaning | None) -> Party | None:
    if text is None:
        return None
    return Party.SERVER if text.hint == "server_error" else text.party


def _contradicts_itself(
    case: Case, attempt: Attempt, by_number: Party, by_words: Party, said: str
) -> Match:
    """The number and the words beside it name two different parties."""
    return Match(
        settled([Candidate(by_number, 0.5), Candidate(by_words, 0.5)]),
        f"{said} The words beside it say something else.",
        (attempt.id,),
        slots_for(case, attempt, what="its answer contradicts itself"),
        next_control="The same step with a second account.",
    )


def _asks_who(need: Need | None) -> bool:
    """A log-in, or a step towards it: its refusals are mostly about who asks, and an unknown
    number may well be one of these."""
    return need is not None and "login" in {need.name, need.leads_to}


def _unexplained(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ENVELOPE_REFUSED):
        text, code = refusal_text(case, attempt), refusal_code(case, attempt)
        own_word = text is not None and text.hint == "server_error"
        support = server_support(case, attempt)
        support.add(holds=own_word, weight=2)
        status = attempt.exchange.status if attempt.exchange else None
        nameless = most_by_words(attempt) < 1.0
        if ((status is not None and status >= 400) or nameless) and not own_word:
            return Match(
                lean(Party.SERVER, 0.45, Party.CLIENT, Party.ACCOUNT),
                f"{attempt.host} refused the request (HTTP {status}, {_number(attempt)}).",
                (attempt.id, *support.refs),
                slots_for(case, attempt, said=f"refused the request ({_number(attempt)})"),
                next_control="The same step of another build of the app.",
            )
        start = 0.6 if code is None else 0.5
        sure = sureness(start, support.supports, support.contradicts)
        sure = min(sure, most_by_words(attempt))
        if not own_word:
            # The code may be about the account after all; without a word it may be anything.
            said_something = attempt.exchange and attempt.exchange.envelope
            silent = not (said_something and said_something.message.strip())
            sure = min(sure, 0.58 if silent or _asks_who(attempt.need) else 0.75)
        said = f"answered with an error of its own ({_number(attempt)})"
        return Match(
            lean(Party.SERVER, sure, Party.ACCOUNT, Party.CLIENT),
            f"{attempt.host} {said}; no source explains the code.",
            (attempt.id, *support.refs),
            slots_for(case, attempt, said=said),
            next_control="The same step with a second account.",
        )
    return None


def _incomplete(case: Case) -> Match | None:
    for attempt in case.failing(Kind.ENVELOPE_SHAPE):
        support = server_support(case, attempt)
        whole_before = attempt.need is not None and attempt.need.name in case.answers
        support.add(holds=whole_before)
        said = f"left out parts of its answer ({_number(attempt)})"
        return Match(
            lean(
                Party.SERVER,
                sureness(0.7, support.supports, support.contradicts),
                Party.HARNESS,
            ),
            f"{attempt.host} {said} ({attempt.label}).",
            (attempt.id, *support.refs),
            slots_for(case, attempt, said=said),
            next_control="Yesterday's answer of the same call: has its shape changed for good?",
        )
    return None


def _elsewhere(case: Case, reference: str) -> tuple[str, int] | None:
    """(observation id, number) of the same thing in another answer, "need.value"."""
    need, _, name = reference.partition(".")
    for answers in (case.first_answers, case.answers):
        other = answers.get(need)
        found = other.exchange.values.get(name) if other and other.exchange else None
        if other is not None and isinstance(found, int) and found > 0:
            return other.id, found
    return None


def _told_by_a_list(case: Case, need: Need, name: str) -> tuple[str, int] | None:
    """The total of a list that the profile calls the same number as this one."""
    for other in case.matcher.profile.needs.values():
        for total, same in other.same_as.items():
            if same == f"{need.name}.{name}":
                return _elsewhere(case, f"{other.name}.{total}")
    return None


def _zero(case: Case) -> Match | None:
    """The service says 0 where something else proves that it cannot be 0."""
    for attempt in case.failing(Kind.ENVELOPE_VALUE):
        support = server_support(case, attempt)
        name = _number(attempt)
        proof = known_before(case, name)
        support.add(holds=proof is not None, refs=(proof[0],) if proof else ())
        said = f"says 0 or nothing for {name}, against its own other values"
        return Match(
            lean(Party.SERVER, sureness(0.78, support.supports, support.contradicts)),
            f"{attempt.host} {said} ({attempt.label}).",
            (attempt.id, *support.refs),
            slots_for(case, attempt, said=said),
            next_control="The value that the phone has cached.",
        )
    for need_name, answer in case.answers.items():
        need, exchange = answer.need, answer.exchange
        if need is None or exchange is None or case.result == "passed":
            continue
        for name, value in exchange.values.items():
            if value not in (0, ""):
                continue
            proof = known_before(case, name) if name in need.positive else None
            other = need.same_as.get(name)
            proof = proof or (_elsewhere(case, other) if other else None)
            proof = proof or (_elsewhere(case, f"login.{name}") if name in need.positive else None)
            listed = None if proof else _told_by_a_list(case, need, name)
            proof = proof or listed
            if proof is None or proof[1] <= 0:
                continue  # nothing says that it was ever more
            support = Support().add(holds=path_is_fine(case, answer))
            sure = sureness(0.8, support.supports)
            if listed:
                sure = 0.7  # the list may be another user's
            verb = "gives a list of" if listed else "was"
            said = f"says 0 for {name}, though it {verb} {proof[1]}"
            return Match(
                lean(Party.SERVER, sure, Party.ACCOUNT),
                f"{answer.host} {said} ({need_name}).",
                (answer.id, proof[0]),
                slots_for(case, answer, said=said),
                next_control="The same value on a second phone.",
            )
    return None


_SUMMARY = "{service} is failing: it {said}; your phone, app and account show no fault."

ENVELOPES = (
    Rule(
        "envelope_code_known",
        Layer.APPLICATION,
        Party.ACCOUNT,
        Outcome.FAILED,
        "The service answered in good order and named the reason; the profile says who is meant.",
        "A description beside the code that says something else.",
        _known,
        "The service works and refused for a reason of the account: {what}.",
    ),
    Rule(
        "envelope_code_unexplained",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "The service answered with an error of its own making.",
        "A source that says what the code means.",
        _unexplained,
        _SUMMARY,
    ),
    Rule(
        "envelope_incomplete",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "The answer calls itself a success and lacks what every success has.",
        "A change of the service's answers for good: then the profile is out of date.",
        _incomplete,
        _SUMMARY,
    ),
    Rule(
        "envelope_value_zero",
        Layer.APPLICATION,
        Party.SERVER,
        Outcome.FAILED,
        "The service's own values contradict each other, or what it said before.",
        "An account whose value really dropped to nothing.",
        _zero,
        _SUMMARY,
    ),
)
