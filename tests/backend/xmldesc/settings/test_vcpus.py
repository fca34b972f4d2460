"""How many processors there are, and can be."""

import pytest

from backend.settings import Edit, Field, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue

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
