"""mitmproxy's import warns of pyparsing's old names, which is not ours to mend."""

import warnings
from importlib import import_module

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    IMPORTED = [import_module(f"mitmproxy.{name}") for name in ("flowfilter", "master")]
