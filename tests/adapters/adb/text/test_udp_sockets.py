import pytest

from harness.adapters.adb.text.udp_sockets import UdpSocket, read_udp_sockets

HEAD = (
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
    "  timeout inode ref pointer drops\n"
)
V4 = (
    " 3214: 0100A8C0:9C40 01D3FB8E:01BB 01 00000000:00000000 00:00000000 00000000 10245"
    "        0 1234567 2 0000000000000000 0\n"
)
V6 = (
    "  5: 00000000000000000000000000000000:9C41 5014002A00000940000000000E200000:01BB 01"
    " 00000000:00000000 00:00000000 00000000 10245        0 1 2 0 0\n"
)
MAPPED = V6.replace("5014002A00000940000000000E200000", "0000000000000000FFFF000001D3FB8E")
LINES = {
    "a headline": (HEAD, []),
    "IPv4": (HEAD + V4, [UdpSocket("142.251.211.1", 443, 10245)]),
    "IPv6": (V6, [UdpSocket("2a00:1450:4009::200e", 443, 10245)]),
    "IPv4 within IPv6": (MAPPED, [UdpSocket("142.251.211.1", 443, 10245)]),
    "not connected": (V4.replace("01D3FB8E:01BB 01", "00000000:0000 07"), []),
    "cut off": (V4[:40], []),
    "no address": (V4.replace("01D3FB8E", "01D3"), []),
    "no number": (V4.replace("10245", "x"), []),
}


@pytest.mark.parametrize(("text", "found"), LINES.values(), ids=LINES)
def test_connected_sockets_are_read(text: str, found: list[UdpSocket]) -> None:
    assert read_udp_sockets(text) == found
