"""Phones and one service in one process and one event loop."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from harness.simphone.android.adb_guards import STATES
from harness.simphone.android.parts import android
from harness.simphone.app.build import DEFAULT_VERSION, PACKAGE, Build, version_code, write_apk
from harness.simphone.app.build_ids import BUILDS
from harness.simphone.app.files import AppFiles
from harness.simphone.app.texts import TEXTS, language_of
from harness.simphone.contracts import Package, PhoneParts, PhoneSpec
from harness.simphone.contracts.users import make_users
from harness.simphone.control import Control
from harness.simphone.emulator_console import EmulatorConsole
from harness.simphone.forms import FORMS
from harness.simphone.incident_switch import switch_incident
from harness.simphone.makers import MAKERS
from harness.simphone.phone import Phone
from harness.simphone.service.accounts import Account, make_account
from harness.simphone.service.hosts import PINNED
from harness.simphone.service.incidents import INCIDENTS
from harness.simphone.service.server import Service
from harness.simphone.target import ADOPTED, CARD, Target
from harness.simphone.used.account import put_account
from harness.simphone.used.other_users import put_content
from harness.simphone.used.plant import plant
from harness.simphone.used.planted import Planted
from harness.simphone.wireguard.app import install as install_wireguard

RELEASES = {
    26: "8.0.0", 27: "8.1.0", 28: "9", 29: "10", 30: "11", 31: "12", 32: "12", 33: "13",
    34: "14", 35: "15", 36: "16",
}  # fmt: skip
PROFILES = ("userdebug", "retail")
STORE = "com.android.vending"
SHIPPED_AT = "/product/app/TikTok"
SHIPPED_NAME, SHIPPED_CODE = "40.2.4", 2024002040
CONTENTS = ("none", "used", "odd", "large")
PORT_TRIES = 50


@dataclass(frozen=True, slots=True)
class Wish:
    """One phone to be started."""

    name: str
    api: int = 34
    profile: str = "userdebug"
    app_version: str = DEFAULT_VERSION
    locale: str = "en-US"
    content: str = "none"
    logged_in: bool = False
    seed: int = 1
    allow_backup: bool = False
    preinstalled: bool = False
    card: bool = False
    form: str = "phone"  # of FORMS
    adopted: bool = False
    maker: str = "google"
    guards: str = "open"
    wireguard: bool = False  # the WireGuard app is there
    users: tuple[str, ...] = ()  # of contracts.users.KINDS; each has the app as well


@dataclass(frozen=True, slots=True)
class Running:
    """One phone that is up; `address` is what `adb connect` takes, or `emulator-N`."""

    wish: Wish
    phone: Phone
    address: str
    control: Control
    account: Account
    password_file: Path
    apk: Path
    console: EmulatorConsole | None = None


class Fleet:
    """Starts and stops the service and its phones; files lie in `folder`."""

    def __init__(self, wishes: list[Wish], folder: Path) -> None:
        for wish in wishes:
            _check(wish)
        self._wishes = wishes
        self._folder = folder
        self._accounts = [make_account(number, wish.seed) for number, wish in enumerate(wishes)]
        self.service = Service(self._accounts)
        self.running: list[Running] = []

    async def start(self, incident: str = "none") -> None:
        """Raises ValueError for an unknown incident, OSError when a port or file is refused.

        An incident of one phone only breaks the first one.
        """
        if incident not in INCIDENTS:
            raise ValueError(f"unknown incident {incident!r}; known: {', '.join(INCIDENTS)}")
        await self.service.start()
        self._write("upstream-ca.pem", self.service.certificates.authority_pem)
        for number, wish in enumerate(self._wishes):
            self.running.append(await self._start(number, wish))
        await switch_incident(Target(self.running[0].phone, self.service), incident)

    async def stop(self) -> None:
        """Ends everything; the folder is the caller's."""
        for running in self.running:
            await running.control.stop()
            if running.console is not None:
                await running.console.stop()
            await running.phone.stop()
        await self.service.stop()
        self.running.clear()

    @property
    def upstream_ca(self) -> Path:
        """PEM file of the root that the simulated hosts' certificates come from."""
        return self._folder / "upstream-ca.pem"

    async def _start(self, number: int, wish: Wish) -> Running:
        account = self._accounts[number]
        folder = self._folder / wish.name
        folder.mkdir(parents=True)
        pem = self.service.certificates.authority_pem
        phone = Phone(_spec(number, wish), folder, self.service.internet, pem)
        apk = await asyncio.to_thread(write_apk, folder / "app.apk", self._build(wish))
        if wish.wireguard:
            install_wireguard(android(cast("PhoneParts", phone)))
        if wish.card:
            phone.fs.insert_card(CARD)
        if wish.preinstalled:
            await asyncio.to_thread(self._ship, wish, phone, folder)
        package = phone.packages.install(apk, installer=STORE)
        for user in phone.spec.users:
            phone.packages.copies.add(user.id, package)
            put_content(phone.fs, package, user.id)
        if wish.adopted:
            phone.packages.cards.put_in(ADOPTED)
            phone.packages.cards.move(package, ADOPTED)
        found = self._use(wish, phone, package, account)
        control = Control(Target(phone, self.service, tuple(found), account, wish.adopted))
        await control.start()
        address, console = await _let_adb_in(phone, wish)
        return Running(
            wish=wish,
            phone=phone,
            address=address,
            control=control,
            account=account,
            password_file=self._write(f"{wish.name}.password", account.password.encode()),
            apk=apk,
            console=console,
        )

    def _use(self, wish: Wish, phone: Phone, package: Package, account: Account) -> list[Planted]:
        """Gives the phone its account and its content."""
        parts = cast("PhoneParts", phone)
        token = self.service.accounts.open_session(account) if wish.logged_in else None
        if wish.content != "none":
            large = wish.content == "large"
            found = plant(
                parts, package, account, token=token, seed=wish.seed,
                odd=large or wish.content == "odd", large=large,
            )  # fmt: skip
            phone.backups.back_up(package.name)  # the nightly one, where the app allows it
            return found
        if token is not None:
            files = AppFiles(phone.fs, phone.clock, package.name, package.uid, package.volume)
            put_account(files, account, token=token)
        return []

    def _ship(self, wish: Wish, phone: Phone, folder: Path) -> None:
        """Puts an older version of the app into the phone's image."""
        older = replace(self._build(wish), version_name=SHIPPED_NAME, version_code=SHIPPED_CODE)
        shipped = write_apk(folder / "shipped.apk", older)
        with phone.fs.writable_system():
            phone.packages.preinstall_apk(shipped, SHIPPED_AT)

    def _build(self, wish: Wish) -> Build:
        """Retail phones have the store's build, which pins; the others our debug build."""
        name, code = wish.app_version, version_code(wish.app_version)
        build = Build(name, code, allow_backup=wish.allow_backup)
        if wish.profile != "retail":
            return replace(build, debuggable=True)
        pem = self.service.certificates.authority_pem.decode()
        return replace(build, pinned_hosts=PINNED, pinned_authorities=pem)

    def _write(self, name: str, data: bytes) -> Path:
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)
        return path


