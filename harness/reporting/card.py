"""The card of one scenario: what it says, why, and the way into the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markupsafe import Markup

from harness.domain.facts import StepEnded
from harness.domain.facts.screen import ScreenFilm
from harness.domain.observation import Observation
from harness.domain.verdict import Evidence, Verdict
from harness.domain.vocabulary import ControlResult, Level
from harness.reporting import words
from harness.reporting.answer import claim_refs
from harness.reporting.evidence_words import plain
from harness.reporting.loss_content import loss_content, losses_of
from harness.reporting.pictures import THUMBNAIL_WIDTH, small_picture
from harness.reporting.run_record import RunRecord, Try
from harness.reporting.timeline.picture import Thumbnail, draw

ARTEFACTS = (
    ("capture.har", "traffic (HAR)"),
    ("capture.mitm", "traffic (mitmproxy)"),
    ("timeline.svg", "timeline"),
    ("logcat.txt", "logcat"),
    ("verdict.json", "verdict"),
    ("losses.json", "losses"),
    ("before.json", "inventory before"),
    ("after.json", "inventory after"),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A way to a file of the run folder."""

    href: str
    label: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement for people with the lines that it rests on."""

    statement: str
    refs: tuple[str, ...]


def card(record: RunRecord, item: Try) -> dict[str, Any]:
    """Everything that the template of a card shows, by name; no pictures yet."""
    verdict = item.verdict
    decisive, beside = counted(verdict)
    return {
        **heading(item),
        "phone_line": phone_line(verdict),
        "app_line": app_line(verdict),
        "visibility": words.VISIBILITIES[verdict.visibility],
        "summary": plain(verdict.summary),
        "refs": claim_refs(verdict),
        "decisive": decisive,
        "beside": beside,
        "set_aside": claims(verdict.evidence, Level.DISCARDED),
        "unseen": [c.statement for c in claims(verdict.evidence, Level.NONE)],
        "conflicts": [Claim(plain(e.statement), e.refs) for e in verdict.conflicts],
        "controls": controls(verdict),
        "candidates": ", ".join(
            f"{words.PARTIES[c.party]} {words.percent(c.weight)}" for c in verdict.candidates
        ),
        "next_control": words.control(verdict.next_control) if verdict.next_control else None,
        "notes": [plain(note) for note in verdict.notes],
        "rule": verdict.rule,
        "rules_version": verdict.rules_version,
        "known_issue": verdict.known_issue,
        "steps": [step_row(item, seen) for seen in item.steps if isinstance(seen.facts, StepEnded)],
        "losses": loss_content(losses_of(record.folder / item.folder)),
        "films": films(record.folder, item),
        "film_missing": film_missing(item),
        "links": try_links(record.folder, item),
    }


def films(folder: Path, item: Try) -> list[str]:
    """Addresses of the try's films, in their order."""
    found = {one.name: one for one in (folder / item.folder).glob("film-*.mp4")}
    order = sorted(found, key=lambda name: (len(name), name))
    return [f"{item.folder}/{name}" for name in order]


def film_missing(item: Try) -> str:
    """Why there is no film, or not all of it; "" where nothing is missing."""
    told = (seen.facts for seen in item.events if isinstance(seen.facts, ScreenFilm))
    return next((film.why_not for film in told), "")


def heading(item: Try) -> dict[str, Any]:
    """What the list of scenarios shows of a card; enough for a card without details."""
    verdict = item.verdict
    again = f", try {verdict.try_number}" if verdict.try_number > 1 else ""
    return {
        "anchor": f"v-{verdict.id}",
        "title": words.scenario(verdict) + again,
        "tone": words.TONES.get(verdict.outcome, "open"),
        "outcome": words.OUTCOMES[verdict.outcome],
        "party": words.PARTIES[verdict.party] if verdict.party != "none" else "",
        "percent": words.percent(verdict.confidence),
        "phone": verdict.device.name if verdict.device else "",
        "summary": plain(verdict.summary),
    }


