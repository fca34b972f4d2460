"""Machines with serial ports."""

from dataclasses import replace

from backend.model import Domain, DomainState
from backend.ports import SerialPort
from tests.fakes.machines import domain

FIRST = SerialPort("serial", 0, "isa-serial", "pty", "serial0")
SECOND = SerialPort("serial", 1, "isa-serial", "pty", "serial1")
ELSEWHERE = SerialPort("serial", 0, "isa-serial", "file", "serial0")
VIRTIO = SerialPort("console", 0, "virtio", "pty", "console1")


def machine(
    name: str, state: DomainState = DomainState.RUNNING, ports: tuple[SerialPort, ...] = (FIRST,)
) -> Domain:
    """Return a machine with these ports, now and at the next start."""
    plain = domain(name, state)
    assert plain.next_start
    return replace(
        plain,
        live=plain.live and replace(plain.live, serial_ports=ports),
        next_start=replace(plain.next_start, serial_ports=ports),
    )
