"""The picture of the matrix: each cell says in words what it shows."""

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] - lxml ships no types

from harness.reporting.arm_matrix_picture import COLOURS, WRONG, ArmCell, draw_arms
from tests.reporting.records import HOSTILE

CELLS = {
    ("clear", "26"): ArmCell("lost", "12", "clear, API 26: 12 lost"),
    ("archive", "26"): ArmCell("refused", "–", "archive, API 26: refused", flawed=True),
}
ROWS = [("archive", "archive"), ("clear", "clear storage")]


def test_cells_legend_and_flaws() -> None:
    drawn = draw_arms(CELLS, ROWS, ["26", "27"], title="Costs", told="9 of 9 told right")
    root = etree.fromstring(drawn.encode())
    texts = ["".join(node.itertext()) for node in root.iter("{*}text")]
    assert [texts[0], texts[1]] == ["Costs", "9 of 9 told right"]
    assert {"12", "–", "clear storage", "only caches and compiled code go"} <= set(texts)
    spoken = [node.text for node in root.iter("{*}title")]
    assert spoken == ["archive, API 26: refused", "clear, API 26: 12 lost"]
    assert drawn.count(f'fill="{COLOURS["lost"]}"') == 2  # the cell and the legend
    assert drawn.count(f'stroke="{WRONG}"') == 2
    assert root.get("aria-label") == "Costs. 9 of 9 told right"


def test_texts_are_text_and_no_cells_draw_nothing() -> None:
    cells = {("x", "1"): ArmCell("kept", HOSTILE, HOSTILE)}
    drawn = draw_arms(cells, [("x", HOSTILE)], ["1"], title=HOSTILE, told=HOSTILE)
    assert "<script" not in drawn
    assert draw_arms({}, [], ["1"], title="x", told="y") == ""
