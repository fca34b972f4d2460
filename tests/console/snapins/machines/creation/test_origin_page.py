"""A machine that is there serves as the template of new ones."""

from collections.abc import Callable
from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.model import DomainState, Record
from backend.operations.clone import Copying
from backend.specs import Then
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import Opener
from tests.fakes.machines import domain

OFF = replace(domain("template"), state=DomainState.OFF, is_autostart=False)


def test_only_what_is_off_can_be_copied(opened: Opener, until: Callable[[Record], None]) -> None:
    until(OFF)
    until(replace(domain("busy"), state=DomainState.RUNNING))
    page = opened().origin
    page.kinds.choose("copy")
    page.machine.setCurrentIndex(page.machine.findData("uuid-busy"))
    assert page.judge() == (
        "busy is running. Shut it down: what is copied must not change meanwhile.",
        page.machine.remark,
    )
    until(replace(domain("busy"), state=DomainState.OFF))
    assert not page.judge()[0]
    page.machine.setCurrentIndex(page.machine.findData("uuid-template"))
    assert not page.judge()[0]
    until(replace(OFF, has_saved_state=True))
    assert page.judge()[0].startswith("template is saved.")


def test_what_starts_by_itself_is_the_base_of_none(
    opened: Opener, until: Callable[[Record], None]
) -> None:
    until(replace(OFF, is_autostart=True))
    page = opened().origin
    page.kinds.choose("copy")
    page.machine.setCurrentIndex(page.machine.findData("uuid-template"))
    assert not page.judge()[0]
    page.disks.setCurrentIndex(1)
    assert "starts with its server" in page.judge()[0]


def test_a_copy_is_asked_for_nothing_else(
    context: LentContext, opened: Opener, until: Callable[[Record], None], qtbot: QtBot
) -> None:
    until(OFF)
    wizard = opened()
    wizard.origin.kinds.choose("copy")
    box = wizard.origin.machine
    box.setCurrentIndex(box.findData("uuid-template"))
    wizard.origin.disks.setCurrentIndex(1)
    assert wizard.way() == [wizard.before, wizard.name, wizard.origin, wizard.summary]
    wizard.memory.startup.setValue(1)
    assert not wizard.refusal
    rows = {row.label: row.value for row in wizard.edit.rows(wizard._rows())}
    assert rows["Copy of"] == "template"
    assert rows["Storage location"] == ""
    assert "Memory" not in rows
    wizard.is_started.setChecked(True)
    wizard.ok_button.click()
    qtbot.waitUntil(lambda: bool(context.submitted()))
    assert context.submitted() == [("clone.clone", OFF.ref.key)]
    told = context.last().arguments
    assert told == (("New Virtual Machine",), Copying.LINKED, (), Then.START)


def test_a_host_without_machines_says_so(opened: Opener) -> None:
    page = opened().origin
    page.machine.offer([])
    page.kinds.choose("copy")
    assert page.judge()[0].startswith("There is no virtual machine")
    page.kinds.choose("new")
    assert not page.judge()[0]
