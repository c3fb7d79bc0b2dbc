"""Puts the timeline and the ways to the other artefacts on Allure's results."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any

import msgspec

from harness.reporting.card import films
from harness.reporting.manifest import MEDIA_TYPES
from harness.reporting.run_record import RunRecord

TIMELINE = "What happened, on one clock"
FILM = "Film of the screen"
MOST_FILMS = 40
"""Results whose films lie in the report itself, which is one file; the others link theirs."""
_SPACE = uuid.UUID("6f0f3f6e-9a52-4c0c-9d0c-0f6a5d6a8f11")
LINKED = (
    ("capture.har", "traffic (HAR)"),
    ("capture.mitm", "traffic (mitmproxy)"),
    ("losses.json", "what was lost"),
)


def add_pictures(record: RunRecord) -> int:
    """Completes the results of this run's verdicts; a second call changes nothing.

    Returns how many results were completed. A result that cannot be read is Allure's to report.
    """
    results = record.folder / "allure-results"
    by_id = {item.verdict.id: item for item in record.tries}
    done = filmed = 0
    for path in sorted(results.glob("*-result.json")):
        try:
            result: dict[str, Any] = msgspec.json.decode(path.read_bytes())
        except msgspec.DecodeError:
            continue
        item = by_id.get(_label(result, "verdict") or "")
        if item is None:
            continue
        inside = item.folder
        _attach(result, results, record.folder / inside / "timeline.svg", TIMELINE)
        seen = films(record.folder, item)
        filmed += bool(seen)
        for number, address in enumerate(seen, 1):
            if filmed <= MOST_FILMS:
                _attach(result, results, record.folder / address, f"{FILM} {number}")
            else:
                _link(result, f"../{address}", f"{FILM} {number}")
        _link(result, f"../index.html#v-{item.verdict.id}", "The page for people")
        for name, label in LINKED:
            if (record.folder / inside / name).is_file():
                _link(result, f"../{inside}/{name}", label)
        path.write_bytes(msgspec.json.encode(result))
        done += 1
    return done


def _label(result: dict[str, Any], name: str) -> str | None:
    labels = (one for one in result.get("labels", []) if one.get("name") == name)
    return next((str(one.get("value")) for one in labels), None)


def _attach(result: dict[str, Any], results: Path, picture: Path, name: str) -> None:
    attachments: list[dict[str, Any]] = result.setdefault("attachments", [])
    if not picture.is_file():
        return
    first = name == TIMELINE
    key = result.get("uuid", "") + ("" if first else name)
    source = f"{uuid.uuid5(_SPACE, key)}-attachment{picture.suffix}"
    (results / source).write_bytes(picture.read_bytes())
    if all(one.get("source") != source for one in attachments):
        shown = {"name": name, "source": source, "type": MEDIA_TYPES[picture.suffix]}
        attachments.insert(0 if first else len(attachments), shown)


def _link(result: dict[str, Any], url: str, name: str) -> None:
    links: list[dict[str, Any]] = result.setdefault("links", [])
    if all(one.get("url") != url for one in links):
        links.append({"type": "link", "url": url, "name": name})
