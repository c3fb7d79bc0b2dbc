"""Takes an app away and brings it back: saved before, proved after, mended when interrupted."""
