"""The one page for people: index.html, self-contained, every claim with its lines."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup
from PIL import Image, UnidentifiedImageError

from harness.adapters.observation_file import encode_line
from harness.domain.facts import StepEnded
from harness.domain.observation import Observation
from harness.domain.verdict import Evidence, Verdict
from harness.domain.vocabulary import ControlResult, Level, Outcome
from harness.reporting import words
from harness.reporting.loss_content import loss_content, losses_of
from harness.reporting.run_record import RunRecord, Try
from harness.reporting.timeline import draw

TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad"}
PICTURE_WIDTH = 360  # pixels of the picture inside the page; the full one is linked
ARTEFACTS = (
    ("capture.har", "traffic (HAR)"),
    ("capture.mitm", "traffic (mitmproxy)"),
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


def build_page(record: RunRecord) -> Path:
    """Writes index.html into the run folder and returns its path."""
    environment = Environment(
        loader=PackageLoader("harness.reporting", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
    )
    text = environment.get_template("page.html.j2").render(**page_content(record))
    path = record.folder / "index.html"
    path.write_text(text, encoding="utf-8")
    return path


def page_content(record: RunRecord) -> dict[str, Any]:
    """What the template shows, by name."""
    leads = [lead(verdict) for verdict in leading(record)]
    return {
        "headline": leads[0]["sentence"] if leads else "Nothing was run",
        "simulated": record.simulated,
        "started": words.moment(record.manifest.get("started")),
        "run_id": record.manifest.get("run_id", record.folder.name),
        "leads": leads,
        "cards": [card(record, item) for item in record.tries],
        "links": run_links(record),
        "damage": record.damage,
        "cited": [
            {"id": seen.id, "text": line_text(seen)} for _, seen in sorted(record.cited.items())
        ],
    }


def leading(record: RunRecord) -> list[Verdict]:
    """One verdict an incident, worst first; all in health: the first that passed."""
    verdicts = [item.verdict for item in record.tries]
    grouped = {ref: incident.id for incident in record.incidents for ref in incident.verdicts}
    seen: set[str] = set()
    chosen: list[Verdict] = []
    for verdict in sorted(verdicts, key=lambda v: -v.confidence):
        group = grouped.get(verdict.id, verdict.id)
        if verdict.outcome in {Outcome.PASSED, Outcome.NOT_RUN} or group in seen:
            continue
        seen.add(group)
        chosen.append(verdict)
    return chosen or verdicts[:1]


def lead(verdict: Verdict) -> dict[str, Any]:
    """The answer in one sentence, with what to do."""
    return {
        "sentence": verdict.summary,
        "tone": TONES.get(verdict.outcome, "open"),
        "refs": claim_refs(verdict),
        "sureness": words.sureness(verdict.confidence),
        "percent": words.percent(verdict.confidence),
        "since": words.moment(verdict.started) if verdict.outcome is Outcome.FAILED else None,
        "advice": verdict.advice,
    }


def claim_refs(verdict: Verdict) -> list[str]:
    """Lines on which the summary rests: those of the counted evidence, each once."""
    counted = (item for item in verdict.evidence if item.level is Level.COUNTED)
    return list(dict.fromkeys(ref for item in counted for ref in item.refs))


def card(record: RunRecord, item: Try) -> dict[str, Any]:
    """One scenario's card."""
    verdict = item.verdict
    device, app = verdict.device, verdict.app
    title = (verdict.scenario or "capture").replace("_", " ").capitalize()
    by_level: dict[Level, list[Evidence]] = {level: [] for level in Level}
    for evidence in verdict.evidence:
        by_level[evidence.level].append(evidence)
    picture = item.decisive_picture
    return {
        "anchor": f"v-{verdict.id}",
        "title": title,
        "tone": TONES.get(verdict.outcome, "open"),
        "outcome": words.OUTCOMES[verdict.outcome],
        "party": words.PARTIES[verdict.party],
        "percent": words.percent(verdict.confidence),
        "phone": device.name if device else "",
        "phone_line": _phone_line(verdict),
        "app_line": f"{app.package} {app.version_name or ''}".strip() if app else "",
        "visibility": words.VISIBILITIES[verdict.visibility],
        "summary": verdict.summary,
        "refs": claim_refs(verdict),
        "evidence": by_level[Level.COUNTED],
        "set_aside": by_level[Level.DISCARDED],
        "unseen": [evidence.statement for evidence in by_level[Level.NONE]],
        "conflicts": verdict.conflicts,
        "controls": [
            {
                "name": words.control(c.name),
                "failed": c.result is ControlResult.FAILED,
                "text": c.statement,
            }
            for c in verdict.controls
            if c.result is not ControlResult.NOT_MADE
        ],
        "unmade": ", ".join(
            words.control(c.name).lower()
            for c in verdict.controls
            if c.result is ControlResult.NOT_MADE
        ),
        "candidates": ", ".join(
            f"{words.PARTIES[c.party]} {words.percent(c.weight)}" for c in verdict.candidates
        ),
        "next_control": words.control(verdict.next_control) if verdict.next_control else None,
        "notes": verdict.notes,
        "rule": verdict.rule,
        "rules_version": verdict.rules_version,
        "known_issue": verdict.known_issue,
        "picture": picture,
        "picture_data": small_picture(record.folder / picture) if picture else None,
        "timeline": Markup(draw(item)),  # noqa: S704  # drawn by us, every text in it escaped
        "steps": [step_row(seen) for seen in item.steps if isinstance(seen.facts, StepEnded)],
        "losses": loss_content(losses_of(record.folder / "tests" / item.slug)),
        "links": try_links(record.folder, item),
    }


