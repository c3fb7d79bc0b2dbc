"""What is wrong with a kind of offline content, told from what was seen of it. Pure."""

from dataclasses import dataclass

from harness.domain.facts.storage import ContentLook
from harness.domain.profile import ContentKind, TextMeaning

EXPIRED = "expired_by_policy"
"""Hint of a text by which the app says that it let content expire."""


@dataclass(frozen=True, slots=True)
class ContentTrouble:
    """`what`: listed_less, foreign, expired, cleared, gone, low_storage."""

    what: str
    text: str  # one sentence for people


def content_trouble(
    look: ContentLook, kind: ContentKind, meanings: tuple[TextMeaning, ...], free: int | None
) -> ContentTrouble | None:
    """The first thing wrong with a list; None where it is right, or empty without a sign that
    there ever was anything. `free`: bytes free on the phone, None = not known."""
    hints = {meaning.hint for meaning in meanings if meaning.id in look.texts}
    listed = look.listed or 0
    if EXPIRED in hints:
        return ContentTrouble("expired", f"the app says that its {kind.label}s have expired")
    if listed < (look.files or 0):
        return ContentTrouble(
            "listed_less",
            f"{look.files} whole {kind.label}s lie on the phone, and the app lists {listed}",
        )
    if listed == 0 and look.foreign:
        return ContentTrouble(
            "foreign",
            f"the app lists no {kind.label}s; {look.foreign} on the phone are another account's",
        )
    if look.earlier is not None and listed < look.earlier:
        what = "gone" if look.cleared is None else "cleared"
        noted = "" if look.cleared is None else " and noted that it cleared them itself"
        return ContentTrouble(
            what,
            f"{look.earlier} {kind.label}s were there before, the app lists {listed}{noted}",
        )
    if listed == 0 and look.cleared is not None:
        return ContentTrouble(
            "cleared", f"the app lists no {kind.label}s and noted that it cleared them itself"
        )
    if listed == 0 and short_of_space(kind, free):
        return ContentTrouble(
            "low_storage",
            f"the app lists no {kind.label}s, and the phone has less space than they need",
        )
    return None


def short_of_space(kind: ContentKind, free: int | None) -> bool:
    """Less is free than the app wants for this kind of content."""
    return kind.minimum_free is not None and free is not None and free < kind.minimum_free
