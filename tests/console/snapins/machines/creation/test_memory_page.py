"""How much memory, within what the server has."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from backend.specs import GuestSystem
from tests.console.snapins.lent import LentContext
from tests.console.snapins.machines.creation.conftest import GIB, MEANS, Opener


def test_too_little_is_refused(opened: Opener) -> None:
    page = opened().memory
    page.startup.setValue(32)
    assert page.judge() == ("Give it 64 MiB of memory or more.", page.startup_remark)


def test_the_maximum_is_asked_for_with_dynamic_memory_alone(opened: Opener) -> None:
    page = opened().memory
    assert not page.most.isEnabled()
    page.most.setValue(1)
    assert not page.judge()[0]
    page.is_dynamic.setChecked(True)
    assert page.most.isEnabled()
    assert page.judge()[1] is page.most_remark
    page.most.setValue(20 * 1024)
    assert "16 GiB" in page.judge()[0]


def test_what_was_typed_is_not_changed_by_a_proposal(opened: Opener) -> None:
    wizard = opened()
    wizard.memory.startup.setValue(3000)
    wizard.ground.take(GuestSystem("x", "X", memory_bytes=2**33))
    assert wizard.memory.startup.value() == 3000


def test_processors_of_one_s_own_stay_while_the_memory_follows(opened: Opener) -> None:
    wizard = opened()
    wizard.memory.processors.setValue(1)
    wizard.ground.take(GuestSystem("x", "X", memory_bytes=2**33, least_vcpus=4))
    assert (wizard.memory.startup.value(), wizard.memory.processors.value()) == (8192, 1)
    wizard.ground.take(None)
    assert (wizard.memory.startup.value(), wizard.memory.processors.value()) == (2048, 1)


def test_minimum_and_maximum_follow_the_startup_memory_until_they_are_one_s_own(
    opened: Opener,
) -> None:
    page = opened().memory
    page.startup.setValue(256)
    assert (page.least.value(), page.most.value()) == (256, 512)
    page.least.setValue(128)
    page.startup.setValue(4096)
    assert (page.least.value(), page.most.value()) == (128, 8192)


def test_a_minimum_that_is_the_maximum_is_no_dynamic_memory(opened: Opener) -> None:
    page = opened().memory
    page.is_dynamic.setChecked(True)
    page.least.setValue(2048)
    page.most.setValue(2048)
    assert page.judge()[1] is page.most_remark
    page.least.setValue(32)
    assert page.judge() == ("Leave it 64 MiB of memory or more.", page.least_remark)


def test_the_room_on_the_server_is_told_as_one_types(opened: Opener) -> None:
    wizard = opened()
    page = wizard.memory
    assert (
        page.startup_remark.text()
        == "8 GiB are free on the server now, 6 GiB of it with this running."
    )
    page.startup.setValue(9 * 1024)
    assert page.startup_remark.text().startswith("More than the 8 GiB that are free")
    page.startup.setValue(2048)
    wizard.name.count.setValue(5)
    assert page.startup_remark.text().startswith(
        "All 5 want 10 GiB, and 8 GiB are free on the server now"
    )


def test_what_is_free_is_asked_anew_where_it_is_shown(
    context: LentContext, opened: Opener, qtbot: QtBot
) -> None:
    wizard = opened(replace(MEANS, free_memory_bytes=8 * GIB))
    context.engine.answers["means.free_memory"] = GIB
    while wizard.page is not wizard.memory:
        wizard.next_button.click()
    qtbot.waitUntil(lambda: "More than the 1 GiB" in wizard.memory.startup_remark.text())
    context.engine.answers["means.free_memory"] = 0
    wizard.ground.ask_free_memory()
    asked = [one for one in context.engine.queries if one.operation == "means.free_memory"]
    qtbot.waitUntil(lambda: len(asked) >= 1 and wizard.ground._end is None)
    assert "More than the 1 GiB" in wizard.memory.startup_remark.text()


def test_no_more_is_proposed_than_the_server_has(opened: Opener) -> None:
    page = opened().memory
    page.startup.setValue(12 * 1024)
    assert page.most.value() == 16 * 1024
    page.is_dynamic.setChecked(True)
    assert not page.judge()[0]


def test_who_comes_to_it_types_over_what_stands_there(opened: Opener, qtbot: QtBot) -> None:
    wizard = opened()
    wizard.activateWindow()
    while wizard.page is not wizard.memory:
        wizard.next_button.click()
    qtbot.waitUntil(lambda: wizard.ground._end is None)
    wizard.ground.changed.emit()
    assert wizard.memory.startup.lineEdit().selectedText() == "2048"
