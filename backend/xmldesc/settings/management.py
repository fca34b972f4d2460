"""What Hyper-V calls *Management*: name and notes, what starts and stops by itself.

libvirt has no place for what a machine does when its host starts and stops, but whether it starts:
the rest stands in a namespace of ours, and says who acts on it (`operations.automatic`).
"""

from typing import Final

from backend.errors import Problem
from backend.settings import Field, Value, ValueKind
from backend.xmldesc import automatic, tree
from backend.xmldesc.domain import AGENT_CHANNEL, HEARTBEAT_CHANNEL
from backend.xmldesc.settings.declared import (
    Declared,
    Limits,
    Reason,
    Scene,
    always,
    among,
    between,
    free,
)
from backend.xmldesc.settings.lens import YES_NO, Computed, Content, Lens, drop, ours

_KEPT: Final = always(Problem("KeptByCeladon"))


def _by(here: Problem | None, elsewhere: Problem | None) -> Reason:
    """Return who acts: on the embedded host Celadon, elsewhere its service if that is there."""
    return lambda scene: here if scene.facts.is_embedded else elsewhere


_STARTS: Final = _by(Problem("StartedByCeladon"), Problem("StartedByLibvirt"))
_IN_TURN: Final = _by(None, Problem("InTurnByService"))
_STOPS: Final = _by(Problem("StoppedByCeladon"), Problem("StoppedByService"))
_UNSAID: Final = _by(None, None)
_EVENTS: Final = ("destroy", "restart", "preserve", "rename-restart")


def _noted(
    field: Field, kind: ValueKind, lens: Lens, bounds: Limits, remark: Reason = _UNSAID
) -> Declared:
    """Return a field of ours: nothing of a machine that runs depends on it."""
    return Declared(field, kind, lens, bounds, remark=remark, acts_at_once=True)


def _channel(name: str) -> Computed:
    """Return the place of a channel to the guest: it is there or not."""
    path = f"devices/channel/target[@name='{name}']"

    def read(domain: tree.Element) -> Value:
        return domain.find(path) is not None

    def write(domain: tree.Element, value: Value) -> None:
        target = domain.find(path)
        devices = domain.find("devices")
        if value and target is None and devices is not None:
            channel = tree.add(devices, "channel", type="unix")
            tree.add(channel, "target", type="virtio", name=name)
        channel_ = None if target is None else target.getparent()
        if not value and channel_ is not None:
            drop(channel_, domain)

    return Computed(read, write)


def _title(_scene: Scene, value: Value) -> Problem | None:
    is_fit = not isinstance(value, str) or "\n" not in value
    return None if is_fit else Problem("TitleOnOneLine")


DECLARED: Final = (
    Declared(Field.NAME, ValueKind.TEXT, Content("name"), by_command=True),
    Declared(Field.NAME_TITLE, ValueKind.TEXT, Content("title"), free(), check=_title),
    Declared(Field.NAME_NOTES, ValueKind.TEXT, Content("description"), free()),
    Declared(Field.INTEGRATION_AGENT, ValueKind.SWITCH, _channel(AGENT_CHANNEL)),
    Declared(Field.INTEGRATION_HEARTBEAT, ValueKind.SWITCH, _channel(HEARTBEAT_CHANNEL)),
    _noted(
        Field.CHECKPOINT_KIND,
        ValueKind.WORD,
        ours("checkpoints"),
        among("production", "standard", "disabled"),
        _KEPT,
    ),
    _noted(
        Field.CHECKPOINT_AUTOMATIC,
        ValueKind.SWITCH,
        ours("automatic-checkpoints", YES_NO),
        free(),
        _KEPT,
    ),
    Declared(Field.AUTOSTART, ValueKind.SWITCH, remark=_STARTS, acts_at_once=True),
    _noted(Field.START_ORDER, ValueKind.NUMBER, automatic.ORDER, between(0, 9999), _IN_TURN),
    _noted(Field.START_DELAY_S, ValueKind.NUMBER, automatic.DELAY, between(0, 3600)),
    _noted(
        Field.STOP_ACTION,
        ValueKind.WORD,
        automatic.ACTION,
        among(automatic.SAVE, automatic.SHUT_DOWN, automatic.TURN_OFF),
        _STOPS,
    ),
    _noted(Field.STOP_TIMEOUT_S, ValueKind.NUMBER, automatic.TIMEOUT, between(0, 3600)),
    Declared(
        Field.ON_POWEROFF,
        ValueKind.WORD,
        Content("on_poweroff"),
        among(*_EVENTS, can_be_unset=False),
    ),
    Declared(
        Field.ON_REBOOT, ValueKind.WORD, Content("on_reboot"), among(*_EVENTS, can_be_unset=False)
    ),
    Declared(
        Field.ON_CRASH,
        ValueKind.WORD,
        Content("on_crash"),
        among(*_EVENTS, "coredump-destroy", "coredump-restart", can_be_unset=False),
    ),
)
