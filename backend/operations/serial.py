"""Verbs on a machine's serial ports."""

from backend.errors import HostAway, NotPermitted, WrongState
from backend.host.managed import ManagedHost
from backend.hypervisor import consoles
from backend.hypervisor.consoles import Opening
from backend.interruptions import SerialMissing
from backend.model import HostState, Ref
from backend.operations.domain import known
from backend.ports import Hold, SerialPort
from backend.serial.channel import LineChannel, SerialChannel

OPEN_DEADLINE_S = 10.0


async def open_port(
    host: ManagedHost, ref: Ref, kind: str, number: int, hold: Hold = Hold.SAFE
) -> SerialChannel:
    """Return a channel to a serial port of a machine that runs.

    A port has one client: SerialInUse says that another one has it, and `Hold.FORCE` takes it from
    that one. Whoever gets the channel closes it; one that is forgotten closes itself. Raises
    WrongState for a machine that is off, SerialMissing.
    """
    domain = known(host, ref)
    if not domain.is_active:
        raise WrongState(name=domain.name, state=domain.state.value)
    ports = domain.live.serial_ports if domain.live else ()
    port = next((one for one in ports if (one.kind, one.number) == (kind, number)), None)
    if port is None or not port.can_be_opened:
        raise SerialMissing(name=domain.name, target=port.source if port else "none")
    if host.record.state is not HostState.CONNECTED:
        raise HostAway(host=host.record.name)
    if host.record.is_read_only:
        raise NotPermitted
    line = await host.consoles.open(_opening(ref, port, hold), deadline_s=OPEN_DEADLINE_S)
    return LineChannel(line)


def _opening(ref: Ref, port: SerialPort, hold: Hold) -> Opening:
    return lambda connect: consoles.open_console(connect, ref.key, port.alias, hold)
