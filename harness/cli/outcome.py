"""From a finished run to its exit code, and what is printed of it."""

import sys

import msgspec
from rich.console import Console

from harness.domain.exit_code import exit_code
from harness.session.run_scenarios import RunResult


def code_of(result: RunResult) -> int:
    """The exit code of CONTRACT.md for one run."""
    return exit_code(
        result.verdicts,
        usage_error=result.usage,
        not_attached=bool(result.unsuitable) and not result.verdicts,
        interrupted=result.interrupted,
        infrastructure=bool(result.problems),
    )


def print_result(result: RunResult, *, as_json: bool, title: str = "") -> None:
    """The table and where the reports lie, or one JSON document."""
    from harness.adapters.verdict_file import encode_verdicts
    from harness.reporting.loss_content import losses_in
    from harness.reporting.loss_table import print_losses
    from harness.reporting.terminal import print_verdicts

    if as_json:
        document = msgspec.json.decode(encode_verdicts(result.verdicts, result.incidents))
        document["folder"] = str(result.folder) if result.folder else None
        document["exit_code"] = code_of(result)
        sys.stdout.write(msgspec.json.encode(document).decode() + "\n")
    else:
        console = Console()
        print_verdicts(console, result.verdicts, title)
        if result.folder is not None:
            for losses in losses_in(result.folder):
                console.print(f"What it cost on {losses.device}:", markup=False)
                print_losses(console, losses)
        if result.folder is not None:
            console.print(f"Page: {result.folder / 'index.html'}", soft_wrap=True, markup=False)
    for sentence in (*result.unsuitable, *result.problems):
        print(f"harness: {sentence}", file=sys.stderr)
