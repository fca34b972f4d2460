"""What a verb of libvirt's sets: read from what is known, refused before it is asked for."""

from dataclasses import replace

import pytest

from backend.model import Domain, DomainState, Kind, Ref
from backend.operations.settings.commanded import BY_COMMAND, Surroundings
from backend.settings import Field, Setting, Value
from backend.xmldesc.settings import catalogue

MACHINE = Domain(Ref("h", Kind.DOMAIN, "1"), "web", DomainState.OFF, is_autostart=True)
NAME = Setting(Field.NAME)


@pytest.mark.parametrize(
    ("state", "value", "problem"),
    [
        (DomainState.OFF, "other", ""),
        (DomainState.OFF, "a/b", "NameInvalid"),
        (DomainState.OFF, None, "NameInvalid"),
        (DomainState.OFF, "taken", "NameTaken"),
        (DomainState.RUNNING, "other", "WrongState"),
    ],
)
def test_a_name_is_held_against_the_others(state: DomainState, value: Value, problem: str) -> None:
    machine = Domain(MACHINE.ref, "web", state)
    found = BY_COMMAND[Field.NAME].problem(Surroundings(machine, frozenset({"taken"})), NAME, value)
    assert (found.message_id if found else "") == problem


def test_what_is_known_is_read() -> None:
    around = Surroundings(MACHINE)
    assert BY_COMMAND[Field.AUTOSTART].read(around, Setting(Field.AUTOSTART)) is True
    assert BY_COMMAND[Field.NAME].read(around, NAME) == "web"


@pytest.mark.parametrize(
    ("device", "value", "problem"),
    [
        ("vda", 4096, ""),
        ("vda", 1024, "SizeTooSmall"),
        ("vda", 4097, "ValueNotOffered"),
        ("vda", None, "ValueNotOffered"),
        ("vdb", 4096, "DiskInNoPool"),
    ],
)
def test_a_disk_in_a_pool_can_grow(device: str, value: Value, problem: str) -> None:
    around, size = Surroundings(MACHINE, sizes={"vda": 2048}), Setting(Field.DRIVE_SIZE, device)
    assert BY_COMMAND[Field.DRIVE_SIZE].read(around, size) == around.sizes.get(device)
    found = BY_COMMAND[Field.DRIVE_SIZE].problem(around, size, value)
    assert (found.message_id if found else "") == problem


def test_a_machine_without_a_definition_does_not_start_by_itself() -> None:
    around = Surroundings(replace(MACHINE, is_persistent=False))
    found = BY_COMMAND[Field.AUTOSTART].problem(around, Setting(Field.AUTOSTART), True)  # noqa: FBT003
    assert found
    assert found.message_id == "NotDefined"


def test_what_stands_in_no_description_has_a_verb() -> None:
    for field, declared in catalogue.ALL.items():
        is_commanded = declared.lens is None or declared.by_command
        assert is_commanded is (field in BY_COMMAND)
