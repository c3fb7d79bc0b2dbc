"""The followers scenario as a bare Appium-Python-Client script with a bare mitmdump beside it.

As somebody writes it who needs no diagnosis: waits for an element, taps it, keeps a
screenshot and a page source at each step. No evidence, no redaction, no gates.
"""

from __future__ import annotations

import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from _side_by_side import _listening as listening  # pyright: ignore[reportPrivateUsage] - one idea, one place
from appium import webdriver
from appium.options.android.uiautomator2.base import UiAutomator2Options
from appium.webdriver.common.appiumby import AppiumBy
from selenium.webdriver.support.ui import WebDriverWait

from harness.adapters.adb.device import AdbDevice
from harness.adapters.appium.session import SessionRequest, capabilities
from harness.adapters.attach import trust
from harness.adapters.child import free_port
from harness.adapters.proxy.plan import mitmdump_binary
from harness.session.launch import Launched

PACKAGE = "com.zhiliaoapp.musically"
ACTIVITY = "com.ss.android.ugc.aweme.splash.SplashActivity"
PHONE_PORT = 18080
HERE = Path(__file__).resolve().parent


@contextmanager
def proxied(device: AdbDevice, phone: Launched, folder: Path) -> Generator[None]:
    """mitmdump as it comes, its certificate on the phone, the phone's proxy set to it."""
    port, confdir = free_port(), folder / "confdir"
    rules = ",".join(f"{r.host}:{r.port}:{r.address}:{r.to_port}" for r in phone.resolve)
    options = [
        f"confdir={confdir}",
        f"ssl_verify_upstream_trusted_ca={phone.upstream_ca}",
        f"bench_resolve={rules}",
    ]
    command = [str(mitmdump_binary()), "-q", "-s", str(HERE / "_bare_route.py")]
    command += ["-w", str(folder / "bare.mitm"), "--listen-host", "127.0.0.1"]
    command += ["--listen-port", str(port)]
    command += [word for option in options for word in ("--set", option)]
    process = subprocess.Popen(command)
    authority = confdir / "mitmproxy-ca-cert.pem"
    try:
        listening(port)
        device.root()
        planned = trust.plan_trust(device, authority)
        trust.install(device, authority, planned)
        device.reverse(PHONE_PORT, port)
        device.shell(f"settings put global http_proxy 127.0.0.1:{PHONE_PORT}")
        try:
            yield
        finally:
            device.shell("settings put global http_proxy :0; settings delete global http_proxy")
            device.remove_reverse(PHONE_PORT)
            trust.remove(device, planned)
    finally:
        process.terminate()
        process.wait(15)


def play(url: str, device: AdbDevice, folder: Path) -> float:
    """Seconds from the app's start to the last picture; the session is open before."""
    options = UiAutomator2Options()
    options.load_capabilities(capabilities(SessionRequest("bare", device.serial, device.link.port)))
    driver = webdriver.Remote(url, options=options)
    try:
        begun = time.monotonic()
        _followers(driver, folder)
        return time.monotonic() - begun
    finally:
        driver.quit()


def _followers(driver: webdriver.Remote, folder: Path) -> None:
    def find(by: str, what: str) -> object:
        return WebDriverWait(driver, 30, 0.25).until(lambda d: d.find_element(by, what))

    def keep(number: int) -> None:
        (folder / f"{number}.png").write_bytes(driver.get_screenshot_as_png())
        (folder / f"{number}.xml").write_text(driver.page_source, encoding="utf-8")

    keep(1)
    driver.terminate_app(PACKAGE)
    driver.execute_script(
        "mobile: startActivity", {"intent": f"{PACKAGE}/{ACTIVITY}", "wait": True}
    )
    tab = find(AppiumBy.ACCESSIBILITY_ID, "Profile")
    keep(2)
    tab.click()  # pyright: ignore[reportAttributeAccessIssue] - the client's element
    label = find(AppiumBy.XPATH, "//*[@text='Followers']")
    counters = driver.find_elements(AppiumBy.XPATH, "//*[@text='Followers']/../*")
    assert [one.text for one in counters]
    keep(3)
    label.click()  # pyright: ignore[reportAttributeAccessIssue] - the client's element
    rows = "//*[contains(@class, 'RecyclerView')]//android.widget.Button"
    find(AppiumBy.XPATH, rows)
    assert [one.text for one in driver.find_elements(AppiumBy.XPATH, rows)]
    keep(4)
