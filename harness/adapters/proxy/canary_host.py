"""The host of our own request through the proxy: asked by the phone, answered by the recorder."""

CANARY_HOST = "harness-canary.invalid"
"""A name that no resolver knows (RFC 6761): only our proxy can answer for it."""

CANARY_ADDRESS = "192.0.2.80"
"""An address that nobody has (RFC 5737), for phones whose connections come to us by address."""

STORES = ("system", "user")
"""Where a phone may hold our certificate; the first part of the path of an encrypted request."""
