"""Small real media files, made and read by the simulator itself."""
