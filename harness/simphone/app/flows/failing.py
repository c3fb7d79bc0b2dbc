"""The errors that a flow reacts to."""

from __future__ import annotations

from harness.simphone.app.api import EnvelopeError, StatusError
from harness.simphone.network.failures import NetworkError

Failure = (NetworkError, StatusError, EnvelopeError)
"""What a request can end in; anything else is a defect of the simulator."""
