"""Every arm of the reinstall experiment on every Android release, against what is true.

For phones that offer a control address, which tells what really lies on them.
"""
