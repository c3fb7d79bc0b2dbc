"""A watch keeps the newest run folder and those in which something changed."""

from pathlib import Path

import pytest

from harness.session.watch.kept_runs import MARK, KeptRuns


def run_folder(folder: Path, name: str) -> Path:
    made = folder / name
    made.mkdir()
    (made / MARK).write_text("{}")
    return made


@pytest.mark.parametrize(
    ("keep_all", "left"),
    [(False, ["r1", "r4", "r6"]), (True, ["r0", "r1", "r2", "r4", "r5", "r6"])],
)
def test_what_is_left(tmp_path: Path, keep_all: bool, left: list[str]) -> None:
    kept = KeptRuns(keep_all=keep_all)
    for number, changed in enumerate((False, True, False, None, True, False, False)):
        folder = None if changed is None else run_folder(tmp_path, f"r{number}")
        assert kept.after_round(folder, changed=bool(changed)) is None
    assert sorted(path.name for path in tmp_path.iterdir()) == left


def test_a_folder_that_no_run_made_is_not_touched(tmp_path: Path) -> None:
    kept = KeptRuns()
    (tmp_path / "mine").mkdir()
    kept.after_round(tmp_path / "mine", changed=False)
    kept.after_round(run_folder(tmp_path, "r1"), changed=False)
    assert (tmp_path / "mine").is_dir()


def test_what_cannot_be_removed_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("shutil.rmtree", refuse)
    kept = KeptRuns()
    kept.after_round(run_folder(tmp_path, "r0"), changed=False)
    said = kept.after_round(run_folder(tmp_path, "r1"), changed=False)
    assert said is not None
    assert "r0 could not be removed" in said
