"""Sockets, dies, cores and threads make the number of processors."""

from backend.settings import Field
from backend.xmldesc.settings import harmony
from tests.backend.xmldesc.settings.pages import Machine


def shape(machine: Machine) -> dict[str, str]:
    found = machine.root.find("cpu/topology")
    return {} if found is None else {str(k): str(v) for k, v in found.attrib.items()}


def test_what_is_left_unset_is_completed() -> None:
    machine = Machine("<vcpu>4</vcpu>").set(Field.PROCESSOR_CORES, 2)
    assert shape(machine) == {"sockets": "2", "cores": "2", "threads": "1"}


def test_it_goes_when_no_part_is_told() -> None:
    machine = Machine("<vcpu>4</vcpu><cpu mode='x'><topology cores='4' dies='1'/></cpu>")
    assert shape(machine.set(Field.PROCESSOR_CORES, None)) == {}


def test_what_does_not_fit_is_told_of_all_parts() -> None:
    machine = Machine("<vcpu>4</vcpu>").set(Field.PROCESSOR_CORES, 3)
    ((settings, problem),) = harmony.conflicts(machine.root)
    assert Field.PROCESSOR_CORES in {setting.field for setting in settings}
    assert (problem["product"], problem["processors"]) == (3, 4)
