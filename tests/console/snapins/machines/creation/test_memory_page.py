"""How much memory, within what the server has."""

from backend.specs import GuestSystem
from tests.console.snapins.machines.creation.conftest import Opener


def test_too_little_is_refused(opened: Opener) -> None:
    page = opened().memory
    page.startup.setValue(32)
    assert page.judge() == ("Give it 64 MiB of memory or more.", page.startup_remark)


def test_the_maximum_is_asked_for_with_dynamic_memory_alone(opened: Opener) -> None:
    page = opened().memory
    assert not page.most.isEnabled()
    page.most.setValue(1)
    assert not page.judge()[0]
    page.is_dynamic.setChecked(True)
    assert page.most.isEnabled()
    assert page.judge()[1] is page.most_remark
    page.most.setValue(20 * 1024)
    assert "16 GiB" in page.judge()[0]


def test_what_was_typed_is_not_changed_by_a_proposal(opened: Opener) -> None:
    wizard = opened()
    wizard.memory.startup.setValue(3000)
    wizard.ground.take(GuestSystem("x", "X", memory_bytes=2**33))
    assert wizard.memory.startup.value() == 3000


def test_processors_of_one_s_own_stay_while_the_memory_follows(opened: Opener) -> None:
    wizard = opened()
    wizard.memory.processors.setValue(1)
    wizard.ground.take(GuestSystem("x", "X", memory_bytes=2**33, least_vcpus=4))
    assert (wizard.memory.startup.value(), wizard.memory.processors.value()) == (8192, 1)
    wizard.ground.take(None)
    assert (wizard.memory.startup.value(), wizard.memory.processors.value()) == (2048, 1)
