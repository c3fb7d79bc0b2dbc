"""The share bundle holds the run's own files and nothing from outside."""

import zipfile
from pathlib import Path

from harness.cli.report import pack


def test_the_bundle_holds_the_run_and_not_what_links_out(tmp_path: Path) -> None:
    run = tmp_path / "run"
    (run / "tests").mkdir(parents=True)
    (run / "tests" / "a.png").write_bytes(b"x")
    (tmp_path / "secret").write_text("s")
    (run / "link").symlink_to(tmp_path / "secret")

    pack(run, run / "bundle.zip")

    assert (run / "bundle.zip").stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(run / "bundle.zip") as archive:
        assert archive.namelist() == ["run/tests/a.png"]
