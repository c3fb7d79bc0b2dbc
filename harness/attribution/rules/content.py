"""Content that is to work without network: not listed, not there, or not working."""

from collections.abc import Sequence

from harness.attribution.case import Case, Seen
from harness.attribution.content import EXPIRED, content_trouble, short_of_space
from harness.attribution.rule import Match, Rule
from harness.attribution.weigh import lean, sureness
from harness.attribution.witness import Support
from harness.attribution.wording import slots_for
from harness.domain.facts.storage import ContentLook, ContentOpened
from harness.domain.profile import ContentKind
from harness.domain.vocabulary import Layer, Outcome, Party

ON_THE_PHONE = "saved_video"
"""Content that lies outside of the app and is opened by the phone's own player."""

_GONE = ("expired", "cleared", "gone", "low_storage")
_FOLDER = "The app's folder, on a phone that lets it be read."
_AGAIN = "The same list once more after a restart of the app."


def _kinds(case: Case) -> dict[str, ContentKind]:
    return {kind.name: kind for kind in case.matcher.profile.content}


def _free(case: Case) -> tuple[str | None, int | None]:
    seen = case.conditions
    return (None, None) if seen is None else (seen.id, seen.facts.free_bytes)


def _lists(case: Case, *whats: str) -> list[tuple[Seen[ContentLook], ContentKind, str]]:
    """Looks of the failed step with one of these troubles, each with its sentence."""
    if case.bare or case.result != "failed":
        return []
    profile, found = case.matcher.profile, []
    for seen in case.witnesses.looks:
        kind = _kinds(case).get(seen.facts.content)
        if kind is None or seen.facts.listed is None or seen.mono < case.window[0]:
            continue
        trouble = content_trouble(seen.facts, kind, profile.texts, _free(case)[1])
        if trouble is not None and trouble.what in whats:
            found.append((seen, kind, trouble.text))
    return found


def _failing(case: Case) -> list[Seen[ContentOpened]]:
    if case.bare or case.result != "failed":
        return []
    return [
        seen
        for seen in case.witnesses.opened
        if seen.mono >= case.window[0] and seen.facts.result not in {"plays", "no_player"}
    ]


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."


def _match(
    case: Case,
    parties: tuple[Party, ...],
    sure: float,
    text: str,
    refs: Sequence[str | None],
    *,
    known_issue: str | None = None,
    control: str = _FOLDER,
) -> Match:
    return Match(
        lean(parties[0], sure, *parties[1:]),
        _sentence(text),
        tuple(ref for ref in refs if ref is not None),
        slots_for(case, None, what=text),
        known_issue=known_issue,
        next_control=control,
    )


def _other_account(case: Case) -> Match | None:
    for seen, _, text in _lists(case, "foreign"):
        return _match(case, (Party.ACCOUNT, Party.CLIENT), 0.88, text, (seen.id,))
    return None


def _low_storage(case: Case) -> Match | None:
    conditions, free = _free(case)
    for seen, kind, text in _lists(case, *_GONE):
        if not short_of_space(kind, free):
            continue
        room = (free or 0) // 2**20
        said = f"{text}; only {room} MB are free, and below {_limit(kind)} the app clears them"
        return _match(case, (Party.DEVICE, Party.CLIENT), 0.86, said, (seen.id, conditions))
    return None


def _limit(kind: ContentKind) -> str:
    return f"{(kind.minimum_free or 0) // 2**20} MB"


def _policy(case: Case) -> Match | None:
    hinted = {meaning.id for meaning in case.matcher.profile.texts if meaning.hint == EXPIRED}
    for seen, _, text in _lists(case, "expired", "cleared"):
        support = Support().add(holds=bool(hinted & set(seen.facts.texts)))
        support.add(holds=seen.facts.cleared is not None)
        return _match(
            case,
            (Party.CLIENT, Party.DEVICE),
            sureness(0.75, support.supports),
            text,
            (seen.id,),
            known_issue="app-policy-expiry",
        )
    return None


def _hidden(case: Case) -> Match | None:
    for seen, _, text in _lists(case, "listed_less"):
        return _match(case, (Party.CLIENT, Party.HARNESS), 0.86, text, (seen.id,), control=_AGAIN)
    return None


def _vanished(case: Case) -> Match | None:
    for seen, _, text in _lists(case, "gone"):
        said = f"{text}, and nothing tells why"
        return _match(case, (Party.CLIENT, Party.DEVICE), 0.5, said, (seen.id,))
    return None


def _stored(case: Case, content: str) -> Seen[ContentLook] | None:
    """The latest look of this content that saw its files."""
    looks = [
        seen
        for seen in case.witnesses.looks
        if seen.facts.content == content and seen.facts.files is not None
    ]
    return looks[-1] if looks else None


