"""Phones of many hosts: jobs go out by Dask distributed, artefacts come home by content hash.

Needs the extra: pip install 'harness[lab]'. Capture and adb stay on the host that owns a
phone. Whoever holds a certificate of the lab may run programs on its hosts.
"""
