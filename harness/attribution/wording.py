"""How things are called in the sentences for people."""

from harness.attribution.attempt import Attempt
from harness.attribution.case import Case


def possessive(title: str) -> str:
    """TikTok -> TikTok's."""
    return f"{title}'" if title.endswith("s") else f"{title}'s"


def capital(text: str) -> str:
    """First letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def service_label(case: Case, attempt: Attempt | None) -> str:
    """ "TikTok's log-in service", "the app's service at api.example.org"."""
    owner = possessive(case.matcher.profile.title)
    need = attempt.need if attempt is not None else None
    if need is None and attempt is not None and not case.bare and case.needs:
        need = case.needs[0]
    if need is not None:
        return f"{owner} {need.label.removeprefix('the ')}"
    return f"{owner} service at {attempt.host}" if attempt is not None else f"{owner} service"


def seconds(value: float | None) -> str:
    """ "2.0 s", or words where the time is not known."""
    return "an unknown time" if value is None else f"{value:.1f} s"


def slots_for(case: Case, attempt: Attempt | None, **more: str) -> dict[str, str]:
    """What every summary template may use."""
    found = {
        "title": case.matcher.profile.title,
        "service": service_label(case, attempt),
        "host": attempt.host if attempt is not None else "",
        "call": attempt.label if attempt is not None else "",
        "wait": seconds(attempt.failure.wait if attempt and attempt.failure else None),
    }
    found.update(more)
    return found
