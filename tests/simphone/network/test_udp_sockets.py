"""UDP sockets as the harness reads them."""

from harness.adapters.adb.text.udp_sockets import UdpSocket, read_udp_sockets
from harness.simphone.network.udp_sockets import HEAD, UdpSockets


def test_open_ones_are_shown_and_closed_ones_are_not() -> None:
    sockets = UdpSockets()
    assert sockets.table() == HEAD
    with sockets.connected(10_180, "198.18.0.7", 443):
        assert read_udp_sockets(sockets.table().decode()) == [UdpSocket("198.18.0.7", 443, 10_180)]
    assert sockets.table() == HEAD
