"""One picture of what happened: steps, requests and events of a try on one clock (SVG)."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from harness.domain.facts import ControlMade, Exchange, StepEnded
from harness.domain.observation import Observation
from harness.reporting.run_record import Try

WIDTH, LABEL, ROW = 960, 250, 22
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of the picture; times in monotonic seconds."""

    label: str
    begun: float
    ended: float
    kind: str  # step, step-bad, request, request-bad, control, control-bad
    ref: str  # observation id


def bars(record: Try) -> list[Bar]:
    """Rows in order of time; requests that nobody waited for are folded away first."""
    found = [bar for seen in record.steps if (bar := _step(seen)) is not None]
    requests = [bar for seen in record.exchanges if (bar := _request(seen)) is not None]
    found += [bar for seen in record.events if (bar := _control(seen)) is not None]
    room = max(MOST_ROWS - len(found), 0)
    worst_first = sorted(requests, key=lambda bar: (bar.kind == "request", bar.begun))
    found += worst_first[:room]
    return sorted(found, key=lambda bar: (bar.begun, -bar.ended))


def _step(seen: Observation) -> Bar | None:
    if not isinstance(seen.facts, StepEnded):
        return None
    kind = "step" if seen.facts.ok else "step-bad"
    return Bar(seen.facts.title, seen.facts.begun, seen.mono, kind, seen.id)


def _request(seen: Observation) -> Bar | None:
    facts = seen.facts
    if not isinstance(facts, Exchange):
        return None
    ended = facts.ended if facts.ended is not None else seen.mono
    code = facts.envelope.code if facts.envelope else None
    bad = facts.error is not None or (facts.status or 0) >= 400 or bool(code)
    answer = facts.error or (f"{facts.status}" if facts.status else "no answer yet")
    label = f"{facts.method} {facts.path} → {answer}" + (f" (code {code})" if code else "")
    return Bar(label, facts.begun, ended, "request-bad" if bad else "request", seen.id)


def _control(seen: Observation) -> Bar | None:
    if not isinstance(seen.facts, ControlMade) or seen.facts.result == "not_made":
        return None
    kind = "control" if seen.facts.result == "ok" else "control-bad"
    begun = seen.mono - (seen.facts.seconds or 0.0)
    return Bar(
        f"control: {seen.facts.name} {seen.facts.target or ''}", begun, seen.mono, kind, seen.id
    )


def _shorten(text: str, most: int = 34) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def draw(record: Try) -> str:
    """An inline SVG with a text for each row; an empty string when nothing has a time."""
    rows = bars(record)
    if not rows:
        return ""
    first = min(bar.begun for bar in rows)
    last = max(first + 0.001, *(bar.ended for bar in rows))
    scale = (WIDTH - LABEL - 70) / (last - first)
    height = ROW * len(rows) + 30
    spoken = f"Timeline of {len(rows)} rows over {last - first:.1f} seconds"
    opening = f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img"'
    parts = [f'{opening} aria-label="{spoken}">']
    for index, bar in enumerate(rows):
        top = index * ROW + 6
        left = LABEL + (bar.begun - first) * scale
        width = max((bar.ended - bar.begun) * scale, 3)
        title = f"{bar.label} ({bar.ended - bar.begun:.2f} s)"
        parts.append(
            f"<g><title>{escape(title)}</title>"
            f'<text x="{LABEL - 8}" y="{top + 12}" text-anchor="end">{escape(_shorten(bar.label))}'
            f'</text><rect class="{bar.kind}" x="{left:.1f}" y="{top}" width="{width:.1f}" '
            f'height="{ROW - 8}" rx="3"/><text class="s" x="{left + width + 5:.1f}" '
            f'y="{top + 12}">{bar.ended - bar.begun:.1f} s</text></g>'
        )
    parts.append("</svg>")
    return "".join(parts)
