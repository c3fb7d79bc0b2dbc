"""Whose phones can be simulated, by name."""

from __future__ import annotations

from collections.abc import Mapping

from harness.simphone.contracts.maker import GOOGLE, Maker
from harness.simphone.makers.emulator import EMULATOR
from harness.simphone.makers.oppo import OPPO
from harness.simphone.makers.samsung import SAMSUNG
from harness.simphone.makers.xiaomi import XIAOMI

MAKERS: Mapping[str, Maker] = {
    maker.name: maker for maker in (GOOGLE, SAMSUNG, XIAOMI, OPPO, EMULATOR)
}
