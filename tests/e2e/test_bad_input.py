"""Bad input gets one sentence with file, line and key, and the exit code of the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.lab import Lab

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

GOOD = 'phones:\n  desk:\n    serial: "127.0.0.1:1"\n    default: true\n'


@pytest.mark.parametrize(
    ("text", "arguments", "code", "parts"),
    [
        (GOOD + "    sereal: x\n", (), 2, ("devices.yaml:5", "sereal")),
        (GOOD + "    default: [\n", (), 2, ("devices.yaml:",)),
        ("phones:\n  desk:\n    serial: 'a b;c'\n", (), 2, ("devices.yaml:3", "serial")),
        ("phones:\n  desk:\n    serial: 12\n    default: yes please\n", (), 2, ("devices.yaml:",)),
        (GOOD, ("--device", "pixle"), 2, ("pixle",)),
        (GOOD, (), 18, ("desk",)),
        (GOOD, ("--scenario", "no-such"), 2, ("no-such",)),
        (GOOD + "    profile: no-such\n", (), 2, ("no-such", "shipped are")),
        (GOOD + "    profile: no-such\n", ("--plan",), 2, ("no-such", "shipped are")),
    ],
)
def test_one_sentence(
    lab: Lab, tmp_path: Path, text: str, arguments: tuple[str, ...], code: int,
    parts: tuple[str, ...],
) -> None:  # fmt: skip
    (tmp_path / "devices.yaml").write_text(text)

    done = lab.harness("run", *arguments, "--out", str(tmp_path / "out"), cwd=tmp_path)

    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    for part in parts:
        assert part in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
