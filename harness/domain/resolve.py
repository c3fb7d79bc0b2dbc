"""Where a host is reached instead of asking DNS, as curl's --resolve does it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ResolveRule:
    """Connections to `host:port` go to `address:to_port`."""

    host: str
    port: int
    address: str
    to_port: int

    def __str__(self) -> str:
        return f"{self.host}:{self.port}:{self.address}:{self.to_port}"


def _port(text: str, whole: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise ValueError(f"--resolve {whole}: {text!r} is no port; write HOST:PORT:ADDR[:PORT]")
    return int(text)


def parse_resolve(text: str) -> ResolveRule:
    """Reads HOST:PORT:ADDR[:PORT]; an IPv6 ADDR stands in brackets.

    Raises ValueError with a sentence for the user.
    """
    host, _, rest = text.partition(":")
    port_text, _, target = rest.partition(":")
    if not host or not target:
        raise ValueError(f"--resolve {text}: write HOST:PORT:ADDR[:PORT]")
    port = _port(port_text, text)
    if target.startswith("["):
        address, closed, tail = target[1:].partition("]")
        if not closed:
            raise ValueError(f"--resolve {text}: the bracket of the address is not closed")
        to_text = tail.removeprefix(":")
    else:
        address, _, to_text = target.partition(":")
    return ResolveRule(host.lower(), port, address, _port(to_text, text) if to_text else port)


@dataclass(frozen=True, slots=True)
class ResolveMap:
    """All rules of a capture; the first that matches wins."""

    rules: tuple[ResolveRule, ...] = ()

    def lookup(self, host: str, port: int) -> tuple[str, int] | None:
        """(address, port) to use for `host:port`, or None for ordinary DNS."""
        wanted = host.lower().rstrip(".")
        for rule in self.rules:
            if rule.host == wanted and rule.port == port:
                return rule.address, rule.to_port
        return None
