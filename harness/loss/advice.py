"""One sentence of advice, computed from what was lost."""

from collections.abc import Iterable, Sequence

from harness.loss.loss import ClassTotal, Fate

_ABSENT = "on a card that is not in the phone"
_PUT_IN = (
    "Put the card in before the app is removed or installed anew: of an app that was removed"
    " meanwhile, Android deletes what lies on a card formatted as internal storage."
)


def advise(classes: Sequence[ClassTotal], *, deleted: bool, cleared: bool = False) -> str:
    """`deleted`: the app's data was, in between; `cleared`: by clearing its storage."""
    missed = [entry for entry in classes if entry.missed]
    lost = _listed(missed, (Fate.LOST,))
    unsure = _listed(missed, (Fate.NOT_CHECKED,))
    unseen = [entry for entry in missed if Fate.NOT_VISIBLE in entry.fates]
    hidden = [entry.label for entry in unseen if len(entry.fates) == 1]
    further = [f"further {entry.label}" for entry in unseen if len(entry.fates) > 1]
    kept = _listed(missed, (Fate.SURVIVED, Fate.RESTORED))
    absent = _listed(missed, (Fate.ABSENT,))
    if lost or unsure:
        start, end = _frame(deleted=deleted, cleared=cleared)
        parts = [f"{start} {lost}"] if lost else []
        parts += [f"whether the service still has {unsure} was not checked"] if unsure else []
        parts += [f"{kept} {_are(missed)} still there"] if kept else []
        parts += [f"{absent}: {_ABSENT}"] if absent else []
        parts += [f"{_and([*hidden, *further])} cannot be seen here"] if unseen else []
        text = "; ".join(parts)
        return f"{text[0].upper()}{text[1:]}: {end}."
    if absent:
        return f"Not lost, and not here: {absent}, {_ABSENT}. {_PUT_IN}"
    if hidden:
        end = "they go with it" if not deleted else "they went with it"
        return (
            f"This phone does not let us see {_and(hidden)}; Android deletes the place where the"
            f" app keeps them when it is removed, so count on it that {end}."
        )
    if kept:
        rest = f"; {_and(further)} cannot be seen here" if further else ""
        return f"Nothing that you would miss was lost: {kept} {_are(missed)} still there{rest}."
    return "Nothing that you would miss was there."


def _frame(*, deleted: bool, cleared: bool) -> tuple[str, str]:
    if cleared:
        return "Clearing the app's storage cost", "do not clear it when the service is down"
    if deleted:
        return "Deleting the app cost", "do not delete it when the service is down"
    return "Gone without a reinstall:", "look for the reason before you delete anything"


def _listed(classes: Iterable[ClassTotal], fates: Iterable[Fate]) -> str:
    wanted = tuple(fates)
    words: list[str] = []
    for entry in classes:
        count = sum(entry.fates.get(fate, 0) for fate in wanted)
        if count:
            words.append(_amount(entry, count))
    return _and(words)


def _amount(entry: ClassTotal, count: int) -> str:
    if entry.had == 1:
        return f"the {entry.one}"
    if entry.had is None:  # there may be more that we do not see
        return f"{count} {entry.one if count == 1 else entry.label}"
    return (
        f"{count} of {entry.had} {entry.label}" if count != entry.had else f"{count} {entry.label}"
    )


def _and(words: Sequence[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _are(missed: Sequence[ClassTotal]) -> str:
    left = sum(
        entry.fates.get(Fate.SURVIVED, 0) + entry.fates.get(Fate.RESTORED, 0) for entry in missed
    )
    return "is" if left == 1 else "are"
