"""Takes parts out of mitmdump that a capture does not use.

Each of mitmproxy's thirty built-in addons is visited on every event, whether it does
anything or not. Those named here do nothing with the options that we set.
"""

from __future__ import annotations

from typing import Any

from mitmproxy import ctx

UNUSED = (
    "anticache",
    "anticomp",
    "blocklist",
    "browser",
    "comment",
    "cut",
    "dumper",
    "export",
    "maplocal",
    "mapremote",
    "modifybody",
    "modifyheaders",
    "onboarding",
    "proxyauth",
    "save",
    "savehar",
    "serverplayback",
    "stickyauth",
    "stickycookie",
    "updatealtsvc",
    "upstreamauth",
)
"""As mitmproxy 12.2 names them; one that is not there is passed over."""


def remove_unused() -> list[str]:
    """Removes them from the running mitmdump; returns the names of those that were there."""
    removed: list[str] = []
    for name in UNUSED:
        addon: Any = ctx.master.addons.get(name)
        if addon is not None:
            ctx.master.addons.remove(addon)
            removed.append(name)
    return removed
