"""The wizard over the fake engine, on a host that answers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backend.devices import Choice, PoolChoice
from backend.model import Host, Kind, Ref
from backend.operations.images import ImageFacts
from backend.operations.means import Means
from console.snapins.machines.creation.wizard import NewMachineWizard
from tests.console.snapins.lent import LentContext

GIB = 2**30
POOL = PoolChoice(Ref("here", Kind.STORAGE_POOL, "p"), "default", "/images", 50 * GIB)
MEANS = Means(
    memory_bytes=16 * GIB,
    free_memory_bytes=8 * GIB,
    vcpus_maximum=288,
    pools=(POOL,),
    switches=(Choice("nat"), Choice("user")),
)
SYSTEMS = (("http://x/11", "Eleven"), ("http://x/debian/12", "Debian 12"))
Opener = Callable[..., NewMachineWizard]


@pytest.fixture
def opened(context: LentContext, qtbot: QtBot) -> Opener:
    """Return a function that opens the wizard on a host with these means."""

    def open_(means: Means = MEANS) -> NewMachineWizard:
        context.engine.answers["means.look"] = means
        context.engine.answers["means.free_memory"] = means.free_memory_bytes
        context.engine.answers["systems.names"] = SYSTEMS
        context.engine.answers["machine.check_image"] = ImageFacts(Path("/x"), "raw", GIB)
        context.engine.answers["machine.check_boot_file"] = ImageFacts(Path("/x"), "raw", 2**20)
        host = next(context.lookup.records(Host))
        wizard = NewMachineWizard(context, host)
        context.show_dialog(wizard)
        qtbot.waitUntil(lambda: not wizard.name.is_looking)
        return wizard

    return open_
