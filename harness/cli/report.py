"""`harness report RUN`: builds the Allure report and the one page again."""

import webbrowser
import zipfile
from pathlib import Path
from typing import Annotated

import typer

from harness.cli.failure import UserError


def report(
    run: Annotated[Path, typer.Argument(help="A run folder, e.g. reports/latest.")],
    har: Annotated[
        Path | None, typer.Option(help="Write the run's traffic into this HAR, nothing else.")
    ] = None,
    step: Annotated[
        str | None, typer.Option(help="With --har: only steps with this in their title.")
    ] = None,
    scenario: Annotated[str | None, typer.Option(help="With --har: only this scenario.")] = None,
    device: Annotated[str | None, typer.Option(help="With --har: only this phone.")] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page.")] = False,
    bundle: Annotated[
        Path | None, typer.Option(help="Also pack the run into this zip file to share.")
    ] = None,
) -> int:
    """Builds the Allure report and the one page again from the run folder."""
    from harness.reporting.build import build_reports

    if not run.is_dir():
        raise UserError(f"{run}: there is no such run folder")
    if har is not None:
        return write_har(run.resolve(), har, step=step, scenario=scenario, device=device)
    built = build_reports(run.resolve())
    print(f"page    {built.page}")
    if built.allure is not None:
        print(f"Allure  {built.allure}")
    for problem in built.problems:
        print(f"not built: {problem}")
    if bundle is not None:
        pack(run.resolve(), bundle)
        print(f"bundle  {bundle}")
    if open_page:
        webbrowser.open(built.page.as_uri())
    return 20 if built.problems else 0


def write_har(
    run: Path, target: Path, *, step: str | None, scenario: str | None, device: str | None
) -> int:
    """The traffic of the run, or of a part of it, for Chrome's network panel."""
    from harness.session.har_export import Wanted, export_part

    try:
        count = export_part(run, target, Wanted(step, scenario, device))
    except (OSError, ValueError) as error:
        raise UserError(f"{run}: {error}") from error
    print(f"HAR     {target}, {count} entries")
    return 0 if count else 3


def pack(run: Path, target: Path) -> None:
    """Packs the run's own files (they were redacted before they were written) into one zip.

    Only its owner can read it, as the run's files: who else may is the owner's to say.
    """
    target.unlink(missing_ok=True)
    target.touch(mode=0o600)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(run.rglob("*")):
            inside = path.resolve().is_relative_to(run) and path.resolve() != target.resolve()
            if path.is_file() and inside:
                archive.write(path, Path(run.name) / path.relative_to(run))
