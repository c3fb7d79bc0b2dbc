"""How long page and Allure report take for a large run, and how large the page is.

    .venv/bin/python -m benchmarks.reports [RESULTS] [FLOWS]

Bar: 1 000 results with 20 000 flows in under 10 s beyond Allure's own time; page under 5 MB.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from harness.reporting import build
from harness.reporting.allure_report import build_allure
from tests.reporting.large_run import make_run

MOST_SECONDS, MOST_BYTES = 10.0, 5_000_000


def main(results: int = 1000, flows: int = 20_000) -> int:
    """Prints one line a number; 1 when a bar is missed."""
    with tempfile.TemporaryDirectory(prefix="harness-reports-") as name:
        run = Path(name) / "run"
        run.mkdir()
        make_run(run, results=results, flows=flows)
        begun = time.monotonic()
        build_allure(run)
        allure = time.monotonic() - begun
        begun = time.monotonic()
        built = build.build_reports(run)
        whole = time.monotonic() - begun
        size = built.page.stat().st_size
    own = whole - allure
    print(f"{results} results, {flows} flows")
    print(f"Allure alone      {allure:6.1f} s")
    print(f"page and Allure   {whole:6.1f} s")
    print(f"beyond Allure     {own:6.1f} s   (bar: {MOST_SECONDS} s)")
    print(f"index.html        {size / 1e6:6.2f} MB  (bar: {MOST_BYTES / 1e6} MB)")
    for problem in built.problems:
        print(f"problem: {problem}")
    return 0 if own < MOST_SECONDS and size < MOST_BYTES and not built.problems else 1


if __name__ == "__main__":
    sys.exit(main(*(int(text) for text in sys.argv[1:])))
