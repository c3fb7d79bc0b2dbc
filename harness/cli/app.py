"""The table of commands and the one place where errors become sentences and exit codes."""

import os
import sys
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click
import typer

from harness.cli import (
    capture,
    demo,
    devices,
    diagnose,
    doctor,
    explain,
    phone,
    report,
    reset,
    run_command,
)
from harness.cli.failure import USAGE, UserError
from harness.ports import InstrumentError

INTERRUPTED, OWN_ERROR, INFRASTRUCTURE = 19, 10, 20

app = typer.Typer(
    name="harness",
    help="Who failed: the server, the app, the network, this phone, this account, or the harness?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("demo")(demo.demo)
app.command("run")(run_command.run)
app.command("capture")(capture.capture)
app.command("diagnose")(diagnose.diagnose)
app.command("doctor")(doctor.doctor)
app.command("devices")(devices.devices)
app.command("reset")(reset.reset)
app.command("report")(report.report)
app.command("phone")(phone.phone)
app.command("explain")(explain.explain)


def say(text: str) -> None:
    """One line for the user, on stderr."""
    print(f"harness: {text}", file=sys.stderr)


def keep_traceback() -> Path:
    """Writes the current traceback where a report can pick it up; returns the file."""
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    path = Path("reports") if Path("reports").is_dir() else Path.cwd()
    file = path / f"harness-error-{stamp}-{os.getpid()}.log"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return file


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code of CONTRACT.md. Never a bare traceback."""
    try:
        result = app(args=list(arguments), standalone_mode=False, prog_name="harness")
    except UserError as error:
        say(str(error))
        return error.code
    except InstrumentError as error:
        say(str(error))
        return INFRASTRUCTURE
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return USAGE
    except BrokenPipeError:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001  # the last resort: a sentence, and the trace in a file
        file = keep_traceback()
        say(f"error of the harness itself: {type(error).__name__}: {error}. Details: {file}")
        return OWN_ERROR
    return result if isinstance(result, int) else 0
