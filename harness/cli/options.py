"""Options that several commands share, each described once."""

from pathlib import Path
from typing import Annotated

import typer

from harness.domain.removal import Arm

DevicesFile = Annotated[
    Path | None,
    typer.Option("--devices", help="Another devices.yaml (default: here, then upwards)."),
]
DeviceNames = Annotated[
    list[str] | None, typer.Option("--device", help="Name of a phone in devices.yaml.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
IncidentName = Annotated[
    str | None,
    typer.Option("--incident", help="Set on phones that offer a control address."),
]
ProfileName = Annotated[
    str | None, typer.Option("--profile", help="App profile: a name or a YAML file.")
]
FaultNames = Annotated[
    list[str] | None,
    typer.Option(
        "--fault",
        metavar="NAME[:SCOPE][=VALUE][@step]",
        help="Switched on at phones that offer a control address.",
    ),
]
NoInterception = Annotated[
    bool, typer.Option("--no-interception", help="No proxy: traffic is left alone.")
]
Attended = Annotated[bool, typer.Option("--attended", help="A person at the phone answers gates.")]
PlanOnly = Annotated[bool, typer.Option("--plan", help="Say what would be done; do nothing.")]
ScenarioNames = Annotated[
    list[str] | None, typer.Option("--scenario", help="Name of a scenario; default: all.")
]
AllowDestructive = Annotated[
    bool, typer.Option("--allow-destructive", help="With destructive: true in devices.yaml.")
]
ArmName = Annotated[Arm, typer.Option("--arm", help="What the reinstall scenario does to the app.")]
SchedulerUrl = Annotated[
    str | None,
    typer.Option(metavar="tls://HOST:PORT", help="On the phones of a lab (harness lab)."),
]
Where = Annotated[
    list[str] | None,
    typer.Option("--where", metavar="LABEL=VALUE", help="Only such phones of the lab."),
]
