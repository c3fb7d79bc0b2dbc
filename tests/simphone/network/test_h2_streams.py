"""Open streams are read off real frames of h2."""

from __future__ import annotations

import h2.config
import h2.connection
import h2.events

from harness.simphone.network.h2_streams import OpenStreams

HEADERS = [(":method", "GET"), (":path", "/"), (":scheme", "https"), (":authority", "a.test")]


def test_only_unanswered_streams_are_cancelled() -> None:
    client = h2.connection.H2Connection()
    server = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    client.initiate_connection()
    server.initiate_connection()
    client.send_headers(1, HEADERS, end_stream=True)
    client.send_headers(3, HEADERS, end_stream=True)
    streams = OpenStreams()
    request = client.data_to_send()
    for start in range(0, len(request), 7):  # frames may arrive in pieces
        streams.sent(request[start : start + 7])
    server.receive_data(request)
    server.send_headers(1, [(":status", "200")])
    server.send_data(1, b"whole", end_stream=True)
    answer = server.data_to_send()
    streams.received(answer[:11])
    streams.received(answer[11:])
    events = server.receive_data(streams.cancellation())
    resets = [event for event in events if isinstance(event, h2.events.StreamReset)]
    assert [(event.stream_id, int(event.error_code or 0)) for event in resets] == [(3, 8)]
