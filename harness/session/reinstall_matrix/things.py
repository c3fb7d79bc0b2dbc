"""The things of a person (drafts, videos), and whether each was told with its true fate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harness.loss.change import Change
from harness.loss.fate import worst
from harness.loss.loss import Fate, LossList
from harness.session.reinstall_matrix.truth import Place, hidden_place

NAMED = ("draft", "offline_video", "saved_video")
"""Classes whose things are told one by one."""
_FATES = {
    Change.KEPT: Fate.SURVIVED,
    Change.CHANGED: Fate.SURVIVED,
    Change.ORPHANED: Fate.SURVIVED,
    Change.RESTORED: Fate.RESTORED,
}


@dataclass(frozen=True, slots=True)
class TrueThing:
    """One draft or video, with the places of its files."""

    content: str
    places: tuple[Place, ...]


def true_things(
    planted: Iterable[Mapping[str, object]], package: str, tags: Mapping[str, str]
) -> list[TrueThing]:
    """The answer of `GET /planted`. `tags`: see `account_tags`."""
    found: dict[tuple[str, str], list[Place]] = {}
    for row in planted:
        content = str(row["class"])
        if content in NAMED:
            place = hidden_place(str(row["path"]), package, tags)
            found.setdefault((content, str(row["title"])), []).append(place)
    return [TrueThing(content, tuple(places)) for (content, _), places in found.items()]


def true_fates(
    things: Iterable[TrueThing], changes: Mapping[Place, Change]
) -> dict[str, Counter[Fate]]:
    """By class; a thing is as badly off as the worst of its files."""
    found: dict[str, Counter[Fate]] = {}
    for thing in things:
        fate = worst(_FATES.get(changes[place], Fate.LOST) for place in thing.places)
        found.setdefault(thing.content, Counter())[fate] += 1
    return found


def wrong_things(true: Mapping[str, Counter[Fate]], losses: LossList) -> list[str]:
    """One sentence for each class whose numbers are not the true ones.

    Where some cannot be seen, that has to be told, and no more than the truth of the others.
    """
    told = {entry.content: entry.fates for entry in losses.classes}
    return [
        f"{content}: {_numbers(told.get(content, {})) or 'missing'}, is {_numbers(fates)}"
        for content, fates in true.items()
        if not _fits(told.get(content, {}), fates)
    ]


def _fits(told: Mapping[Fate, int], fates: Counter[Fate]) -> bool:
    if Fate.NOT_VISIBLE not in told:
        return dict(told) == dict(fates)
    rest = {fate: count for fate, count in told.items() if fate is not Fate.NOT_VISIBLE}
    return all(count <= fates[fate] for fate, count in rest.items())


def _numbers(fates: Mapping[Fate, int]) -> str:
    return ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
