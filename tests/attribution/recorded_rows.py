"""The reference's recorded faults as facts: row number, name, facts, who may be named.

`parties`: what a verdict from the capture alone may say. Where the reference lists an
equal signature with another culprit, only abstaining, or the party that the signature
leans to, is right.
"""

from __future__ import annotations

from tests.attribution.recorded_near_rows import APP, HARNESS, PINNING
from tests.attribution.recorded_origin_rows import (
    CONTROLS,
    HTTP3,
    NETWORK,
    ORIGIN_TLS,
    SILENCE,
    STATUS,
    STREAMS,
)

ROWS = (
    *CONTROLS,
    *STATUS,
    *SILENCE,
    *ORIGIN_TLS,
    *STREAMS,
    *NETWORK,
    *APP,
    *PINNING,
    *HARNESS,
    *HTTP3,
)
