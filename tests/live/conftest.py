"""Real guests: `stage` is an engine on a throw-away embedded host, `guest` a booted sample guest.

What is claimed is checked from outside: by a separate virsh, and on the guest's own log port.
"""

from collections.abc import Iterator

import pytest

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
