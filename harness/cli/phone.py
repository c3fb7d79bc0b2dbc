"""`harness phone`: simulated phones for any adb, Appium or test tool."""

import asyncio
from typing import Annotated

import typer

from harness.cli.failure import UserError
from harness.ports import InstrumentError

Content = Annotated[
    str,
    typer.Option(
        help="none: a new app; used: drafts, videos, messages; odd: and odd names in every"
        " place; large: and 5 000 files more, one of 200 MB."
    ),
]
LoggedIn = Annotated[
    bool, typer.Option("--logged-in/--logged-out", help="State of the app at start.")
]
AllowBackup = Annotated[
    bool, typer.Option(help="The app's backup comes back when it is installed again.")
]
Adopted = Annotated[
    bool, typer.Option(help="The app's data lie on a card that was formatted as internal.")
]
MakerName = Annotated[str, typer.Option(help="google, samsung, xiaomi, oppo or emulator.")]
AdbGuards = Annotated[
    str,
    typer.Option(help="The maker's developer options for adb: open, ask (installations), closed."),
]

Wireguard = Annotated[bool, typer.Option(help="The WireGuard app is there, remote-controlled.")]
OtherUsers = Annotated[
    list[str] | None,
    typer.Option(
        help="One more user who has the app: work (profile), second (person) or clone (the"
        " maker's second copies of apps). May be given several times."
    ),
]


def phone(
    count: Annotated[int, typer.Option(min=1, max=32, help="How many phones.")] = 1,
    api: Annotated[int, typer.Option(min=26, max=36, help="Android API level.")] = 34,
    profile: Annotated[str, typer.Option(help="userdebug or retail.")] = "userdebug",
    incident: Annotated[str, typer.Option(help="State of the service at start.")] = "none",
    locale: Annotated[str, typer.Option(help="Language and region, such as de-DE.")] = "en-US",
    app_version: Annotated[str, typer.Option(help="Version of its app.")] = "43.1.4",
    content: Content = "used",
    logged_in: LoggedIn = True,
    seed: Annotated[int, typer.Option(help="The same seed gives the same content.")] = 1,
    allow_backup: AllowBackup = False,
    preinstalled: Annotated[bool, typer.Option(help="The app came with the phone.")] = False,
    card: Annotated[bool, typer.Option(help="A portable card is in the phone.")] = False,
    adopted: Adopted = False,
    maker: MakerName = "google",
    adb_guards: AdbGuards = "open",
    wireguard: Wireguard = False,
    user: OtherUsers = None,
    as_json: Annotated[bool, typer.Option("--json", help="The default; kept for scripts.")] = True,
    connect: Annotated[
        bool, typer.Option(help="Connect them to the adb server of ANDROID_ADB_SERVER_PORT.")
    ] = True,
    die_with_parent: Annotated[
        bool, typer.Option(hidden=True, help="End when the starting process ends.")
    ] = False,
) -> int:
    """Starts simulated phones, prints one JSON line when they are up, waits for SIGINT."""
    from harness.simphone.launch import LaunchError, LaunchOptions, serve

    del as_json
    options = LaunchOptions(
        count=count,
        api=api,
        profile=profile,
        incident=incident,
        locale=locale,
        app_version=app_version,
        connect=connect,
        die_with_parent=die_with_parent,
        content=content,
        logged_in=logged_in,
        seed=seed,
        allow_backup=allow_backup,
        preinstalled=preinstalled,
        card=card,
        adopted=adopted,
        maker=maker,
        guards=adb_guards,
        wireguard=wireguard,
        users=tuple(user or ()),
    )
    try:
        asyncio.run(serve(options, say))
    except ValueError as error:
        raise UserError(str(error)) from error
    except LaunchError as error:
        raise InstrumentError("adb", "connect the simulated phones", str(error)) from error
    return 0


def say(line: str) -> None:
    """The JSON line, at once even into a pipe."""
    print(line, flush=True)
