"""junit.xml of several jobs as one."""

from __future__ import annotations

from pathlib import Path

from harness.reporting.junit import join_junit, lost_suite


def test_suites_are_put_under_one_root(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text('<testsuites><testsuite name="a"/></testsuites>')
    (tmp_path / "b.xml").write_text('<testsuite name="b"/>')
    (tmp_path / "cut.xml").write_text("<testsuites><tes")
    files = [tmp_path / f"{name}.xml" for name in ("a", "b", "cut", "absent")]

    join_junit(files, tmp_path / "all.xml", [lost_suite("p<1", "killed & gone")])

    text = (tmp_path / "all.xml").read_text()
    assert [text.count(f'name="{name}"') for name in ("a", "b", "p&lt;1")] == [1, 1, 1]
    assert 'message="killed &amp; gone"' in text
