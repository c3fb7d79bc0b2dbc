"""The real Appium with its real UiAutomator2 driver, for clients that know nothing of us."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from appium import webdriver
from appium.options.android import UiAutomator2Options
from appium.webdriver.client_config import AppiumClientConfig

from harness.adapters.places import android_home, node_binary, node_folder
from tests.e2e.lab import Lab, eventually, free_port, started


@contextmanager
def appium_server(lab: Lab, log: Path, *more: str) -> Generator[str]:
    """A bare Appium server as anyone starts it; gives its address.

    What it leaves where it was started (bug reports) lies beside `log`.
    """
    port = free_port()
    node = node_binary()
    env = lab.env(
        ANDROID_HOME=str(android_home()),
        APPIUM_HOME=str(node_folder()),
        PATH=f"{node.parent}:/usr/bin:/bin",
    )
    command = [
        str(node),
        str(node_folder() / "node_modules" / "appium" / "index.js"),
        "server",
        "--address",
        "127.0.0.1",
    ]
    command += ["--port", str(port), "--log", str(log), "--log-level", "error:debug", *more]
    with started(command, env, cwd=log.parent):
        url = f"http://127.0.0.1:{port}"

        def ready() -> bool:
            try:
                return httpx.get(f"{url}/status", timeout=2).is_success
            except httpx.HTTPError:
                return False

        assert eventually(ready, 40)
        yield url


def open_session(url: str, lab: Lab, phone: dict[str, Any], udid: str = "") -> webdriver.Remote:
    """A session on the phone's app as it is; `udid` when it is known by another name."""
    options = UiAutomator2Options()
    options.udid = udid or phone["address"]
    options.app_package = phone["package"]
    options.app_wait_activity = "*"
    options.no_reset = True
    options.set_capability("appium:noSign", value=True)
    options.set_capability("appium:adbPort", lab.adb_port)
    return webdriver.Remote(options=options, client_config=AppiumClientConfig(url, timeout=60))
