"""Only what destroys nothing and spends no log-in is repeated."""

from pathlib import Path

from harness.session.watch.safe import told_scenarios

MODULE = """
import pytest

@pytest.mark.scenario("{name}"{more})
def test_it(app): ...
"""


def test_markers_are_read_without_importing(tmp_path: Path) -> None:
    for name, more in (
        ("followers", ', start="logged_in"'),
        ("login", ', start="logged_out", order=30'),
        ("reinstall", ", destructive=True"),
    ):
        (tmp_path / f"test_{name}.py").write_text(MODULE.format(name=name, more=more))

    found = {told.name: told.why_not for told in told_scenarios(tmp_path)}

    assert found == {
        "followers": None,
        "login": "each time spends a log-in",
        "reinstall": "it destroys app data",
    }
