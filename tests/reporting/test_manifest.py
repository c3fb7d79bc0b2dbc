"""The manifest lists every artefact with size and checksum, and nothing outside the run."""

import hashlib
from pathlib import Path

from harness.reporting.manifest import read_manifest, seal_run, write_manifest


def test_every_file_is_listed_with_size_and_checksum(tmp_path: Path) -> None:
    (tmp_path / "tests" / "sim").mkdir(parents=True)
    (tmp_path / "tests" / "sim" / "a b.png").write_bytes(b"\x89PNG")
    (tmp_path / "observations.jsonl").write_bytes(b"{}\n")

    seal_run(tmp_path, run_id="r1")

    listed = {item["path"]: item for item in read_manifest(tmp_path)["artefacts"]}
    assert set(listed) == {"tests/sim/a b.png", "observations.jsonl"}
    picture = listed["tests/sim/a b.png"]
    assert picture["size"] == 4
    assert picture["sha256"] == hashlib.sha256(b"\x89PNG").hexdigest()
    assert picture["media_type"] == "image/png"


def test_sealing_keeps_what_the_run_wrote(tmp_path: Path) -> None:
    write_manifest(tmp_path, {"run_id": "r1", "tools": {"adb": "36"}})

    seal_run(tmp_path, ended="2026-01-01T00:00:00Z")

    content = read_manifest(tmp_path)
    assert content["schema"] == 1
    assert content["tools"] == {"adb": "36"}
    assert content["ended"] == "2026-01-01T00:00:00Z"


def test_a_link_out_of_the_folder_is_left_out(tmp_path: Path) -> None:
    run = tmp_path / "run"
    run.mkdir()
    outside = tmp_path / "secret.txt"
    outside.write_text("x")
    (run / "link.txt").symlink_to(outside)

    seal_run(run)

    assert read_manifest(run)["artefacts"] == []
