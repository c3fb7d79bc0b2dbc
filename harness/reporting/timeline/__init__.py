"""One picture of what happened in a try: every instrument on one clock, as SVG."""
