"""A devices.yaml of simulated phones for the benchmarks of whole runs."""

from __future__ import annotations

from pathlib import Path

ENTRY = """\
    launch: [harness, phone, --count, "1", --profile, userdebug, --json]
    may_log_out: true
    may_change_trust: true
"""


def write_devices(folder: Path, count: int) -> tuple[Path, list[str]]:
    """The file, and the phones' names."""
    names = [f"p{number}" for number in range(1, count + 1)]
    file = folder / f"devices-{count}.yaml"
    file.write_text("phones:\n" + "".join(f"  {name}:\n{ENTRY}" for name in names))
    return file, names
