"""`uiautomator dump`: the active window's hierarchy into a file.

Source: AOSP, frameworks/base/cmds/uiautomator, DumpCommand.
"""

from __future__ import annotations

import posixpath

from harness.simphone.contracts import Display, Invocation
from harness.simphone.ui.classic_dump import dump
from harness.simphone.ui.node import Node

_DEFAULT = "/sdcard/window_dump.xml"
_USAGE = b"""Usage: uiautomator <subcommand> [options]

Available subcommands:

help: displays help message

dump: creates an XML dump of current UI hierarchy
    dump [--verbose][file]
      [--compressed]: dumps compressed layout information.
      [--windows]: dumps UI for all windows
      [file]: the location where the dumped XML should be stored, default is
      /sdcard/window_dump.xml

"""


async def uiautomator(invocation: Invocation) -> int:
    """Only `dump` does something; the message keeps Android's own misspelling."""
    words = list(invocation.argv[1:])
    if not words or words[0] != "dump":
        await invocation.stderr.write(_USAGE)
        return 0 if words[:1] == ["help"] else 1
    path = next((word for word in words[1:] if not word.startswith("--")), _DEFAULT)
    display = invocation.phone.display
    roots = display.roots() if "--windows" in words else _active(display)
    if not roots:
        await invocation.stderr.write(
            b"ERROR: null root node returned by UiTestAutomationBridge.\n"
        )
        return 0
    xml = dump(roots).encode()
    if path == "/dev/tty":
        await invocation.stdout.write(xml)
    else:
        full = posixpath.join(invocation.cwd, path)
        try:
            invocation.phone.fs.write(full, xml, uid=invocation.uid, ns=invocation.ns)
        except OSError as error:
            message = f"ERROR: could not write {full}: {error.strerror}\n"
            await invocation.stderr.write(message.encode())
            return 1
    await invocation.stdout.write(f"UI hierchary dumped to: {path}\n".encode())
    return 0


def _active(display: Display) -> list[Node]:
    """The window that has the focus; none while it is only starting."""
    focus = display.focus()
    return [root for root in display.roots() if focus and root.package == focus[0]][:1]
