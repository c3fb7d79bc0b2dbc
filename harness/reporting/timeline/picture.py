"""Draws the rows of a try as SVG: inline in the page, or as a file that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from harness.reporting.foreign_text import harmless, shorten, shorten_within
from harness.reporting.run_record import Try
from harness.reporting.timeline.marks import Lane, Mark, Marks, marks_of
from harness.reporting.timeline.rows import BINS, Folded, Rows, rows_of
from harness.reporting.timeline.scale import LEFT, RIGHT, WIDTH, Scale, length

ROW, HEAD, SHOT_WIDTH, SHOT_HEIGHT, FOLD = 20, 22, 40, 84, 34
STYLE = """
.tl{font:11px system-ui,sans-serif}.tl text{fill:var(--tl-ink)}.tl .s{fill:var(--tl-soft)}
.tl .h{font-weight:600}.tl .grid{stroke:var(--tl-line)}.tl .gap{fill:var(--tl-bad);opacity:.14}
.tl .ok-Steps{fill:var(--tl-step)}.tl .ok-Requests{fill:var(--tl-request)}
.tl .ok-Comparisons{fill:var(--tl-good)}.tl .ok-Phone,.tl .ok-Recorder{fill:var(--tl-step)}
.tl .bad{fill:var(--tl-bad)}.tl .fail{stroke:var(--tl-bad);stroke-width:1.5;stroke-dasharray:5 3}
.tl .failed{fill:var(--tl-bad);font-weight:600}
svg.tl{--tl-ink:#161823;--tl-soft:#5a5f6b;--tl-line:#d9dce1;--tl-bad:#c0182f;--tl-good:#0a7d43;
--tl-step:#7f8ca3;--tl-request:#3f8fdd;width:100%;min-width:44rem}
@media(prefers-color-scheme:dark){svg.tl{--tl-ink:#f1f2f4;--tl-soft:#a9afba;--tl-line:#343842;
--tl-bad:#ff7a88;--tl-good:#5dd39e;--tl-step:#8b98b0;--tl-request:#6fb1f2}}
"""
"""Once a page; a file that stands alone carries it."""

type Thumbnail = Callable[[str], str | None]
"""From a screenshot's path within the run folder to a `data:` address."""


def draw(record: Try, *, thumbnail: Thumbnail | None = None) -> str:
    """The SVG; "" when nothing has a time. Every foreign text in it is escaped."""
    marks = marks_of(record)
    rows = rows_of(marks)
    return "" if rows is None else _Paper(marks, rows, thumbnail).drawn()


def alone(drawn: str) -> str:
    """The same as a file of its own, with its colours."""
    head, end, rest = drawn.partition(">")
    space = ' xmlns="http://www.w3.org/2000/svg"'
    return f"{head}{space}{end}<style>{STYLE}</style>{rest}" if drawn else ""


class _Paper:
    """Draws from top to bottom; `_top` is where the next row begins."""

    def __init__(self, marks: Marks, rows: Rows, thumbnail: Thumbnail | None) -> None:
        self._marks, self._rows, self._thumbnail = marks, rows, thumbnail
        self._scale = Scale(rows.begun, rows.ended)
        self._parts: list[str] = []
        self._top = HEAD + (14 if marks.failure is not None else 0)

    def drawn(self) -> str:
        rows = self._rows
        self._lane(Lane.STEP, rows.steps)
        self._shots()
        self._lane(Lane.REQUEST, rows.requests)
        if rows.folded is not None:
            self._folded(rows.folded)
        self._lane(Lane.PHONE, rows.phone)
        self._lane(Lane.PROXY, rows.proxy)
        self._lane(Lane.CONTROL, rows.controls)
        height = self._top + 6
        opening = f'<svg class="tl" viewBox="0 0 {WIDTH} {height}" role="img"'
        spoken = escape(self._spoken())
        under = "".join([*self._grid(height), *self._gaps(height)])
        over = self._failure(height)
        return f'{opening} aria-label="{spoken}">{under}{"".join(self._parts)}{over}</svg>'

    def _spoken(self) -> str:
        rows = self._rows
        hidden = rows.folded.count if rows.folded else 0
        bad = sum(mark.bad for mark in rows.requests) + (rows.folded.bad if rows.folded else 0)
        failing = [mark.label for mark in rows.steps if mark.bad]
        told = f" It failed in the step “{shorten(failing[0], 80)}”." if failing else ""
        return (
            f"Timeline over {rows.ended - rows.begun:.1f} seconds: {len(rows.steps)} steps,"
            f" {len(rows.requests) + hidden} requests of which {bad} failed.{told}"
        )

    def _lane(self, lane: Lane, marks: Sequence[Mark]) -> None:
        if not marks:
            return
        self._parts.append(f'<text class="h" x="4" y="{self._top + 12}">{lane}</text>')
        self._top += 16
        for mark in marks:
            self._row(mark)
        self._top += 6

    def _row(self, mark: Mark) -> None:
        left, right = self._scale.x(mark.begun), self._scale.x(mark.ended)
        seconds = mark.ended - mark.begun
        top = self._top
        title = harmless(f"{mark.label}. {mark.detail}".removesuffix(". "), 300)
        kind = "bad" if mark.bad else f"ok-{mark.lane}"
        label = ("✗ " if mark.bad else "") + mark.label
        self._parts.append(
            f"<g><title>{escape(title)} ({length(seconds)})</title>"
            f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end">'
            f"{escape(shorten_within(label, 38))}</text>"
        )
        if seconds > 0:
            self._parts.append(
                f'<rect class="{kind}" x="{left:.1f}" y="{top + 4}" '
                f'width="{max(right - left, 3):.1f}" height="11" rx="2"/>'
            )
            if right < WIDTH - 60:
                self._parts.append(
                    f'<text class="s" x="{right + 5:.1f}" y="{top + 13}">{length(seconds)}</text>'
                )
        else:
            self._parts.append(
                f'<path class="{kind}" d="M{left:.1f} {top + 3}l6 6.5-6 6.5-6-6.5z"/>'
            )
        self._parts.append("</g>")
        self._top += ROW

    def _shots(self) -> None:
        """Thumbnails at their moment; where two would overlap the later one moves right."""
        if self._thumbnail is None:
            return
        free = float(LEFT)
        drawn = 0
        for shot in self._marks.shots:
            picture = self._thumbnail(shot.path)
            at = self._scale.x(shot.at)
            left = max(at - SHOT_WIDTH, free)
            if picture is None or left + SHOT_WIDTH > WIDTH - RIGHT + SHOT_WIDTH / 2:
                continue
            self._parts.append(
                f"<g><title>Screen after: {escape(shorten(shot.title, 120))}</title>"
                f'<line class="grid" x1="{at:.1f}" y1="{self._top}" x2="{left + 20:.1f}" '
                f'y2="{self._top + 8}"/><image href="{picture}" x="{left:.1f}" '
                f'y="{self._top + 8}" width="{SHOT_WIDTH}" height="{SHOT_HEIGHT}"/></g>'
            )
            free = left + SHOT_WIDTH + 4
            drawn += 1
        if drawn:
            label = f'<text x="{LEFT - 8}" y="{self._top + 50}" text-anchor="end">the screen</text>'
            self._parts.append(label)
            self._top += SHOT_HEIGHT + 16

    def _folded(self, folded: Folded) -> None:
        """The background as one row: how many requests began when, the failed ones in red."""
        most = max(whole for whole, _ in folded.heights)
        step = (WIDTH - LEFT - RIGHT) / BINS
        bad = f", {folded.bad:,} failed" if folded.bad else ""
        said = f"{folded.count:,} more in the background{bad}"
        self._parts.append(
            f"<g><title>{said}</title>"
            f'<text x="{LEFT - 8}" y="{self._top + 20}" text-anchor="end">{said}</text>'
        )
        for index, (whole, failed) in enumerate(folded.heights):
            for kind, count in (("ok-Requests", whole), ("bad", failed)):
                if count:
                    tall = max(count / most * (FOLD - 6), 1.5)
                    self._parts.append(
                        f'<rect class="{kind}" x="{LEFT + index * step:.1f}" '
                        f'y="{self._top + FOLD - 4 - tall:.1f}" width="{step - 1:.1f}" '
                        f'height="{tall:.1f}"/>'
                    )
        self._parts.append("</g>")
        self._top += FOLD

    def _grid(self, height: float) -> list[str]:
        return [
            f'<line class="grid" x1="{x:.1f}" y1="{HEAD - 6}" x2="{x:.1f}" y2="{height}"/>'
            f'<text class="s" x="{x:.1f}" y="12" text-anchor="middle">{said}</text>'
            for x, said in self._scale.ticks()
        ]

    def _gaps(self, height: float) -> list[str]:
        found: list[str] = []
        for begun, ended in self._marks.gaps:
            left, right = self._scale.x(begun), self._scale.x(ended)
            found.append(
                f'<rect class="gap" x="{left:.1f}" y="{HEAD}" width="{max(right - left, 2):.1f}" '
                f'height="{height - HEAD}"><title>the recorder was down</title></rect>'
            )
        return found

    def _failure(self, height: float) -> str:
        if self._marks.failure is None:
            return ""
        x = self._scale.x(self._marks.failure)
        side, beside = ("end", x - 4) if x > WIDTH / 2 else ("start", x + 4)
        return (
            f'<line class="fail" x1="{x:.1f}" y1="{HEAD}" x2="{x:.1f}" y2="{height}"/>'
            f'<text class="failed" x="{beside:.1f}" y="{HEAD + 8}" text-anchor="{side}">'
            "it failed here</text>"
        )
