"""The app's process: crash, hang, death."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case, Seen
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean, sureness
from harness.attribution.wording import slots_for
from harness.domain.facts.screen import Screen
from harness.domain.vocabulary import Layer, Outcome, Party


def _ours(case: Case, process: str) -> bool:
    packages = case.matcher.profile.packages
    return not packages or any(process.split(":", maxsplit=1)[0] == package for package in packages)


def _dialog(case: Case, kind: str) -> list[Seen[Screen]]:
    return [seen for seen in case.witnesses.screens if seen.facts.system_dialog == kind]


def _service_failed_before(case: Case, moment: float) -> list[Attempt]:
    """Calls that the service failed shortly before: the crash may be how the app took it."""
    return [
        attempt
        for attempt in case.failures
        if attempt.kind is not None
        and attempt.kind.startswith(("answer.status_5", "http.", "envelope.shape"))
        and (attempt.ended if attempt.ended is not None else attempt.begun) <= moment
    ]


def _died(
    case: Case,
    what: str,
    moment: float,
    refs: tuple[str, ...],
    supports: int,
    start: float = 0.88,
) -> Match:
    before = _service_failed_before(case, moment)
    if before:
        return Match(
            lean(Party.CLIENT, 0.5, Party.SERVER),
            f"{what} Before that the service failed {before[0].label}.",
            (*refs, before[0].id),
            slots_for(case, before[0], what=what),
            next_control="The same step while the service is well.",
        )
    return Match(
        lean(Party.CLIENT, sureness(start, supports), Party.DEVICE),
        what,
        refs,
        slots_for(case, None, what=what),
    )


def _crash(case: Case) -> Match | None:
    dialogs = _dialog(case, "crash")
    for seen in case.witnesses.crashes:
        if not _ours(case, seen.facts.process):
            continue
        kind = "native crash" if seen.facts.native else seen.facts.exception
        deaths = [dead for dead in case.witnesses.deaths if dead.facts.reason.startswith("crash")]
        refs = (seen.id, *(entry.id for entry in (*dialogs, *deaths)[:2]))
        supports = bool(dialogs) + bool(deaths) + bool(case.result == "failed")
        return _died(case, f"The app crashed ({kind}).", seen.mono, refs, supports)
    for dead in case.witnesses.deaths:
        if dead.facts.reason.startswith("crash") and _ours(case, dead.facts.process):
            refs = (dead.id, *(entry.id for entry in dialogs[:1]))
            return _died(case, "The app crashed.", dead.mono, refs, int(bool(dialogs)))
    if dialogs:
        refs = (dialogs[0].id,)
        return _died(case, "Android says that the app has stopped.", dialogs[0].mono, refs, 0)
    return None


_BY_ITSELF = frozenset({"other", "exit_self", "signaled", "crash", "crash_native"})
"""Ends that nobody asked for, as far as the log tells."""


def _vanished(case: Case) -> Match | None:
    """The process ended in the failed step, and the screen then shows something else."""
    if case.bare or case.result == "passed":
        return None
    looks = [seen for seen in case.witnesses.screens if seen.mono >= case.window[0]]
    if not looks or looks[-1].facts.package is None:
        return None
    last = looks[-1]
    for dead in case.witnesses.deaths:
        own, reason = dead.facts.process, dead.facts.reason
        in_step = case.window[0] <= dead.mono <= last.mono
        away = (last.facts.package or "") != own.split(":", maxsplit=1)[0]
        if in_step and away and reason in _BY_ITSELF and _ours(case, own):
            what = "The app's process ended in the middle of the step, and nobody had asked it to."
            return _died(case, what, dead.mono, (dead.id, last.id), 0, start=0.78)
    return None


def _anr(case: Case) -> Match | None:
    dialogs = _dialog(case, "anr")
    for seen in case.witnesses.anrs:
        if _ours(case, seen.facts.process):
            refs = (seen.id, *(entry.id for entry in dialogs[:1]))
            short = case.conditions is not None and case.conditions.facts.memory_low is True
            what = f"The app stopped responding ({seen.facts.reason or 'ANR'})."
            if short:  # every app stands still on a phone that has no memory left
                return _died(case, what, seen.mono, refs, 0, start=0.55)
            return _died(case, what, seen.mono, refs, 1 + bool(dialogs))
    if dialogs:
        return _died(
            case,
            "Android says that the app is not responding.",
            dialogs[0].mono,
            (dialogs[0].id,),
            0,
        )
    return None


_SUMMARY = "The app itself failed on the phone: {what} The service shows no fault."

PROCESS = (
    Rule(
        "client_crash",
        Layer.APPLICATION,
        Party.CLIENT,
        Outcome.FAILED,
        "An app may not end by an exception of its own, whatever it is given.",
        "A service that had failed the same step before: then both have a part.",
        _crash,
        _SUMMARY,
    ),
    Rule(
        "client_not_responding",
        Layer.APPLICATION,
        Party.CLIENT,
        Outcome.FAILED,
        "An app that blocks its own main thread fails by itself.",
        "A phone that was out of memory or storage at that moment.",
        _anr,
        _SUMMARY,
    ),
    Rule(
        "client_process_ended",
        Layer.APPLICATION,
        Party.CLIENT,
        Outcome.FAILED,
        "A process that ends by itself in front of a person has failed, whatever ended it.",
        "The system's own record that it ended the app for memory or at somebody's wish.",
        _vanished,
        "The app itself failed: {what}",
    ),
)
