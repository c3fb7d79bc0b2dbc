"""Offline content that passed, though nothing says whether all of it was there."""

from harness.attribution.case import Case, Seen
from harness.attribution.rule import Match, Rule
from harness.attribution.rules.ending import findings
from harness.attribution.weigh import lean
from harness.attribution.wording import slots_for
from harness.domain.facts.storage import ContentLook
from harness.domain.vocabulary import Layer, Outcome, Party

ALL_LISTED_WORK = 0.9
"""Each kind is listed and what is listed works; whether the lists are whole is open."""

SOME_WORK = 0.75
"""Of one kind nothing is listed, and whether there was any is open; another kind works."""

NOTHING_TRIED = 0.6
"""Nothing was there to be tried, and whether that is right is open."""

_NEXT = (
    "A phone that lets the app's own folder be read; or this phone with this account once more,"
    " after a look that found the content."
)


def _looks(case: Case) -> list[Seen[ContentLook]]:
    """The last look at each list of the app."""
    found: dict[str, Seen[ContentLook]] = {}
    for seen in case.witnesses.looks:
        if seen.facts.listed is not None:
            found[seen.facts.content] = seen
    return list(found.values())


def _not_compared(look: ContentLook) -> bool:
    """Neither files on the phone nor an earlier look say how many there have to be. One that
    found none either confirms only itself."""
    return look.files is None and not look.earlier


def _statement(look: ContentLook, label: str) -> str:
    why = f" ({look.unseen})" if look.unseen else ""
    if look.listed:
        kind = label if look.listed == 1 else f"{label}s"
        return f"whether the {look.listed} listed {kind} are all was not compared{why}"
    return f"no {label} is listed, and whether there was any was not compared{why}"


def _passed_in_part(case: Case) -> Match | None:
    if case.bare or case.result != "passed":
        return None
    open_looks = [seen for seen in _looks(case) if _not_compared(seen.facts)]
    if not open_looks:
        return None
    labels = {kind.name: kind.label for kind in case.matcher.profile.content}
    told = [
        _statement(seen.facts, labels.get(seen.facts.content, seen.facts.content))
        for seen in open_looks
    ]
    sure = ALL_LISTED_WORK
    if any(not seen.facts.listed for seen in open_looks):
        sure = SOME_WORK if case.witnesses.opened else NOTHING_TRIED
    return Match(
        lean(Party.NONE, sure, Party.CLIENT),
        f"The scenario passed; {'; '.join(told)}.",
        tuple(seen.id for seen in open_looks),
        slots_for(case, None, what="; ".join(told)),
        next_control=_NEXT,
        notes=findings(case),
    )


NOT_COMPARED = (
    Rule(
        "passed_not_compared",
        Layer.STORAGE,
        Party.NONE,
        Outcome.PASSED,
        "What the app lists works. An empty list that nothing can be held against proves little.",
        "Files of the content on the phone, or an earlier look that found more.",
        _passed_in_part,
        "It worked as far as could be seen; {what}.",
    ),
)
