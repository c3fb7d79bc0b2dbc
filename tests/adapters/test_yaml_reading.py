"""Complaints about settings name file, line and key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from harness.adapters.yaml_reading import Section, SettingError, read_section


def section(tmp_path: Path, text: str) -> Section:
    path = tmp_path / "s.yaml"
    path.write_text(text, encoding="utf-8")
    return read_section(path)


def test_values_are_handed_out(tmp_path: Path) -> None:
    top = section(tmp_path, "a: x\nb: 2.5\nc: [p, q]\nd: {k: v}\ne: [{f: 1}]\ng: one\nh: null\n")
    assert top.text("a") == "x"
    assert top.number("b") == 2.5
    assert top.texts("c") == ("p", "q")
    assert top.texts("g") == ("one",)
    assert top.mapping("d") == {"k": "v"}
    assert [row.number("f") for row in top.sections("e")] == [1.0]
    assert top.text_or_none("h") is None
    assert top.text("none", "else") == "else"
    assert top.number("none", 3) == 3.0
    assert top.section("none") is None
    assert top.sections("none") == []
    assert top.mapping("none") == {}
    assert top.choice("none", str, ()) is None
    top.done()


Ask = Callable[[Section], object]


def _known_label(top: Section) -> None:
    top.find("label")
    top.done()


WRONG: list[tuple[str, Ask | None, str]] = [
    ("a: 1\na: 2\n", None, r"line 2: key 'a' stands here twice"),
    ("- x\n", None, "a mapping"),
    ("a: [\n", None, "no valid YAML"),
    ("a: \x01\n", None, "no valid YAML"),
    ("b: 1\n", lambda s: s.text("a"), "key 'a' is missing"),
    ("a: [1]\n", lambda s: s.text("a"), "key 'a' must be a text"),
    ("a: x\n", lambda s: s.number("a"), "key 'a' must be a number"),
    ("a: [1]\n", lambda s: s.number("a"), "key 'a' must be a number"),
    ("a: {b: 1}\n", lambda s: s.texts("a"), "a list of texts"),
    ("a: 1\n", lambda s: s.section("a"), "a mapping"),
    ("a: 1\n", lambda s: s.sections("a"), "a list of mappings"),
    ("a: [1]\n", lambda s: s.sections("a"), r"a\[0\] must be a mapping"),
    ("a: x\n", lambda s: s.choice("a", int, ("1",)), "one of 1; it is 'x'"),
    ("labell: 1\n", _known_label, "did you mean 'label'"),
    ("zzz: 1\n", _known_label, "known here: label"),
]


@pytest.mark.parametrize(("text", "ask", "why"), WRONG)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, ask: Ask | None, why: str) -> None:
    def read() -> None:
        top = section(tmp_path, text)
        if ask is not None:
            ask(top)

    with pytest.raises(SettingError, match=why) as caught:
        read()
    assert "s.yaml" in str(caught.value)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="cannot be read"):
        read_section(tmp_path)
