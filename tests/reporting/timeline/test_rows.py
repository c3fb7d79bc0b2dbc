"""Thousands of requests are folded; what failed and what the verdict names stays."""

from harness.reporting.timeline.marks import Lane, Mark, Marks
from harness.reporting.timeline.rows import BINS, MOST_EVENTS, MOST_REQUESTS, fold, rows_of


def request(at: float, *, bad: bool = False, ref: str = "") -> Mark:
    return Mark(Lane.REQUEST, f"GET /{at}", at, at + 0.5, bad, ref)


def test_nothing_with_a_time_draws_nothing() -> None:
    assert rows_of(Marks()) is None


def test_the_failed_and_the_named_request_keep_their_rows() -> None:
    many = [request(float(i)) for i in range(3000)]
    marks = Marks(
        (*many, request(50.5, bad=True), request(60.5, ref="p-9")), named=frozenset({"p-9"})
    )

    rows = rows_of(marks)

    assert rows is not None
    assert len(rows.requests) == MOST_REQUESTS
    assert [mark.begun for mark in rows.requests if mark.bad] == [50.5]
    assert "p-9" in {mark.ref for mark in rows.requests}
    assert rows.folded is not None
    assert rows.folded.count == 3002 - MOST_REQUESTS
    assert rows.folded.bad == 0


def test_a_crash_is_not_pushed_out_by_looks_at_the_phone() -> None:
    looks = [Mark(Lane.PHONE, "in order", float(i), float(i), bad=False) for i in range(40)]
    crash = Mark(Lane.PHONE, "crashed", 39.5, 39.5, bad=True)

    rows = rows_of(Marks((*looks, crash)))

    assert rows is not None
    assert len(rows.phone) == MOST_EVENTS
    assert rows.phone[-1] is crash


def test_the_background_is_counted_by_time() -> None:
    folded = fold([request(0.0), request(0.01, bad=True), request(10.0)], 0.0, 10.0)

    assert (folded.count, folded.bad) == (3, 1)
    assert folded.heights[0] == (2, 1)
    assert folded.heights[BINS - 1] == (1, 0)
