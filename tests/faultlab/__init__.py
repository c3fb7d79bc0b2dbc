"""A fault lab for bare captures: real TLS origins, app stand-ins, the real mitmdump between.

It shares no code with the rules that it examines: it drives the command line only.
"""
