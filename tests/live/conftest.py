"""Real guests: `stage` is an engine on a throw-away embedded host, `guest` a booted sample guest.

Each module has its own, but for those that say `SHARES_A_GUEST = True`: they leave it as they found
it, and between them it is paused. What is claimed is checked from outside: by a separate virsh, and
on the guest's own log port.
"""

from collections.abc import Callable, Iterator

import pytest

from backend.host import carriers
from backend.model import DomainState
from backend.operations import domain
from tests.live.screens import Other
from tests.live.stage import Guest, Stage, close_all, place


def _stage() -> Iterator[Stage]:
    with place() as root:
        stage = Stage(root)
        stage.open()
        yield stage
        stage.strike()


def _guest(stage: Stage) -> Iterator[Guest]:
    guest = stage.create("live guest")
    guest.boot()
    yield guest
    guest.remove()


@pytest.fixture(scope="session")
def shared_stage() -> Iterator[Stage]:
    """The engine and host of the modules that share a guest."""
    yield from _stage()


@pytest.fixture(scope="session")
def shared_guest(shared_stage: Stage) -> Iterator[Guest]:
    """The guest that they share."""
    yield from _guest(shared_stage)


def _shares(request: pytest.FixtureRequest) -> bool:
    return bool(getattr(request.module, "SHARES_A_GUEST", False))


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """An engine on an embedded host of its own, which is gone afterwards."""
    if _shares(request):
        yield request.getfixturevalue("shared_stage")
    else:
        yield from _stage()


@pytest.fixture(scope="module")
def guest(request: pytest.FixtureRequest, stage: Stage) -> Iterator[Guest]:
    """The sample guest, running and ready."""
    if not _shares(request):
        yield from _guest(stage)
        return
    guest: Guest = request.getfixturevalue("shared_guest")
    guest.be_ready()
    yield guest
    if guest.record.state is DomainState.RUNNING:
        stage.must(domain.suspend, guest.ref)


@pytest.fixture(autouse=True)
def _nothing_is_left_open() -> Iterator[None]:
    yield
    close_all()


@pytest.fixture(autouse=True)
def _guest_is_ready(request: pytest.FixtureRequest) -> None:
    """Have no test wait in vain for a guest that one before it left paused, off or starting."""
    if "guest" in request.fixturenames:
        guest: Guest = request.getfixturevalue("guest")
        guest.be_ready()


@pytest.fixture(scope="module", autouse=True)
def _no_way_is_kept() -> Iterator[None]:
    """Have a D-Bus display let go with its last view, so that nothing is left of a test.

    Not for the session: other rooms' tests, which hold that it is kept, may come afterwards. Nor
    for a test alone: its last view is let go on the engine's loop, after its end.
    """
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(carriers, "KEPT_S", 0.0)
        yield


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
