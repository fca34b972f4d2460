"""What people wrote about a machine, changed as it runs."""

from backend.host.managed import ManagedHost
from backend.hypervisor import commands
from backend.model import Ref
from backend.settings import Setting, Value


async def set_title(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    """The running machine has the title."""
    await host.act(commands.set_live_title, ref, str(value or ""))


async def set_notes(host: ManagedHost, ref: Ref, _setting: Setting, value: Value) -> None:
    """The running machine has the notes."""
    await host.act(commands.set_live_notes, ref, str(value or ""))
