"""`python -m harness.simphone`: simulated phones without the rest of the harness."""

from __future__ import annotations

import argparse
import asyncio
import sys

from harness.simphone.android.adb_guards import STATES
from harness.simphone.app.build import DEFAULT_VERSION
from harness.simphone.fleet import CONTENTS
from harness.simphone.launch import LaunchError, LaunchOptions, serve
from harness.simphone.makers import MAKERS


def main(argv: list[str] | None = None) -> int:
    """Exit code 0 when ended by a signal, 2 for wrong words, 20 when adb gave up."""
    options = _parsed(argv)
    try:
        asyncio.run(serve(options, _say))
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except LaunchError as error:
        sys.stderr.write(f"{error}\n")
        return 20
    return 0


def _parsed(argv: list[str] | None) -> LaunchOptions:
    parser = argparse.ArgumentParser(prog="python -m harness.simphone")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--api", type=int, default=34)
    parser.add_argument("--profile", choices=("userdebug", "retail"), default="userdebug")
    parser.add_argument("--incident", default="none")
    parser.add_argument("--locale", default="en-US")
    parser.add_argument("--app-version", default=DEFAULT_VERSION)
    parser.add_argument("--content", choices=CONTENTS, default="used")
    parser.add_argument("--logged-out", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    for flag in ("--allow-backup", "--preinstalled", "--card", "--wireguard"):
        parser.add_argument(flag, action="store_true")
    parser.add_argument("--maker", choices=MAKERS, default="google")
    parser.add_argument("--adb-guards", choices=STATES, default="open")
    parser.add_argument("--json", action="store_true", help="accepted; the line is JSON anyway")
    parser.add_argument("--no-connect", action="store_true")
    parser.add_argument("--die-with-parent", action="store_true")
    found = parser.parse_args(argv)
    return LaunchOptions(
        count=found.count,
        api=found.api,
        profile=found.profile,
        incident=found.incident,
        locale=found.locale,
        app_version=found.app_version,
        connect=not found.no_connect,
        die_with_parent=found.die_with_parent,
        content=found.content,
        logged_in=not found.logged_out,
        seed=found.seed,
        allow_backup=found.allow_backup,
        preinstalled=found.preinstalled,
        card=found.card,
        maker=found.maker,
        guards=found.adb_guards,
        wireguard=found.wireguard,
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
