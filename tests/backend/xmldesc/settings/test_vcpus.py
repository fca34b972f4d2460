"""How many processors there are, and can be."""

import pytest

from backend.settings import Edit, Field, Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.facts import Facts
from tests.backend.xmldesc.settings.pages import Machine

COUNT, MAXIMUM = Setting(Field.PROCESSOR_COUNT), Setting(Field.PROCESSOR_MAXIMUM)


@pytest.mark.parametrize(
    ("before", "edit", "after"),
    [
        ("<vcpu>2</vcpu>", Edit(COUNT, 4), "<vcpu>4</vcpu>"),
        ("<vcpu>2</vcpu>", Edit(COUNT, 1), "<vcpu>1</vcpu>"),
        ("<vcpu current='2'>8</vcpu>", Edit(COUNT, 4), '<vcpu current="4">8</vcpu>'),
        ("<vcpu current='2'>8</vcpu>", Edit(COUNT, 16), "<vcpu>16</vcpu>"),
        ("<vcpu current='2'>8</vcpu>", Edit(MAXIMUM, 1), "<vcpu>1</vcpu>"),
        ("<vcpu placement='static'>2</vcpu>", Edit(MAXIMUM, 8),
         '<vcpu placement="static" current="2">8</vcpu>'),
    ],
)  # fmt: skip
def test_one_takes_the_other_along(before: str, edit: Edit, after: str) -> None:
    domain = tree.read(f"<domain>{before}</domain>")
    catalogue.write(domain, [edit])
    assert tree.write(domain) == tree.write(tree.read(f"<domain>{after}</domain>"))


def test_what_is_not_said_is_one() -> None:
    found = catalogue.settings(tree.read("<domain/>"))
    assert (found[COUNT].value, found[MAXIMUM].value) == (1, 1)


def test_a_model_replaces_what_only_the_other_had() -> None:
    machine = Machine(
        "<vcpu>2</vcpu><cpu mode='host-passthrough' check='none' migratable='on'>"
        "<topology sockets='2' cores='1' threads='1'/><feature policy='require' name='vmx'/></cpu>"
    )
    told = machine.set(Field.PROCESSOR_MODEL, "EPYC").text()
    assert "<cpu mode='custom' match='exact'>" in told
    assert "<model fallback='forbid'>EPYC</model>" in told
    assert machine.get(Field.PROCESSOR_MODEL) == "EPYC"
    assert machine.get(Field.PROCESSOR_FEATURES) == ("require vmx",)
    assert "<model" not in machine.set(Field.PROCESSOR_MODEL, "host-model").text()
    assert machine.set(Field.PROCESSOR_MODEL, None).get(Field.PROCESSOR_FEATURES) is None


def test_models_are_offered_with_what_the_host_cannot_run() -> None:
    facts = Facts(offers={"cpu/mode": frozenset({"maximum"})}, cpu_models={"A": True, "B": False})
    told = Machine("", facts).offers(Field.PROCESSOR_MODEL)
    assert told["maximum"] == told["A"] == ""
    assert told["host-passthrough"] == "HostLacks"
    assert told["B"] == "HostCannotRunModel"


@pytest.mark.parametrize(
    ("field", "fit", "unfit"),
    [
        (Field.PROCESSOR_PINNING, ("0=0-3,^2", "1=4"), ("0:1",)),
        (Field.PROCESSOR_FEATURES, ("require vmx",), ("vmx",)),
        (Field.PROCESSOR_CPUSET, "0-3,8", "all"),
        (Field.PROCESSOR_EMULATOR_PIN, "0", "-1"),
    ],
)
def test_lists_are_written_in_one_way(field: Field, fit: Value, unfit: Value) -> None:
    machine = Machine("<vcpu>2</vcpu>")
    assert machine.check(field, fit) == ""
    assert machine.check(field, unfit) == "ShapeUnfit"
    assert machine.set(field, fit).get(field) == fit
    assert machine.set(field, None).get(field) is None


@pytest.mark.parametrize(
    ("field", "defined", "running", "runs_so"),
    [
        (Field.PROCESSOR_MODEL, "host-model", "EPYC", True),
        (Field.PROCESSOR_MODEL, "EPYC", "Nehalem", False),
        (Field.PROCESSOR_MODEL, None, "qemu64", True),
        (Field.PROCESSOR_FEATURES, ("require vmx",), ("require vmx", "require ss"), True),
        (Field.PROCESSOR_FEATURES, ("require vmx",), None, False),
        (Field.PROCESSOR_SHARES, None, 5, False),
    ],
)
def test_what_is_left_to_the_host_is_no_difference(
    field: Field, defined: Value, running: Value, runs_so: bool
) -> None:
    assert catalogue.ALL[field].runs_as(defined, running) is runs_so
