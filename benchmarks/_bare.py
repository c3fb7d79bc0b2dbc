"""mitmdump's script for the bare measurement: leads all connections to the bench's origin.

mitmdump -s benchmarks/_bare.py --set bench_origin=PORT
"""

from __future__ import annotations

from mitmproxy import ctx
from mitmproxy.addonmanager import Loader
from mitmproxy.proxy.server_hooks import ServerConnectionHookData


class Redirect:
    """One hook a connection; nothing a request."""

    def load(self, loader: Loader) -> None:
        loader.add_option("bench_origin", int, 0, "Port of the origin.")

    def server_connect(self, data: ServerConnectionHookData) -> None:
        data.server.address = ("127.0.0.1", ctx.options.bench_origin)


addons = [Redirect()]
