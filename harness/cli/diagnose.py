"""`harness diagnose PATH…`: judges again, without a phone."""

from pathlib import Path
from typing import Annotated

import typer

from harness.cli.options import AsJson, ProfileName


def diagnose(
    paths: Annotated[list[Path], typer.Argument(help="Run folders or capture folders.")],
    profile: ProfileName = None,
    as_json: AsJson = False,
) -> int:
    """Judges recorded evidence again, without a phone."""
    from harness.cli.judgement import print_diagnoses
    from harness.session.diagnose import diagnose as judge_again

    return print_diagnoses(judge_again(paths, profile=profile), as_json=as_json)
