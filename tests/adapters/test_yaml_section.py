"""A mapping is read key by key; complaints name file, line and key."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.adapters.setting_error import SettingError
from harness.adapters.strict_yaml import parse
from harness.adapters.yaml_section import Section


def section(text: str) -> Section:
    return Section(parse(text, "s.yaml"))


def test_values_are_handed_out() -> None:
    top = section(
        "a: x\nb: 2.5\nc: [p, q]\nd: {k: v}\ne: [{f: 1}]\ng: one\nh: {i: {j: w}}\nk: no\n"
    )
    below = top.section("d")
    assert below is not None
    assert below.text("k") == "v"
    assert top.text("a") == "x"
    assert top.number("b") == 2.5
    assert top.texts("c") == ("p", "q")
    assert top.texts("g") == ("one",)
    assert top.mapping("d") == {"k": "v"}
    assert [row.number("f") for row in top.sections("e")] == [1.0]
    assert {name: row.text("j") for name, row in top.named("h").items()} == {"i": "w"}
    assert top.choice("k", str.upper, ("no",)) == "NO"
    top.done()


def test_what_is_absent_has_a_default() -> None:
    top = section("{}")
    assert top.text("none", "else") == "else"
    assert top.text("none", "") == ""
    assert top.text_or_none("none") is None
    assert top.number("none", 3) == 3.0
    assert top.section("none") is None
    assert top.texts("none") == ()
    assert top.sections("none") == []
    assert top.named("none") == {}
    assert top.mapping("none") == {}
    assert top.choice("none", str, ()) is None
    top.done()


Ask = Callable[[Section], object]


def _known_label(top: Section) -> None:
    top.find("label")
    top.done()


WRONG: list[tuple[str, Ask, str]] = [
    ("b: 1", lambda s: s.text("a"), "1: 's.yaml' needs the key 'a'"),
    ("b: 1", lambda s: s.number("a"), "1: 's.yaml' needs the key 'a'"),
    ("\na: {b: 1}", lambda s: s.named("a"), "2: 'a.b' must be a mapping (key: value), not '1'"),
    ("a:\n  b:", lambda s: s.mapping("a"), "2: 'a.b' must be text, not empty"),
    ("a:\n- b: {}", lambda s: s.sections("a")[0].text("b"), "2: 'a[0].b' must be text, not a map"),
    ("a:", lambda s: s.text("a", "else"), "1: 'a' must be text, not empty"),
    ("a: ~", lambda s: s.text_or_none("a"), "1: 'a' must be text, not '~'; put it in quotes"),
    ("a: 1", lambda s: s.text("a"), "1: 'a' must be text, not '1'; put it in quotes"),
    ("a:", lambda s: s.number("a", 1), "1: 'a' must be a number of at least 0, not empty"),
    ("a:", lambda s: s.texts("a"), "1: 'a' must be text, not empty"),
    ("a:", lambda s: s.section("a"), "1: 'a' must be a mapping (key: value), not empty"),
    ("a:", lambda s: s.sections("a"), "1: 'a' must be a list, not empty"),
    ("a: [1]", lambda s: s.sections("a"), "1: 'a[0]' must be a mapping"),
    ("a:", lambda s: s.choice("a", int, ("1",)), "1: 'a' must be one word, not empty"),
    ("a: x", lambda s: s.choice("a", int, ("1", "2")), "1: 'a' must be one of 1, 2; it is 'x'"),
    ("\n\nlabell: 1", _known_label, "3: 'labell' is not known in 's.yaml'; did you mean 'label'?"),
    ("zzz: 1", _known_label, "1: 'zzz' is not known in 's.yaml'; known are: label"),
]


@pytest.mark.parametrize(("text", "ask", "said"), WRONG)
def test_what_is_wrong_is_said(text: str, ask: Ask, said: str) -> None:
    top = section(text)
    with pytest.raises(SettingError) as caught:
        ask(top)
    assert str(caught.value).startswith(f"s.yaml:{said}")


@pytest.mark.parametrize("text", ["- x", "a: 1\na: 2", "x"])
def test_only_a_mapping_without_repeated_keys_is_a_section(text: str) -> None:
    with pytest.raises(SettingError, match=r"s\.yaml:[12]: .*(must be a mapping|stands twice)"):
        section(text)
