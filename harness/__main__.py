"""`harness` and `python -m harness`."""

import os
import sys

from harness.cli.app import run


def main() -> None:
    """Runs the command line and leaves with its exit code.

    Whatever is written, by us and by programs that we start, only its owner can read.
    """
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
