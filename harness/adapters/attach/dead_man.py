"""A loop in the phone's shell that restores the settings when the harness is gone.

It is fed by a heartbeat over adb; when that stops (killed harness, pulled cable, dead
host) it puts all journalled keys back. It counts its own polls, so a clock that jumps
neither fires nor blocks it. It does not survive a restart of adbd or a reboot: then
`harness reset` mends the phone on reconnect.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from harness.adapters.attach.settings_journal import PROXY, restore_commands
from harness.ports import DeviceControl, InstrumentError

FOLDER = "/data/local/tmp/harness-dm"
LIMIT = 6
"""Polls of a second without a heartbeat; with the restore well under 10 seconds."""
BEAT = 1.5
"""Seconds between two heartbeats."""
_SCRIPT = f"{FOLDER}/dm.sh"
_UNDO = f"{FOLDER}/undo.sh"
_ARM_SECONDS = 5.0


def script(settings: Mapping[str, str | None]) -> str:
    """The loop for the phone's sh (mksh: 32-bit numbers, a background job needs setsid)."""
    first, *rest = restore_commands(settings)
    wanted = settings.get(PROXY) or "null"
    restore = "\n".join(f"    {command} >/dev/null 2>&1" for command in rest)
    return f"""D={FOLDER}
trap "" HUP PIPE
echo $$ >$D/dm.pid
l=x
n=0
while sleep 1; do
  [ "$(cat $D/dm.pid 2>/dev/null)" = $$ ] || exit 0
  m=$(stat -c %y $D/hb 2>/dev/null)
  if [ "$m" = "$l" ]; then
    n=$((n+1))
  else
    l=$m
    n=0
  fi
  [ $n -lt {LIMIT} ] && continue
  [ -f $D/undo.sh ] && sh $D/undo.sh >/dev/null 2>&1
  {first}
  while true; do
{restore or "    :"}
    [ "$(settings get global {PROXY})" = "{wanted}" ] && break
    sleep 1
    {first}
  done
  touch $D/fired
  rm -f $D/dm.pid
  exit 0
done
"""


class DeadMan:
    """Arm before the proxy is set, disarm after it was taken away."""

    def __init__(self, device: DeviceControl) -> None:
        self._device = device
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None
        self.fired = False
        """True once the phone restored itself although we live (it was out of reach)."""

    def arm(self, settings: Mapping[str, str | None]) -> None:
        """Starts loop and heartbeat. Raises InstrumentError("adb", …) if it does not run."""
        device = self._device
        device.shell(f"mkdir -p {FOLDER}; rm -f {FOLDER}/dm.pid {FOLDER}/fired; touch {FOLDER}/hb")
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "dm.sh"
            source.write_text(script(settings), encoding="utf-8", newline="\n")
            device.push(source, _SCRIPT, mode=0o755)
        # All three redirects, or the stream stays open for as long as the loop runs.
        start = f"setsid sh {_SCRIPT} </dev/null >/dev/null 2>&1 &"
        result = device.shell(start)
        deadline = time.monotonic() + _ARM_SECONDS
        while not device.shell(f"kill -0 $(cat {FOLDER}/dm.pid)").ok:
            if time.monotonic() > deadline:
                raise InstrumentError(
                    "adb",
                    f"start the dead-man loop on {device.name}",
                    f"{start!r} gave exit {result.exit_code} and no loop {result.stderr}".strip(),
                    advice="The phone was not changed.",
                )
            time.sleep(0.1)
        self._stopping.clear()
        self._thread = threading.Thread(
            target=self._beat, name=f"harness-beat-{device.name}", daemon=True
        )
        self._thread.start()

    def undo_as_well(self, commands: Sequence[str]) -> None:
        """What the loop does beside restoring the settings, from now on; () = nothing more.

        Raises InstrumentError("adb", …).
        """
        if not commands:
            self._device.shell(f"rm -f {_UNDO}")
            return
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "undo.sh"
            source.write_text("\n".join(commands) + "\n", encoding="utf-8", newline="\n")
            self._device.push(source, _UNDO, mode=0o755)

    def disarm(self) -> None:
        """Ends heartbeat and loop and removes their files; can be repeated."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(timeout=10.0)
            self._thread = None
        disarm(self._device)

    def _beat(self) -> None:
        while not self._stopping.wait(BEAT):
            try:
                result = self._device.shell(
                    f"touch {FOLDER}/hb; [ -f {FOLDER}/fired ] && echo fired", timeout=3.0
                )
            except InstrumentError:
                continue  # out of reach: the loop on the phone does what it is for
            self.fired = self.fired or "fired" in result.stdout


def disarm(device: DeviceControl) -> None:
    """Stops any loop of ours on the phone and removes its files."""
    device.shell(f"[ -d {FOLDER} ] && rm -rf {FOLDER}; true")
