import signal
import subprocess
import sys
from pathlib import Path

import pytest

from harness.session.machinery.standing_phone import main

MODULE = "harness.session.machinery.standing_phone"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_says_its_line_and_waits_to_be_ended(number: signal.Signals, tmp_path: Path) -> None:
    line = tmp_path / "line.json"
    line.write_text('{"phones": []}\n')
    process = subprocess.Popen(
        [sys.executable, "-m", MODULE, str(line)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline() == '{"phones": []}\n'
        assert process.poll() is None
        process.send_signal(number)
        assert process.wait(20) == 0


@pytest.mark.parametrize("words", [[], ["absent.json"]])
def test_without_a_line_it_ends(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert "LINE.json" in capsys.readouterr().err
