"""harness merge: a folder that is none is the user's to mend; two runs make one page."""

from pathlib import Path

import pytest

from harness.cli.failure import UserError
from harness.cli.merge import merge
from tests.reporting.test_merge import run_folder


def test_what_is_no_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="there is no such run folder"):
        merge([tmp_path / "none"])


def test_two_runs_make_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runs = [run_folder(tmp_path / name, allure=False) for name in ("a", "b")]

    assert merge(runs, tmp_path / "out") == 0
    assert (tmp_path / "out" / "index.html").is_file()
    assert str(tmp_path / "out" / "index.html") in capsys.readouterr().out
