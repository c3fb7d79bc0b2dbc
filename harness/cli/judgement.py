"""How `harness diagnose` prints what it found: tables, or one JSON document a path."""

import sys
from collections.abc import Sequence

import msgspec
from rich.console import Console

from harness.adapters.verdict_file import encode_verdicts
from harness.domain.exit_code import USAGE
from harness.reporting.terminal import print_verdicts
from harness.session.diagnose import Diagnosis


def print_diagnoses(diagnoses: Sequence[Diagnosis], *, as_json: bool) -> int:
    """Prints them all; the exit code of the worst, 2 when nothing could be read."""
    console = Console()
    for found in diagnoses:
        for note in found.notes:
            print(f"harness: {note}", file=sys.stderr)
        if as_json:
            sys.stdout.write(as_document(found) + "\n")
        elif found.readable:
            print_verdicts(console, found.verdicts, str(found.path))
            for change in found.changes:
                console.print(change, markup=False)
    return worst([found.exit_code for found in diagnoses])


def as_document(found: Diagnosis) -> str:
    """The document of verdicts.json, with the path, notes and changes beside it."""
    document = msgspec.json.decode(encode_verdicts(list(found.verdicts), list(found.incidents)))
    document["path"] = str(found.path)
    document["kind"] = found.kind
    document["notes"] = list(found.notes)
    document["changes"] = list(found.changes)
    return msgspec.json.encode(document).decode()


def worst(codes: Sequence[int]) -> int:
    """The first of the contract's order; unreadable paths count only when all are."""
    readable = [code for code in codes if code != USAGE]
    order = (1, 10, 20, 17, 16, 15, 0)
    if not readable:
        return USAGE
    return next((code for code in order if code in readable), readable[0])
