"""The table of commands and the one place where errors become sentences and exit codes."""

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from types import FrameType

import typer

from harness.adapters.setting_error import SettingError
from harness.cli import (
    accuracy,
    capture,
    demo,
    devices,
    diagnose,
    doctor,
    explain,
    export,
    inventory,
    lab,
    loss,
    merge,
    phone,
    prune,
    reinstall_matrix,
    report,
    reset,
    run_command,
    watch,
)
from harness.cli.failure import USAGE, UserError
from harness.ports import InstrumentError

INTERRUPTED, OWN_ERROR, INFRASTRUCTURE = 19, 10, 20
_DISK = frozenset(
    {errno.ENOSPC, errno.EFBIG, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO}
)

app = typer.Typer(
    name="harness",
    help="Who failed: the server, the app, the network, this phone, this account, or the harness?",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # an error is a plain sentence, no box
    context_settings={"help_option_names": ["-h", "--help"]},
)


def coded[**P](command: Callable[P, int]) -> Callable[P, None]:
    """Leaves with the exit code that the command returns; Ctrl-C is 19."""

    @wraps(command)
    def run_and_exit(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
        except KeyboardInterrupt:
            say("interrupted")
            code = INTERRUPTED
        raise typer.Exit(code)

    return run_and_exit


COMMANDS: dict[str, Callable[..., int]] = {
    "demo": demo.demo,
    "run": run_command.run,
    "capture": capture.capture,
    "diagnose": diagnose.diagnose,
    "inventory": inventory.inventory,
    "loss": loss.loss,
    "doctor": doctor.doctor,
    "devices": devices.devices,
    "reset": reset.reset,
    "prune": prune.prune,
    "report": report.report,
    "merge": merge.merge,
    "export": export.export,
    "watch": watch.watch,
    "phone": phone.phone,
    "explain": explain.explain,
    "accuracy": accuracy.accuracy,
    "reinstall-matrix": reinstall_matrix.reinstall_matrix,
}
for name, function in COMMANDS.items():
    app.command(name)(coded(function))

lab_app = typer.Typer(
    help="Phones of many hosts: certificates, the scheduler, hosts that offer their phones.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
for name, function in lab.LAB_COMMANDS.items():
    lab_app.command(name)(coded(function))
app.add_typer(lab_app, name="lab")


def say(text: str) -> None:
    """One line for the user, on stderr; which may be a file on a full disk."""
    with suppress(OSError):
        print(f"harness: {text}", file=sys.stderr, flush=True)


def keep_traceback() -> Path:
    """Writes the current traceback where a report can pick it up; returns the file."""
    stamp = datetime.now(tz=UTC).strftime("%Y%m%dT%H%M%S")
    path = Path("reports") if Path("reports").is_dir() else Path.cwd()
    file = path / f"harness-error-{stamp}-{os.getpid()}.log"
    file.write_text(traceback.format_exc(), encoding="utf-8")
    return file


def run(arguments: Sequence[str]) -> int:
    """Runs one command; returns the exit code of CONTRACT.md. Never a bare traceback.

    SIGTERM ends a run as Ctrl-C does: phones are given back, what was seen is kept.
    """
    with _terminable():
        return _run(arguments)


@contextmanager
def _terminable() -> Generator[None]:
    def interrupt(_number: int, _frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one must not stop the giving back
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread: its signals are not ours
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(arguments: Sequence[str]) -> int:
    try:
        app(args=list(arguments), prog_name="harness")
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except UserError as error:
        say(str(error))
        return error.code
    except SettingError as error:
        say(str(error))
        return USAGE
    except InstrumentError as error:
        say(str(error))
        return INFRASTRUCTURE
    except KeyboardInterrupt:
        say("interrupted")
        return INTERRUPTED
    except OSError as error:
        if error.errno not in _DISK:
            return _own_error(error)
        where = error.filename or "a file"
        say(f"disk: write {where}: {error.strerror}. Free space, or choose another --out.")
        return INFRASTRUCTURE
    except Exception as error:  # noqa: BLE001  # the last resort: a sentence, and the trace in a file
        return _own_error(error)
    return 0


def _own_error(error: Exception) -> int:
    try:
        file = str(keep_traceback())
    except OSError as disk:
        file = f"could not be kept: {disk}"
    say(f"error of the harness itself: {type(error).__name__}: {error}. Details: {file}")
    return OWN_ERROR
