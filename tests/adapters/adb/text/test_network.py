import pytest

from harness.adapters.adb.text.network import Connectivity, read_connectivity

IMS = (
    "  NetworkAgentInfo{network{101}  handle{4}  ni{MOBILE[LTE] CONNECTED extra: ims} nc{["
    " Transports: CELLULAR Capabilities: IMS&NOT_METERED&NOT_VPN&VALIDATED&MMTEL ]}}\n"
)
NET = (
    "  NetworkAgentInfo{network{102}  handle{5}  ni{WIFI CONNECTED} nc{["
    " Transports: WIFI Capabilities: %s ]}}\n"
)
VPN = (
    "  NetworkAgentInfo{network{103}  handle{6}  ni{VPN CONNECTED} nc{["
    " Transports: WIFI|VPN Capabilities: INTERNET&VALIDATED ]}}\n"
)


@pytest.mark.parametrize(
    ("text", "network", "validated", "portal", "vpn"),
    [
        (
            "Active default network: 102\n" + IMS + NET % "INTERNET&NOT_VPN&VALIDATED",
            True, True, False, False,
        ),
        (
            "Active default network: 102\n" + NET % "INTERNET&NOT_VPN&CAPTIVE_PORTAL",
            True, False, True, False,
        ),
        ("Active default network: 102\n" + NET % "INTERNET" + VPN, True, False, False, True),
        ("Active default network: none\n" + IMS, False, False, False, False),
        ("Active default network: 101\n" + IMS, False, True, False, False),
        ("no such service", None, None, None, None),
    ],
)  # fmt: skip
def test_the_default_agent_decides(
    text: str,
    network: bool | None,
    validated: bool | None,
    portal: bool | None,
    vpn: bool | None,
) -> None:
    found = read_connectivity(text)

    assert (found.network, found.validated, found.captive_portal, found.vpn) == (
        network, validated, portal, vpn,
    )  # fmt: skip


def test_a_default_network_without_an_agent_is_a_network() -> None:
    assert read_connectivity("Active default network: 7\n") == Connectivity(network=True)