def pictures(record: RunRecord, item: Try) -> dict[str, Any]:
    """The decisive screenshot and the timeline, as they stand inside the page."""
    picture = item.decisive_picture
    folder = record.folder
    drawn = draw(item, thumbnail=thumbnails(record, item))
    return {
        "picture": picture,
        "picture_data": small_picture(folder / picture) if picture else None,
        "timeline": Markup(drawn),  # noqa: S704  # drawn by us, every text in it escaped
    }


def thumbnails(record: RunRecord, item: Try) -> Thumbnail:
    """From a screenshot's path in the try's run to its thumbnail."""

    def thumbnail(path: str) -> str | None:
        return small_picture(record.folder / item.within(path), THUMBNAIL_WIDTH)

    return thumbnail


def outside_pictures(record: RunRecord, item: Try) -> dict[str, Any]:
    """The same for a page beside the files: pictures by address, none of them opened."""
    beside = record.folder / item.folder / "timeline.svg"
    picture = item.decisive_picture
    up = "/".join([".."] * (len(Path(item.folder).parts)))
    return {
        "picture": f"{up}/{picture}" if picture and (record.folder / picture).is_file() else None,
        "picture_data": None,
        "timeline": None,
        "timeline_file": "timeline.svg" if beside.is_file() else None,
    }


def counted(verdict: Verdict) -> tuple[list[Claim], list[Claim]]:
    """(what decides: the rule's own line and what rests on the same, what was found beside it)."""
    lines = [item for item in verdict.evidence if item.level is Level.COUNTED]
    first = set(lines[0].refs) if lines else set[str]()
    decisive = [
        e for i, e in enumerate(lines)
        if i == 0 or (e.layer is verdict.layer and first & set(e.refs))
    ]  # fmt: skip
    beside = [e for e in lines if e not in decisive]
    return (
        [Claim(plain(e.statement), e.refs) for e in decisive],
        [Claim(plain(e.statement), e.refs) for e in beside],
    )


def claims(evidence: tuple[Evidence, ...], level: Level) -> list[Claim]:
    """The statements of one level, in words."""
    return [Claim(plain(item.statement), item.refs) for item in evidence if item.level is level]


def controls(verdict: Verdict) -> list[dict[str, Any]]:
    """Comparisons in words; what was not made says what stays open."""
    return [
        {
            "name": words.control(c.name),
            "made": c.result is not ControlResult.NOT_MADE,
            "mark": {ControlResult.OK: "✓", ControlResult.FAILED: "✗"}.get(c.result, "–"),
            "text": c.statement
            if c.result is not ControlResult.NOT_MADE
            else f"{words.UNCHECKED.get(c.name, words.control(c.name))}: not known.",
        }
        for c in sorted(verdict.controls, key=lambda one: one.result is ControlResult.NOT_MADE)
    ]


def phone_line(verdict: Verdict) -> str:
    """Which phone, and that it is simulated where it is."""
    device = verdict.device
    if device is None:
        return "no phone"
    kind = " (simulated)" if device.simulated else ""
    return f"{device.model or device.name}{kind}, Android API {device.api or '?'}"


def app_line(verdict: Verdict) -> str:
    """Which build of which app; "" when not known."""
    return words.build(verdict.app) if verdict.app else ""


def step_row(item: Try, seen: Observation) -> dict[str, Any]:
    """One line of the list of steps."""
    assert isinstance(seen.facts, StepEnded)  # noqa: S101  # the caller filters
    facts = seen.facts
    return {
        "title": facts.title,
        "ok": facts.ok,
        "result": "done" if facts.ok else facts.message or "failed",
        "seconds": f"{seen.mono - facts.begun:.1f} s",
        "screenshot": item.within(facts.screenshot) if facts.screenshot else None,
        "source": item.within(facts.source) if facts.source else None,
    }


def try_links(folder: Path, item: Try) -> list[Link]:
    """The artefacts of one try that exist."""
    inside = item.folder
    return [
        Link(f"{inside}/{name}", label)
        for name, label in ARTEFACTS
        if (folder / inside / name).is_file()
    ]
