"""The page of a watch: what is out now, each scenario on each phone, what was; refreshes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from harness.domain.outage import Look, Outage, Place
from harness.domain.vocabulary import Party
from harness.reporting import words
from harness.reporting.outage_words import lasted, moment, since
from harness.reporting.page import environment

MARKS = {"good": "✓", "bad": "✗", "open": "?"}


def write_watch_page(
    path: Path, *, looks: Mapping[Place, Sequence[Look]], outages: Sequence[Outage],
    every: float, now: float, trouble: str = "",
) -> Path:  # fmt: skip
    """Replaces the page in one go. `every`: seconds between rounds; `now`: UTC seconds.

    `trouble`: what the last round could not look at, and why.
    """
    text = environment().get_template("watch.html.j2").render(
        refresh=max(min(int(every) // 4, 30), 5), now=moment(now),
        trouble=trouble, next=moment(now + every),
        rows=[row(place, seen) for place, seen in sorted(looks.items())],
        open=[shown(one, now) for one in outages if one.ended is None],
        past=[shown(one, now) for one in outages if one.ended is not None],
    )  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f"{path.name}.partial")
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)
    return path


def row(place: Place, seen: Sequence[Look]) -> dict[str, Any]:
    """One scenario on one phone: its state now and the looks before it, as marks."""
    last = seen[-1]
    fault = "" if last.party is Party.NONE else f", at fault: {words.PARTIES[last.party]}"
    return {
        "phone": place[0],
        "scenario": place[1].replace("_", " "),
        "tone": words.TONES.get(last.outcome, "open"),
        "state": f"{words.OUTCOMES[last.outcome]}{fault}",
        "at": moment(last.at),
        "looks": [
            {
                "tone": (tone := words.TONES.get(look.outcome, "open")),
                "mark": MARKS[tone],
                "title": f"{moment(look.at)}: {words.OUTCOMES[look.outcome]}",
            }
            for look in seen
        ],
        "run": f"{last.run}/index.html" if last.run else "",
    }


def shown(outage: Outage, now: float) -> dict[str, str]:
    """An outage in words."""
    until = outage.ended if outage.ended is not None else now
    places = "; ".join(f"{scenario.replace('_', ' ')} on {phone}" for phone, scenario in
                       outage.touched)  # fmt: skip
    return {
        "summary": outage.summary,
        "party": words.PARTIES[outage.party],
        "since": since(outage),
        "back": moment(outage.ended) if outage.ended is not None else "",
        "lasted": lasted(until - outage.started),
        "places": places,
    }