def _phone_line(verdict: Verdict) -> str:
    device = verdict.device
    if device is None:
        return "no phone"
    kind = " (simulated)" if device.simulated else ""
    return f"{device.model or device.name}{kind}, Android API {device.api or '?'}"


def step_row(seen: Observation) -> dict[str, Any]:
    """One line of the table of steps."""
    assert isinstance(seen.facts, StepEnded)  # noqa: S101  # the caller filters
    facts = seen.facts
    return {
        "title": facts.title,
        "result": "done" if facts.ok else facts.message or "failed",
        "seconds": f"{seen.mono - facts.begun:.1f} s",
        "screenshot": facts.screenshot,
        "source": facts.source,
    }


def small_picture(path: Path) -> str | None:
    """The screenshot as a small data address, so that the page stands alone."""
    try:
        with Image.open(path) as image:
            height = round(image.height * PICTURE_WIDTH / image.width)
            small = image.convert("RGB").resize((PICTURE_WIDTH, height))
    except (OSError, UnidentifiedImageError):
        return None
    buffer = BytesIO()
    small.save(buffer, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def line_text(seen: Observation) -> str:
    """The observation as it stands in observations.jsonl, indented for reading."""
    return msgspec.json.format(encode_line(seen), indent=1).decode("utf-8")


def try_links(folder: Path, item: Try) -> list[Link]:
    """The artefacts of one try that exist."""
    inside = f"tests/{item.slug}"
    return [
        Link(f"{inside}/{name}", label)
        for name, label in ARTEFACTS
        if (folder / inside / name).is_file()
    ]


def run_links(record: RunRecord) -> list[Link]:
    """The way into everything else of the run, and to the runs beside it."""
    files = (
        ("allure-report/index.html", "Allure report"),
        ("observations.jsonl", "all observations"),
        ("verdicts.json", "verdicts"),
        ("junit.xml", "JUnit"),
        ("manifest.json", "manifest"),
    )
    links = [Link(name, label) for name, label in files if (record.folder / name).exists()]
    others = record.manifest.get("linked_runs", [])
    links += [Link(f"../{run['run_id']}/index.html", run.get("label", "")) for run in others]
    return links
