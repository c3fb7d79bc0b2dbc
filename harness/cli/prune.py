"""`harness prune`: removes runs that are older than a set age."""

from pathlib import Path
from typing import Annotated

import typer

from harness.adapters.places import clone_root
from harness.cli.failure import UserError


def prune(
    older_than: Annotated[
        str, typer.Option(metavar="AGE", help="A number and s, m, h, d or w; a bare one is days.")
    ] = "30d",
    folder: Annotated[
        Path | None, typer.Option(help="Where runs lie; default: reports/ of this clone.")
    ] = None,
    passed_only: Annotated[
        bool, typer.Option("--passed-only", help="Keep runs in which something did not pass.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say it, remove nothing.")] = False,
) -> int:
    """Removes run folders and error logs of ours that are older than AGE."""
    from harness.session.retention import old_runs, parse_age, remove

    try:
        age = parse_age(older_than)
    except ValueError as error:
        raise UserError(f"--older-than: {error}") from error
    where = folder if folder is not None else clone_root() / "reports"
    if not where.is_dir():
        raise UserError(f"{where}: there is no such folder")
    old = old_runs(where, age, passed_only=passed_only)
    for one in old:
        print(f"{one.path.name}  {one.age / 86_400:.1f} days old, {one.size / 1e6:.1f} MB")
    freed = sum(one.size for one in old) if dry_run else remove(old)
    verb = "would be removed" if dry_run else "removed"
    print(f"{len(old)} {verb}, {freed / 1e6:.1f} MB")
    return 0
