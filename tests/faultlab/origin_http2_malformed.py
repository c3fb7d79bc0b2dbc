"""HTTP/2 origins whose answers are malformed messages (RFC 9113, 8.1.1), or never begin."""

from __future__ import annotations

import h2.config
import h2.connection
import h2.settings

from tests.faultlab.origin import Wire
from tests.faultlab.origin_http2 import Reply2, Talk
from tests.faultlab.origin_http2_odd import frame2

_DATA, _HEADERS, _SETTINGS = 0, 1, 4
_END_STREAM, _ACK, _END_HEADERS = 1, 1, 4


def headed_by(*fields: tuple[str, str]) -> Reply2:
    """An answer of exactly these header fields, as they are, without a body."""

    def reply(talk: Talk, stream: int) -> None:
        block = talk.h2.encoder.encode(list(fields))
        talk.wire.send(frame2(_HEADERS, _END_HEADERS | _END_STREAM, stream, block))
        talk.wire.wait(0.3)

    return reply


no_status2 = headed_by(("server", "lab-origin"), ("content-type", "application/json"))
"""An answer without :status."""


def idle_data2(talk: Talk, stream: int) -> None:
    """DATA on a stream that nobody opened."""
    talk.wire.send(frame2(_DATA, _END_STREAM, stream + 96, b'{"rows": []}'))
    talk.wire.wait(0.3)


def no_streams2(wire: Wire) -> None:
    """SETTINGS with MAX_CONCURRENT_STREAMS 0, for good: nothing may be asked."""
    side = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    side.local_settings = h2.settings.Settings(
        client=False,
        initial_values={h2.settings.SettingCodes.MAX_CONCURRENT_STREAMS: 0},
    )
    side.initiate_connection()
    wire.send(side.data_to_send())
    wire.receive()
    wire.send(frame2(_SETTINGS, _ACK, 0, b""))
    wire.wait_for_close()
