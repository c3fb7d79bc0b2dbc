from collections.abc import Callable
from pathlib import Path

import pytest

from harness.adapters.strict_yaml import StrictYamlError, Value, load, parse, unknown


def a_port(value: Value) -> int:
    return value.number(1, 65535)


def value(text: str) -> Value:
    return parse(f"key: {text}", "f.yaml").entries()["key"]


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("word", Value.text, "word"),
        ('"1"', Value.text, "1"),
        ("true", Value.flag, True),
        ("off", Value.flag, False),
        ("8080", a_port, 8080),
        ("0x10", a_port, 16),
        ("[a, b]", Value.texts, ("a", "b")),
        ("a", Value.texts, ("a",)),
    ],
)
def test_values(text: str, read: Callable[[Value], object], expected: object) -> None:
    assert read(value(text)) == expected


@pytest.mark.parametrize(
    ("text", "read", "said"),
    [
        ("1", Value.text, "must be text, not '1'; put it in quotes"),
        ("{a: b}", Value.text, "must be text, not a mapping"),
        ("maybe", Value.flag, "must be true or false, not 'maybe'"),
        ("70000", a_port, "from 1 to 65535"),
        ("x", a_port, "must be a whole number"),
        ("word", Value.items, "must be a list"),
        ("word", Value.entries, "must be a mapping"),
        ("{a: 1, a: 2}", Value.entries, "stands twice"),
        ("{[a]: 1}", Value.entries, "no plain word"),
    ],
)
def test_wrong_types_name_file_line_and_key(
    text: str, read: Callable[[Value], object], said: str
) -> None:
    with pytest.raises(StrictYamlError, match=r"f\.yaml:1: ") as caught:
        read(value(text))

    assert said in str(caught.value)


def test_unknown_keys_get_the_nearest_known() -> None:
    with pytest.raises(StrictYamlError, match=r"f\.yaml:2: 'serail' is not known.*'serial'"):
        parse("\nserail: x", "f.yaml").entries(("serial", "launch"))
    assert "known are: a, b" in unknown("zzz", ("b", "a"), "here")


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("a: [1", 1), ("a: 1\n\tb: 2", 2), ("a: @x", 1)]
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(StrictYamlError, match=r"is no YAML|is empty") as caught:
        parse(text, "f.yaml")

    assert caught.value.line == line


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe\xfa")

    for path in (tmp_path / "absent.yaml", tmp_path / "latin.yaml"):
        with pytest.raises(StrictYamlError, match="cannot be read"):
            load(path)
