"""The one page for people: index.html, self-contained, every claim with its lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, select_autoescape
from markupsafe import Markup

from harness.adapters.observation_file import encode_line
from harness.domain.observation import Observation
from harness.domain.vocabulary import Outcome
from harness.reporting import words
from harness.reporting.answer import answers
from harness.reporting.card import Link, card, heading, outside_pictures, pictures, thumbnails
from harness.reporting.foreign_text import for_page, harmless
from harness.reporting.questions import replies
from harness.reporting.run_record import RunRecord, Try
from harness.reporting.timeline.picture import STYLE, alone, draw

ROOM = 3_600_000
"""Characters that cards may take in the page; the cards after that get pages of their own."""
MOST_WITH_PICTURES = 40
"""Tries up to which every timeline.svg carries its screenshots: they take time to shrink."""
LINE = 20_000
"""Characters of one recorded line on a page."""
_ORDER = (Outcome.FAILED, Outcome.BLOCKED, Outcome.INCONCLUSIVE, Outcome.PASSED, Outcome.NOT_RUN)


@dataclass(frozen=True, slots=True)
class Cards:
    """The larger part of the page, which hangs on no other report."""

    drawn: tuple[Markup, ...]
    cited: tuple[dict[str, str], ...]  # the lines they rest on: id, text


def build_page(record: RunRecord, cards: Cards | None = None) -> Path:
    """Writes index.html into the run folder, with links to the reports that lie there by now.

    `cards` where they were drawn before, while another report was built. Returns the page.
    """
    shown = cards or draw_cards(record)
    content = page_content(record) | {"cards": shown.drawn, "cited": shown.cited}
    path = record.folder / "index.html"
    page = environment().get_template("page.html.j2")
    path.write_text(page.render(**content), encoding="utf-8")
    return path


def environment() -> Environment:
    """Everything is escaped, and foreign text made harmless, before it is shown."""
    made = Environment(
        loader=PackageLoader("harness.reporting", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        finalize=for_page,
        trim_blocks=True,
    )
    made.filters["short_id"] = short_id
    shared: dict[str, Any] = {"timeline_style": Markup(STYLE)}  # noqa: S704  # our own
    made.globals.update(shared)
    style = made.get_template("style.css.j2").render()
    shared = {"style": Markup(style)}  # noqa: S704  # our own, rendered once
    made.globals.update(shared)
    return made


def short_id(ref: str) -> str:
    """A recorded line's id as it is shown: "proxy-39891ed3-14" → "proxy 14"."""
    source, _, number = ref.partition("-")
    return f"{source} {number.rpartition('-')[2]}" if number else ref


def page_content(record: RunRecord) -> dict[str, Any]:
    """What the template shows beside the cards, by name."""
    leads = answers(record)
    return {
        "headline": leads[0].sentence if leads else "Nothing was run",
        "simulated": record.simulated,
        "started": words.moment(record.manifest.get("started")),
        "run_id": record.manifest.get("run_id", record.folder.name),
        "leads": leads,
        "replies": replies(record),
        "list": [heading(item) for item in in_order(record.tries)],
        "links": run_links(record),
        "damage": record.damage,
    }


def in_order(tries: Iterable[Try]) -> list[Try]:
    """What failed first; else as it was run."""
    return sorted(tries, key=lambda item: _ORDER.index(item.verdict.outcome))


def draw_cards(record: RunRecord) -> Cards:
    """Cards as far as there is room in one page; the tries after that get pages of their own."""
    templates = environment()
    full, short = templates.get_template("card.html.j2"), templates.get_template("short.html.j2")
    drawn: list[Markup] = []
    lines: dict[str, str] = {}
    room = ROOM
    for item in in_order(record.tries):
        shown: Markup | None = None
        if room > 0:
            new = _lines(record, item, lines)
            content = card(record, item) | pictures(record, item)
            shown = Markup(full.render(card=content))  # noqa: S704  # escaped by the template
            size = len(shown) + sum(map(len, new.values()))
            if size <= room:
                lines |= new
            else:
                shown = None
            room -= size
        if shown is None:
            href = _own_page(record, item, templates)
            shown = Markup(short.render(card=heading(item), href=href))  # noqa: S704  # as above
        drawn.append(shown)
    cited = ({"id": ref, "text": lines[ref]} for ref in sorted(lines))
    return Cards(tuple(drawn), tuple(cited))


def _lines(record: RunRecord, item: Try, known: dict[str, str]) -> dict[str, str]:
    verdict = item.verdict
    refs = (ref for entry in (*verdict.evidence, *verdict.conflicts) for ref in entry.refs)
    return {
        ref: line_text(record.cited[ref])
        for ref in dict.fromkeys(refs)
        if ref in record.cited and ref not in known
    }


def write_timelines(record: RunRecord) -> None:
    """timeline.svg in the folder of every try; with screenshots while they are few."""
    few = len(record.tries) <= MOST_WITH_PICTURES
    for item in record.tries:
        folder = record.folder / item.folder
        shots = thumbnails(record, item) if few else None
        if folder.is_dir() and (drawn := draw(item, thumbnail=shots)):
            (folder / "timeline.svg").write_text(alone(drawn), encoding="utf-8")


def _own_page(record: RunRecord, item: Try, templates: Environment) -> str:
    """details.html in the try's folder, for a run with too many tries for one page."""
    folder = record.folder / item.folder
    folder.mkdir(parents=True, exist_ok=True)
    lines = _lines(record, item, {})
    up = "/".join([".."] * (len(Path(item.folder).parts)))
    content = card(record, item) | outside_pictures(record, item)
    content["links"] = [Link(f"{up}/{link.href}", link.label) for link in content["links"]]
    content["films"] = [f"{up}/{address}" for address in content["films"]]
    for step in content["steps"]:
        step["screenshot"] = f"{up}/{step['screenshot']}" if step["screenshot"] else None
        step["source"] = f"{up}/{step['source']}" if step["source"] else None
    text = templates.get_template("details.html.j2").render(
        card=content, back=f"{up}/index.html", simulated=record.simulated,
        cited=[{"id": ref, "text": lines[ref]} for ref in sorted(lines)],
    )  # fmt: skip
    (folder / "details.html").write_text(text, encoding="utf-8")
    return f"{item.folder}/details.html"


def line_text(seen: Observation) -> str:
    """The observation as it stands in observations.jsonl, indented for reading."""
    text = msgspec.json.format(encode_line(seen), indent=1).decode("utf-8")
    return harmless(text, LINE)


def run_links(record: RunRecord) -> list[Link]:
    """The way into everything else of the run, and to the runs beside it."""
    files = (
        ("allure-report/index.html", "Allure report"),
        ("summary.md", "summary (Markdown)"),
        ("observations.jsonl", "all observations"),
        ("verdicts.json", "verdicts"),
        ("junit.xml", "JUnit"),
        ("manifest.json", "manifest"),
    )
    links = [Link(name, label) for name, label in files if (record.folder / name).exists()]
    others = record.manifest.get("linked_runs", [])
    links += [Link(f"../{run['run_id']}/index.html", run.get("label", "")) for run in others]
    return links
