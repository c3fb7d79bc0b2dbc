"""The matrix: every count stands in its cell, the sum is spoken, names are text."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.reporting.matrix_picture import draw_matrix
from tests.reporting.records import HOSTILE

COUNTS = {("server", "server"): 30, ("server", "unknown"): 2, ("client", "client"): 9}


def test_counts_and_sum_are_there() -> None:
    drawn = draw_matrix(COUNTS, ["server", "client", "unknown"], title="Open traffic")

    root = etree.fromstring(drawn.encode())
    texts = ["".join(node.itertext()) for node in root.iter("{*}text")]
    assert "Open traffic: 39 of 41 name the true party" in texts
    assert [text for text in texts if text.isdigit()] == ["30", "2", "9"]
    assert root.get("aria-label", "").startswith("Open traffic: 39 of 41 name the true party.")
    assert len(list(root.iter("{*}rect"))) == 9


def test_names_are_text_and_no_labels_draw_nothing() -> None:
    drawn = draw_matrix({(HOSTILE, HOSTILE): 1}, [HOSTILE], title=HOSTILE)

    assert "<script" not in drawn
    assert "\u202e" not in drawn
    assert draw_matrix({}, [], title="x") == ""
