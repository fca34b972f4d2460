"""Real guests: `stage` is an engine on a throw-away embedded host, `guest` a booted sample guest.

What is claimed is checked from outside: by a separate virsh, and on the guest's own log port.
"""

from collections.abc import Callable, Iterator

import pytest

from tests.live.screens import Other
from tests.live.stage import Guest, Stage, place


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    """An engine on an embedded host of its own, which is gone afterwards."""
    with place() as root:
        stage = Stage(root)
        stage.open()
        yield stage
        stage.strike()


@pytest.fixture(scope="module")
def guest(stage: Stage) -> Iterator[Guest]:
    """The sample guest, running and ready."""
    guest = stage.create("live guest")
    guest.boot()
    yield guest
    guest.remove()


@pytest.fixture
def other(stage: Stage, guest: Guest) -> Iterator[Callable[[], Other]]:
    """Has another program open the display, as often as wanted."""
    begun: list[Other] = []

    def begin() -> Other:
        begun.append(Other(stage, guest))
        return begun[-1]

    yield begin
    for one in begun:
        one.kill()
