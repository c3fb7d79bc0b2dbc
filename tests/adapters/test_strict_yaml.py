from collections.abc import Callable
from pathlib import Path

import pytest

from harness.adapters.setting_error import SettingError
from harness.adapters.strict_yaml import Value, load, parse, unknown


def a_port(value: Value) -> int:
    return value.whole(1, 65535)


def value(text: str) -> Value:
    return parse(f"key: {text}", "f.yaml").entries()["key"]


@pytest.mark.parametrize(
    ("text", "read", "expected"),
    [
        ("word", Value.text, "word"),
        ('"1"', Value.text, "1"),
        ('""', Value.text, ""),
        ("true", Value.flag, True),
        ("off", Value.flag, False),
        ("yes", Value.word, "yes"),
        ("7", Value.word, "7"),
        ("8080", a_port, 8080),
        ("0x10", a_port, 16),
        ("2", Value.number, 2.0),
        ("0.5", Value.number, 0.5),
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
        ("1.5", Value.text, "must be text, not '1.5'; put it in quotes"),
        ("2026-11-25", Value.text, "must be text, not '2026-11-25'; put it in quotes"),
        ("no", Value.text, "must be text, not 'no'; put it in quotes"),
        ("", Value.text, "must be text, not empty"),
        ("{a: b}", Value.text, "must be text, not a mapping"),
        ("[[a]]", Value.texts, "'key[0]' must be text, not a list"),
        ("", Value.texts, "must be text, not empty"),
        ("", Value.word, "must be one word, not empty"),
        ("[a]", Value.word, "must be one word, not a list"),
        ("maybe", Value.flag, "must be true or false, not 'maybe'"),
        ("", Value.flag, "must be true or false, not empty"),
        ("!!bool maybe", Value.flag, "must be true or false, not 'maybe'"),
        ("70000", a_port, "from 1 to 65535"),
        ("x", a_port, "must be a whole number"),
        ("1.0", a_port, "must be a whole number"),
        ("true", a_port, "must be a whole number"),
        ("1:30", a_port, "must be a whole number from 1 to 65535, not '1:30'"),
        ("!!int x", a_port, "must be a whole number"),
        ("-1", Value.number, "must be a number of at least 0, not '-1'"),
        (".nan", Value.number, "must be a number"),
        (".inf", Value.number, "must be a number"),
        ("'2'", Value.number, "must be a number"),
        ("", Value.number, "must be a number of at least 0, not empty"),
        ("word", Value.items, "must be a list, not 'word'"),
        ("word", Value.entries, "must be a mapping (key: value), not 'word'"),
        ("", Value.entries, "must be a mapping (key: value), not empty"),
        ("{a: 1, a: 2}", Value.entries, "'a' stands twice in 'key'"),
        ("{[a]: 1}", Value.entries, "'key' has a key that is no plain word"),
        ("{'': 1}", Value.entries, "'key' has a key that is no plain word"),
    ],
)
def test_wrong_types_name_file_line_and_key(
    text: str, read: Callable[[Value], object], said: str
) -> None:
    with pytest.raises(SettingError, match=r"f\.yaml:1: ") as caught:
        read(value(text))

    assert said in str(caught.value)


def test_the_place_of_a_value_is_the_whole_way_to_it() -> None:
    root = parse("phones:\n  a:\n    tags:\n      - 1", "f.yaml")
    phone = root.entries()["phones"].entries()["a"]

    with pytest.raises(SettingError) as caught:
        phone.entries()["tags"].texts()

    assert str(caught.value).startswith("f.yaml:4: 'phones.a.tags[0]' must be text")
    assert phone.line == 2


def test_unknown_keys_get_the_nearest_known() -> None:
    with pytest.raises(SettingError, match=r"f\.yaml:2: 'serail' is not known.*'serial'"):
        parse("\nserail: x", "f.yaml").entries(("serial", "launch"))
    assert "known are: a, b" in unknown("zzz", ("b", "a"), "here")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", 1),
        ("a: [1", 1),
        ("a: 1\n\tb: 2", 2),
        ("a: @x", 1),
        ("é: 1\nb: \x01", 2),
        ("a: 1\n---\nb: 2", 2),
    ],
)
def test_what_is_no_yaml_is_told_with_its_line(text: str, line: int) -> None:
    with pytest.raises(SettingError, match=r"is no YAML|is empty") as caught:
        parse(text, "f.yaml")

    assert caught.value.line == line


@pytest.mark.parametrize("text", ["[" * 100_000, "- " * 100_000, "a:\n" + "  - {b: \n" * 6000])
def test_no_depth_crashes_the_reader(text: str) -> None:
    with pytest.raises(SettingError, match=r"f\.yaml:\d+: is (nested too deep|no YAML)"):
        parse(text, "f.yaml")


def test_unreadable_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"\xff\xfe\xfa")

    for path in (tmp_path / "absent.yaml", tmp_path / "latin.yaml"):
        with pytest.raises(SettingError, match="cannot be read") as caught:
            load(path)
        assert str(caught.value).startswith(f"{path}: ")
