"""The settings provider: three tables of texts."""

from __future__ import annotations

from collections.abc import Callable

from harness.simphone.android.settings_defaults import DEFAULTS
from harness.simphone.contracts import PhoneSpec

NAMESPACES = ("global", "secure", "system")
Listener = Callable[[str, str, str | None], None]


class PhoneSettings:
    """`contracts.Settings`; begins with what a new phone of its maker has."""

    def __init__(self, spec: PhoneSpec | None = None) -> None:
        self._tables = {name: dict(DEFAULTS.get(name, {})) for name in NAMESPACES}
        if spec is not None:
            self._tables["secure"] |= {
                "bluetooth_name": spec.model,
                "default_input_method": spec.maker.keyboard,
                "enabled_input_methods": spec.maker.keyboard,
            }
            for name, values in spec.maker.settings.items():
                self._tables[name] |= values
        self._listeners: list[Listener] = []

    def get(self, namespace: str, key: str) -> str | None:
        return self._table(namespace).get(key)

    def put(self, namespace: str, key: str, value: str) -> None:
        """Raises KeyError for an unknown namespace."""
        self._table(namespace)[key] = value
        self._tell(namespace, key, value)
        if (namespace, key) == ("global", "http_proxy"):
            for name, part in proxy_parts(value).items():
                self.put("global", name, part)

    def delete(self, namespace: str, key: str) -> bool:
        """Deleting `http_proxy` leaves the `global_http_proxy_*` keys, as Android does."""
        found = self._table(namespace).pop(key, None) is not None
        if found:
            self._tell(namespace, key, None)
        return found

    def all(self, namespace: str) -> dict[str, str]:
        return dict(sorted(self._table(namespace).items()))

    def subscribe(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def _table(self, namespace: str) -> dict[str, str]:
        return self._tables[namespace]

    def _tell(self, namespace: str, key: str, value: str | None) -> None:
        for listener in self._listeners:
            listener(namespace, key, value)


def proxy_parts(value: str) -> dict[str, str]:
    """What ConnectivityService stores when `http_proxy` is set to `host[:port]`.

    `:0` means no proxy: empty host, port 0. An empty value changes nothing
    (ProxyTracker returns early); the default port is 8080.
    """
    if not value:
        return {}
    host, colon, port = value.rpartition(":")
    if not colon:
        host, port = value, "8080"
    if not host:
        port = "0"
    return {
        "global_http_proxy_host": host,
        "global_http_proxy_port": port if port.isdigit() else "8080",
        "global_http_proxy_exclusion_list": "",
        "global_proxy_pac_url": "",
    }
