"""`dumpsys media_session`: no app of the simulator registers a media session.

Source: AOSP, MediaSessionService.dump. Which sound plays is not simulated, so the last
heading has nothing below it.
"""

from __future__ import annotations

from harness.simphone.android.parts import AndroidPhone

NO_SESSION = """\
MEDIA SESSION SERVICE (dumpsys media_session)

0 sessions listeners.
Global priority session is null
User Records:
Record for full_user=0
  Volume key long-press listener: null
  Volume key long-press listener package:\x20
  Media key listener: null
  Media key listener package:\x20
  OnMediaKeyEventDispatchedListener: added 0 listener(s)
  OnMediaKeyEventSessionChangedListener: added 0 listener(s)
  Last MediaButtonReceiver: null
  Media button session is null
  Sessions Stack - have 0 sessions:
Audio playback (lastly played comes first)
"""


def dump_media_session(_: AndroidPhone, __: list[str]) -> str:
    return NO_SESSION
