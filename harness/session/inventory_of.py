"""The inventory of the app of a phone that a run has in use."""

from harness.adapters.inventory.take import Hashing
from harness.adapters.inventory.take import take_inventory as look
from harness.domain.inventory import Inventory
from harness.session.phone_session import PhoneSession


def take_inventory(
    session: PhoneSession, earlier: Inventory | None = None, *, hashing: Hashing = Hashing.NAMED
) -> Inventory:
    """As near as adb is now: root is neither asked for nor given up while a capture runs.

    `earlier`: its shared files are looked for again. Raises InstrumentError("adb", …).
    """
    return look(
        session.device,
        session.profile,
        package=session.app.package,
        hashing=hashing,
        earlier=earlier,
    )
