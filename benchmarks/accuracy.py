"""The bars of attribution, by `harness accuracy` with every fault in every scenario (hours).

    python -m benchmarks.accuracy

It goes on where an earlier call stopped. Exit code 0 when, with open traffic, at least
95 % of the decided verdicts are right and none is wrong with confidence >= 0.9.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / ".cache" / "accuracy"
RIGHT = 0.95
SECONDS = 4 * 3600


def main() -> int:
    """0 when the bars hold."""
    command = [sys.executable, "-m", "harness", "accuracy", "--out", str(OUT), "--json"]
    done = subprocess.run(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, timeout=SECONDS, check=False
    )
    document: dict[str, Any] = json.loads(done.stdout)
    for name, part in document["parts"].items():
        sys.stdout.write(
            f"{name}: {part['right']} right of {part['decided']} decided of {part['trials']}, "
            f"wrong at >= 0.9: {part['sure_and_wrong']}, did not work: {part['troubled']}\n"
        )
    readable = document["parts"].get("open")
    if readable is None:
        return 1
    return 0 if readable["right_share"] >= RIGHT and not readable["sure_and_wrong"] else 1


if __name__ == "__main__":
    sys.exit(main())
