"""Every action of every snap-in has a script, or says in words why there is none."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from backend import defaults
from backend.journal.entry import OUTSIDE, What, fact
from backend.journal.entry import Entry as JournalEntry
from backend.kinds.moment import Room
from backend.model import (
    Accelerator,
    Disk,
    DomainState,
    HostState,
    Kind,
    Network,
    Nic,
    Record,
    Ref,
    StateReason,
    StoragePool,
    StorageVolume,
)
from backend.operations.alterations import Alteration, Alterations
from backend.operations.clone import ClonePlan
from backend.operations.definition import Claim, Examination
from backend.operations.device_plan import DevicePlan, PlannedDevice
from backend.operations.planning import MachinePlan
from backend.operations.script.spellings import SILENT, SPELLINGS
from backend.specs import MachineSpec, NewDomain, SourceKind
from console.program import snapins
from console.sdk.actions import Action, NodeAction, Selection
from console.sdk.nodes import ScopeNode
from console.sdk.views import Message
from console.shell.registry import Entry
from console.shell.script_play import Played, play
from console.shell.script_text import ScriptText, write
from tests.console.snapins.conftest import context, engine
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import MEANS
from tests.console.snapins.machines.devices.offers import prospects
from tests.console.snapins.machines.dialogs.furnished import furnished
from tests.fakes.machines import HOST, domain, host, room
from tests.fakes.turning import turn

__all__ = ["context", "engine"]
ACTIONS = [action for snapin in snapins() for action in (*snapin.actions, *snapin.node_actions)]
TEXT = "another"
"""What is typed where an action asks for a text."""


def things() -> Iterator[Record]:
    """Yield a thing of every kind in every state."""
    yield from room()
    for state in DomainState:
        for reason in (StateReason.NORMAL, StateReason.PANICKED):
            yield domain("any", state, reason=reason)
    yield domain("any", has_saved_state=True)
    yield furnished("any")
    yield replace(domain("any"), is_autostart=True)
    for host_state in HostState:
        yield host(host_state)
    pool = Ref("here", Kind.STORAGE_POOL, "pool")
    for is_active in (True, False):
        yield Network(Ref("here", Kind.NETWORK, "net"), "net", "nat", is_active)
        yield StoragePool(pool, "pool", "dir", is_active)
    yield StorageVolume(Ref("here", Kind.STORAGE_VOLUME, "v"), pool, "v", "/v", "qcow2", 1, 1)


def entries(context: LentContext, action: Action | NodeAction) -> Iterator[Entry]:
    """Yield the action as it stands for all that it can be done to."""
    if isinstance(action, NodeAction):
        types = action.node_types or ("machines",)
        for node_type in types:
            node = ScopeNode("n", "", "N", "", node_type, Message("", ""), ref=HOST, host="here")
            here = Selection(node)
            if action.refusal is None or not action.refusal(context, here):
                yield Entry(action, 0, "", here)
        return
    for record in things():
        is_meant = action.kind in (None, record.ref.kind) and action.applies(record)
        if is_meant and not action.refusal(record):
            yield Entry(action, 0, "", Selection(None, (record,)))


def scripts(context: LentContext, entry: Entry) -> tuple[Played, ScriptText | None]:
    told: list[tuple[Played, ScriptText | None]] = []

    async def work() -> None:
        played = await play(context, entry, [TEXT] * 3)
        text = await write(context, "A title", played.requests) if played.requests else None
        told.append((played, text))

    context.run(work())
    for _ in range(20):
        turn()
    assert told, "it never came to an end"
    return told[0]


@pytest.fixture
def answered(context: LentContext) -> LentContext:
    """What the real host would answer."""
    disk = Disk("sda", "sata", source="/images/a.qcow2", format="qcow2")
    pool = StoragePool(
        Ref("here", Kind.STORAGE_POOL, "p"), "p", "dir", is_active=True, path="/images"
    )
    context.engine.answers["domain.owned_disks"] = ()
    context.engine.answers["machine.plan"] = MachinePlan(pool, (), new_domain(disk))
    context.engine.answers["machine.plan_all"] = (MachinePlan(pool, (), new_domain(disk)),)
    context.engine.answers["means.look"] = MEANS
    context.engine.answers["clone.plan"] = (ClonePlan("u", "copy", (), "<domain/>"),)
    nic = Nic("52:54:00:00:00:01", "network", "default", "virtio", alias="ua-1")
    planned = DevicePlan((PlannedDevice(nic),), is_live=True, is_lasting=True)
    context.engine.answers["device.look"] = prospects()
    context.engine.answers["device.room"] = Room(8, 6, frozenset())
    context.engine.answers["device.plan"] = planned
    context.engine.answers["definition.examine"] = Examination("a", (Claim.NEW,))
    deleted = JournalEntry(1, 0.0, domain("gone").ref, "gone", (fact(What.DELETED),), OUTSIDE)
    context.engine.answers["alterations.read_deleted"] = Alterations(
        (Alteration(deleted, "m1", ""),)
    )
    context.engine.answers["alterations.text"] = "<domain><name>gone</name></domain>"
    return context


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_it_has_a_script_or_a_reason(answered: LentContext, action: Action) -> None:
    found = list(entries(answered, action))
    assert found, "no record and no node here offers it: give `things` one"
    if action.no_script:
        assert action.no_script.endswith("."), "the reason is a sentence"
        return
    told = [scripts(answered, entry) for entry in found]
    shown = [text for _played, text in told if text]
    assert shown or all(played.asks for played, _ in told), (
        "it hands no verb in: declare `no_script`, in words for the user"
    )
    for played, text in told:
        verbs = {request.operation for request in played.requests}
        assert verbs <= set(SPELLINGS) | set(SILENT), "a line in SPELLINGS or SILENT is missing"
        assert text is None or text.reason or ("virsh -c" in text.virsh and text.python)
    assert answered.submitted() == [], "to show a script does nothing"


def new_domain(disk: Disk) -> NewDomain:
    return defaults.complete(
        MachineSpec("a", SourceKind.DVD_IMAGE),
        defaults.Choices("uuid", "52:54:00:00:00:00", Accelerator.KVM, 2, 0.0, (disk,)),
    )