def _not_working(case: Case) -> Match | None:
    """The app lists it and does not open it."""
    failing = [seen for seen in _failing(case) if seen.facts.content != ON_THE_PHONE]
    if not failing:
        return None
    first = failing[0]
    kind = _kinds(case).get(first.facts.content)
    label = kind.label if kind is not None else first.facts.content
    stored = _stored(case, first.facts.content)
    bad = (stored.facts.missing or 0) + (stored.facts.damaged or 0) if stored else 0
    alike = [seen for seen in failing if seen.facts.content == first.facts.content]
    said = f"{len(alike)} of {first.facts.count} {label}s do not open without network"
    refs = (*(seen.id for seen in alike[:3]), stored.id if stored else None)
    if bad and len(alike) <= bad:
        said += f"; {bad} of their files are gone or damaged, and the app still lists them"
        # A cleaner on the phone, or a person, takes many at once; that was not seen.
        many = bad > 1 and 2 * bad >= first.facts.count
        return _match(case, (Party.CLIENT, Party.DEVICE), 0.55 if many else 0.76, said, refs)
    support = Support().add(holds=stored is not None)
    support.add(holds=any(seen.facts.text is not None for seen in alike))
    support.add(holds=len(alike) == first.facts.count and len(alike) > 1)
    if stored is not None:
        said += f", though {stored.facts.files} whole files lie on the phone"
    sure = sureness(0.66, support.supports)
    return _match(case, (Party.CLIENT, Party.HARNESS, Party.DEVICE), sure, said, refs)


def _saved(case: Case) -> Match | None:
    """A saved video is the phone's: no app stands between it and the player."""
    failing = [seen for seen in _failing(case) if seen.facts.content == ON_THE_PHONE]
    if not failing:
        return None
    stored = _stored(case, ON_THE_PHONE)
    missing = (stored.facts.missing or 0) if stored else 0
    damaged = (stored.facts.damaged or 0) if stored else 0
    count = f"{len(failing)} of {failing[0].facts.count} saved videos do not play"
    refs = (*(seen.id for seen in failing[:3]), stored.id if stored else None)
    if missing:
        said = f"{count}; MediaStore lists {missing} whose file is gone"
        return _match(case, (Party.DEVICE, Party.CLIENT), 0.7, said, refs)
    if damaged:
        said = f"{count}; {damaged} files are damaged, and who damaged them was not seen"
        return _match(case, (Party.CLIENT, Party.DEVICE), 0.5, said, refs)
    said = f"{count}, though their files are whole"
    return _match(case, (Party.DEVICE, Party.HARNESS), 0.66, said, refs)


def _shut(case: Case) -> Match | None:
    """The page itself does not open: its list could not even be looked at."""
    if case.bare or case.result != "failed":
        return None
    for seen in case.witnesses.looks:
        if seen.facts.unseen != "page_shut" or seen.mono < case.window[0]:
            continue
        kind = _kinds(case).get(seen.facts.content)
        label = kind.label if kind is not None else seen.facts.content
        return _match(
            case,
            (Party.CLIENT, Party.HARNESS),
            0.72,
            f"a tap on the list of {label}s opens nothing, twice",
            (seen.id,),
            control=_AGAIN,
        )
    return None


_APP = "The app itself failed: {what}."
_OFFLINE = "The service has no part in it: there was no network."

CONTENT = (
    Rule(
        "content_other_account",
        Layer.STORAGE,
        Party.ACCOUNT,
        Outcome.FAILED,
        f"Such content belongs to an account; another one is in front. {_OFFLINE}",
        "Files of the account in front that the app does not list.",
        _other_account,
        "It is a matter of the account: {what}.",
    ),
    Rule(
        "content_low_storage",
        Layer.STORAGE,
        Party.DEVICE,
        Outcome.FAILED,
        "Below a known limit of free space the app clears or refuses this content.",
        "Enough free space at the time of the loss.",
        _low_storage,
        "The phone is short of space: {what}.",
    ),
    Rule(
        "content_expired_by_policy",
        Layer.STORAGE,
        Party.CLIENT,
        Outcome.FAILED,
        f"The app itself says that it removed the content; that is its policy. {_OFFLINE}",
        "A clock that was moved, or want of space.",
        _policy,
        "The app removed it by its own policy: {what}.",
    ),
    Rule(
        "content_not_listed",
        Layer.STORAGE,
        Party.CLIENT,
        Outcome.FAILED,
        f"The files lie whole in the app's own folder. {_OFFLINE}",
        "Files that belong to an unfinished download.",
        _hidden,
        _APP,
    ),
    Rule(
        "content_does_not_open",
        Layer.STORAGE,
        Party.CLIENT,
        Outcome.FAILED,
        f"The app offers it as there, and does not open it. {_OFFLINE}",
        "A file that something else than the app removed or damaged.",
        _not_working,
        _APP,
    ),
    Rule(
        "content_saved_does_not_play",
        Layer.STORAGE,
        Party.DEVICE,
        Outcome.FAILED,
        "The phone keeps and plays what was saved to it; the app takes no part any more.",
        "A file that was cut short when the app saved it.",
        _saved,
        "The phone is at fault: {what}.",
    ),
    Rule(
        "content_page_stays_shut",
        Layer.UI,
        Party.CLIENT,
        Outcome.FAILED,
        f"The row is there, was tapped, and leads nowhere. {_OFFLINE}",
        "A tap that hit something else.",
        _shut,
        _APP,
    ),
    Rule(
        "content_vanished",
        Layer.STORAGE,
        Party.UNKNOWN,
        Outcome.FAILED,
        "It was there at an earlier look and is not any more; no reason was seen.",
        "A person who deleted it.",
        _vanished,
        "It is gone: {what}.",
    ),
)
