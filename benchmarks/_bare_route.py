"""mitmdump's script beside the bare Appium script: hosts at the addresses of --resolve.

mitmdump -s benchmarks/_bare_route.py --set bench_resolve=HOST:PORT:ADDR:PORT,…
"""

from __future__ import annotations

from mitmproxy import ctx
from mitmproxy.addonmanager import Loader
from mitmproxy.proxy.server_hooks import ServerConnectionHookData


class Route:
    """One hook a connection; nothing a request."""

    def load(self, loader: Loader) -> None:
        loader.add_option("bench_resolve", str, "", "Rules, parted by commas.")

    def server_connect(self, data: ServerConnectionHookData) -> None:
        host, port = data.server.address or ("", 0)
        for rule in ctx.options.bench_resolve.split(","):
            words = rule.split(":")
            if words[:2] == [host, str(port)]:
                data.server.address = (words[2], int(words[3]))
                return


addons = [Route()]
"""mitmproxy's name for what a script brings."""
