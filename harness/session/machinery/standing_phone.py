"""A launch command for a phone that stands already: prints its JSON line, waits to be ended.

    python -m harness.session.machinery.standing_phone LINE.json

So a run takes the phone as one that it started, with its control address, and the phone is
still there after the run to be looked at.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path


def main(arguments: list[str]) -> int:
    """Until SIGTERM or SIGINT; exit code 2 when the line cannot be read."""
    try:
        line = Path(arguments[0]).read_text(encoding="utf-8").splitlines()[0]
    except (OSError, IndexError) as error:
        sys.stderr.write(f"standing_phone LINE.json: {error}\n")
        return 2
    wanted = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, wanted)
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
    signal.sigwait(wanted)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
