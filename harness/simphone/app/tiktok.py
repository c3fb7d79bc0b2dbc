"""The simulated TikTok as an app of the phone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from harness.simphone.app import build
from harness.simphone.app.api import TikTokApi
from harness.simphone.app.build_ids import ids_of
from harness.simphone.app.context import Context
from harness.simphone.app.faults import ActiveAppFaults
from harness.simphone.app.files import AppFiles
from harness.simphone.app.flows import popups, start
from harness.simphone.app.flows.actions import ACTIONS
from harness.simphone.app.flows.login import typed
from harness.simphone.app.flows.profile import load_profile
from harness.simphone.app.headers import headers, query
from harness.simphone.app.state import AppState
from harness.simphone.app.texts import language_of, texts_for
from harness.simphone.contracts import AppFactory, Package, PhoneParts, Process
from harness.simphone.network.client import PhoneClient, Pins
from harness.simphone.network.phone_backend import Meter

PROFILE_LINK = "snssdk1233://user/profile"


class TikTok:
    """`contracts.App`: one process of the app."""

    def __init__(
        self,
        phone: PhoneParts,
        package: Package,
        process: Process,
        faults: ActiveAppFaults,
        meter: Meter,
    ) -> None:
        files = AppFiles(phone.fs, phone.clock, package.name, package.uid, package.volume)
        self._client = PhoneClient(
            phone.network, phone.clock, uid=package.uid, pins=_pins(package), meter=meter
        )
        locale = phone.properties.get("persist.sys.locale") or phone.spec.locale
        self._context = Context(
            phone=phone,
            package=package,
            process=process,
            state=AppState(pages=["splash"]),
            texts=texts_for(locale),
            ids=ids_of(package.version_name),
            language=language_of(locale),
            files=files,
            api=_api(phone, package, files, self._client),
            faults=faults,
            act=self._act,
            typed=self._typed,
        )
        self._started = False

    async def on_start(self, activity: str, action: str | None, data: str | None) -> None:
        """First call: start picture, traffic, feed. Later ones: back to the front."""
        del action  # MAIN and VIEW differ by `data` alone
        context = self._context
        if not self._started:
            self._started = True
            context.window = context.phone.display.open_window(context.package.name, activity)
            context.render()
            start.restore(context)
            popups.greet(context)
            start.note_start(context)
            context.on_page = lambda: popups.page_shown(context)
            context.faults.on_show(lambda name: popups.show(context, name))
            context.spawn(self._begin(data))
        elif context.state.page != "splash":
            self._open_main()
            context.render()
            self._follow(data)

    def on_stop(self) -> None:
        """The process is gone."""
        for task in list(self._context.tasks):
            task.cancel()
        self._context.tasks.clear()
        self._context.window = None
        self._context.faults.on_show(None)
        popups.close_question(self._context)
        closing = asyncio.get_running_loop().create_task(self._client.close())
        _closing.add(closing)
        closing.add_done_callback(_closing.discard)

    async def _begin(self, data: str | None) -> None:
        context = self._context
        await start.begin(context)
        splash = context.window
        self._open_main()
        if context.state.page == "splash":
            context.replace("feed")
        else:
            context.render()
        if splash is not None and splash is not context.window:
            splash.finish()
        self._follow(data)

    def _open_main(self) -> None:
        context = self._context
        update = context.state.page == "update"
        activity = build.UPDATE_TIP if update else build.MAIN
        context.window = context.phone.display.open_window(
            context.package.name, activity, on_back=self._back
        )

    def _follow(self, data: str | None) -> None:
        if data and data.startswith(PROFILE_LINK):
            self._context.replace("feed", "profile")
            self._context.spawn(load_profile(self._context))

    async def _act(self, action: str, value: str) -> None:
        await ACTIONS[action](self._context, value)

    def _typed(self, field: str, value: str) -> None:
        typed(self._context, field, value)

    async def _back(self) -> bool:
        """The Back key: True when a page was left, False when the app is to close."""
        if self._context.popup is not None and not self._context.frozen:
            await popups.put_off(self._context)
            return True
        if self._context.frozen or len(self._context.state.pages) <= 1:
            return self._context.frozen
        await self._act("back", "")
        return True


Count = Callable[[int, int, int], None]
"""count(uid, received, sent)."""

_closing: set[asyncio.Task[None]] = set()


def tiktok_factory(faults: ActiveAppFaults, count: Count) -> AppFactory:
    """The factory for `phone.apps["tiktok"]`, with this phone's client faults.

    `count` is told the bytes that the app moves (for `dumpsys netstats`).
    """

    def make(phone: PhoneParts, package: Package, process: Process) -> TikTok:
        def meter(received: int, sent: int) -> None:
            count(package.uid, received, sent)

        return TikTok(phone, package, process, faults, meter)

    return make


def _pins(package: Package) -> Pins:
    hosts = package.behaviour_data.get("pinned_hosts")
    authorities = str(package.behaviour_data.get("pinned_authorities", ""))
    named = cast("list[object]", hosts) if isinstance(hosts, list) else []
    return Pins(frozenset(str(host) for host in named), authorities)


def _api(phone: PhoneParts, package: Package, files: AppFiles, client: PhoneClient) -> TikTokApi:
    install = files.install_ids()
    return TikTokApi(
        client,
        query=lambda: query(phone.spec, package, install, phone.clock.now()),
        headers=lambda token, cookie: headers(
            phone.spec, package, phone.clock.now(), token, cookie
        ),
    )