async def _let_adb_in(phone: Phone, wish: Wish) -> tuple[str, EmulatorConsole | None]:
    """What adb knows the phone by; an emulator's console is one port below its adbd."""
    if not phone.spec.maker.console:
        return f"127.0.0.1:{await phone.start()}", None
    for _ in range(PORT_TRIES):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1]) & ~1
        console = EmulatorConsole(phone, wish.name)
        try:
            await console.start(port)
            await phone.start(port + 1)
        except OSError:
            await console.stop()  # one of the pair is taken
        else:
            return f"emulator-{port}", console
    raise OSError("no two free ports side by side for an emulator")


def _check(wish: Wish) -> None:
    """Raises ValueError for what cannot be simulated; nothing falls back silently."""
    make_users(wish.users, MAKERS[wish.maker].clone_user if wish.maker in MAKERS else None)
    for what, value, known in (
        ("API level", wish.api, RELEASES),
        ("profile", wish.profile, PROFILES),
        ("maker", wish.maker, MAKERS),
        ("state of the developer options", wish.guards, STATES),
        ("app version", wish.app_version, BUILDS),
        ("content", wish.content, CONTENTS),
    ):
        if value not in known:
            raise ValueError(
                f"{what} {value!r} is not simulated; known: {', '.join(map(str, known))}"
            )
    language, _, region = wish.locale.partition("-")
    if language_of(wish.locale) != language or len(region) != 2 or not region.isupper():
        raise ValueError(
            f"locale {wish.locale!r} is not simulated; give one such as de-DE, with a language of "
            f"{', '.join(TEXTS)}"
        )


def describe(fleet: Fleet) -> dict[str, object]:
    """The JSON line of `harness phone`."""
    return {
        "phones": [
            {
                "name": running.wish.name,
                "address": running.address,
                "model": running.phone.spec.model,
                "api": running.phone.spec.api,
                "profile": running.phone.spec.profile,
                "package": PACKAGE,
                "app_version": running.wish.app_version,
                "locale": running.phone.spec.locale,
                "apk": str(running.apk),
                "control": running.control.url,
                "account": {
                    "user": running.account.user,
                    "password_file": str(running.password_file),
                    "known": {"follower_count": running.account.follower_count},
                },
            }
            for running in fleet.running
        ],
        "service": {
            "url": fleet.service.url,
            "resolve": list(fleet.service.internet.resolve_lines()),
            "upstream_ca": str(fleet.upstream_ca),
        },
    }


def _spec(number: int, wish: Wish) -> PhoneSpec:
    maker = MAKERS[wish.maker]
    model, product = maker.models[wish.profile]
    form = FORMS[wish.form]
    return PhoneSpec(
        name=wish.name,
        model=model,
        product=product,
        api=wish.api,
        release=RELEASES[wish.api],
        profile=wish.profile,
        locale=wish.locale,
        width=form.width,
        height=form.height,
        density=form.density,
        serialno=f"SIM{number + 1:08d}",
        manufacturer=maker.manufacturer,
        maker=maker,
        guards=wish.guards,
        users=make_users(wish.users, maker.clone_user),
    )
