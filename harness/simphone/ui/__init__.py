"""Windows, nodes and pixels of the simulated phone."""
