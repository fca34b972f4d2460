import libvirt
import pytest

from backend.hypervisor import meanings
from backend.hypervisor.events import AgentChanged, BlockJob, GraphicsClient, Lifecycle
from backend.hypervisor.meanings import BlockJobEnd, Turn, ViewerTurn
from backend.model import Kind, Ref

VM = Ref("t", Kind.DOMAIN, "x")


@pytest.mark.parametrize("turn", Turn)
def test_every_turn_is_one_of_libvirt_s(turn: Turn) -> None:
    event, _, _ = turn.value.partition("_")
    numbers = (
        getattr(libvirt, f"VIR_DOMAIN_EVENT_{event}"),
        getattr(libvirt, f"VIR_DOMAIN_EVENT_{turn.value}"),
    )
    assert meanings.turn_of(Lifecycle(VM, *numbers)) is turn


def test_what_is_no_turn_of_a_machine_s_life() -> None:
    assert meanings.turn_of(Lifecycle(VM, 99, 0)) is None
    network = Ref("t", Kind.NETWORK, "x")
    assert meanings.turn_of(Lifecycle(network, libvirt.VIR_DOMAIN_EVENT_STARTED, 0)) is None


def test_the_agent_comes_and_goes() -> None:
    assert meanings.is_agent_there(AgentChanged(VM, 1, 0))
    assert not meanings.is_agent_there(AgentChanged(VM, 2, 0))


def test_block_jobs() -> None:
    done = BlockJob(VM, "vda", libvirt.VIR_DOMAIN_BLOCK_JOB_TYPE_ACTIVE_COMMIT, 0)
    assert meanings.block_job_name(done) == "active_commit"
    assert meanings.block_job_end(done) is BlockJobEnd.DONE
    assert meanings.block_job_name(BlockJob(VM, "vda", 77, 0)) == ""
    assert meanings.block_job_end(BlockJob(VM, "vda", 1, 3)) is None


def test_viewers() -> None:
    assert meanings.viewer_turn(GraphicsClient(VM, 1, {}, {}, "", None)) is ViewerTurn.CAME
    assert meanings.viewer_turn(GraphicsClient(VM, 2, {}, {}, "", None)) is ViewerTurn.LEFT
    assert meanings.viewer_turn(GraphicsClient(VM, 0, {}, {}, "", None)) is None
