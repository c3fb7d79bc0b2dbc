from pathlib import Path

import pytest

from harness.adapters.locator_file import load_locators
from harness.adapters.setting_error import SettingError

START = "pages:\n  p:\n    marker: [a]\n    elements:\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "x.locators.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_locator_with_all_its_keys(tmp_path: Path) -> None:
    text = (
        START
        + "      a: [{text: {en: [Log in], fr: [Connexion]}, class: Button, clickable: true}]\n"
        + "      b: [{desc: X, contains: true, within: a, position: -1, clickable_parent: true}]\n"
        + "      c: [{id: tv_username, beside: a, with: b, password: false}]\n"
        + "dialogs:\n  d: {kind: permission, packages: [android], marker: [{id: message}]}\n"
    )

    book = load_locators(write(tmp_path, text))

    elements = book.pages["p"].elements
    assert elements["a"].locators[0].texts == ("Log in", "Connexion")
    assert elements["a"].locators[0].flags == {"clickable": True}
    assert elements["b"].locators[0].position == -1
    assert elements["c"].locators[0].along == "b"
    assert str(elements["c"].locators[0]) == "id 'tv_username', password=false, beside a, with b"
    assert book.dialogs[0].packages == ("android",)
    assert book.dialogs[0].dismiss is None


@pytest.mark.parametrize(
    ("rows", "line", "said"),
    [
        ("      a: [{id: qfw}]", 5, "only the obfuscated id 'qfw'"),
        ("      a: [{class: Button}]", 5, "has structure only"),
        ("      a: []", 5, "has no locator"),
        ("      a: [{txt: x}]", 5, "did you mean 'text'"),
        ("      a: [{text: x, position: 0}]", 5, "counts from 1"),
        ("      a: [{text: x, within: z}]", 5, "'z' is not known"),
        ("      b: [{text: x}]", 3, "'a' is not known in 'elements'"),
        ("      a: [{text: x}]\ndialogs:\n  d: {kind: odd, marker: [{text: y}]}", 7, "'odd'"),
        ("      a: [{text: x}]\ndialogs:\n  d: {kind: anr}", 7, "needs the key 'marker'"),
    ],
)
def test_mistakes_name_file_line_and_key(rows: str, line: int, said: str, tmp_path: Path) -> None:
    file = write(tmp_path, START + rows)
    with pytest.raises(SettingError) as caught:
        load_locators(file)

    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["dialogs: {}", "pages:\n  p: {elements: {}}"])
def test_missing_parts_are_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="needs the key"):
        load_locators(write(tmp_path, text))


def test_the_shipped_data_are_right_and_speak_seven_languages() -> None:
    book = load_locators("tiktok")

    assert {"log_in_form", "log_in_sheet", "own_profile", "feed"} <= set(book.pages)
    assert len(book.pages["log_in_form"].elements["username"].locators) == 3
    assert "كلمة المرور" in book.pages["log_in_form"].elements["password"].locators[1].hints
    assert "Passwort" in book.pages["log_in_form"].elements["password"].locators[1].hints
    assert {dialog.kind for dialog in book.dialogs} >= {"crash", "anr", "permission", "first_run"}
