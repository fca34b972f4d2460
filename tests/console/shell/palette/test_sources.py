"""What there is to find comes from where it is declared, and from nowhere else."""

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from console.shell.palette.finds import Find
from console.shell.palette.sources import Deeds, Places, commands
from console.shell.window import MainWindow
from tests.console.shell.steps import choose, offered
from tests.fakes.machines import domain


def deeds(shell: MainWindow) -> Deeds:
    return Deeds(shell.actions_of, shell.scope, shell.bridge.mirror, shell.show_notice)


def places(shell: MainWindow) -> dict[str, Find]:
    went = shell.guide.navigate
    found = Places(shell.scope, shell.bridge.mirror, deeds(shell), went).finds()
    return {find.title: find for find in found}


def test_what_the_pane_offers_is_there_with_its_keys_and_reasons(shell: MainWindow) -> None:
    choose(shell, "web-01")
    found = {find.id.partition("@")[0]: find for find in deeds(shell).here()}
    assert set(found) == set(offered(shell))
    assert found["machine.rename"].keys == "F2"
    assert found["machine.rename"].beside == "web-01"
    assert found["machine.delete"].refusal == "Turn it off first."
    assert found["machine.new"].beside == "Virtual Machines"


def test_several_machines_are_no_habit(shell: MainWindow) -> None:
    choose(shell, "web-01", "web-02")
    ids = {find.title: find.id for find in deeds(shell).here()}
    assert ids["Shut Down"] == ""
    assert ids["Quick Create..."] != ""


def test_a_machine_is_one_place_and_leads_to_what_can_be_done_with_it(shell: MainWindow) -> None:
    found = places(shell)
    assert {"this-computer", "rack-2", "Virtual Machines", "web-01", "win-11"} <= set(found)
    web = found["web-01"]
    assert web.further
    titles = [find.title for find in web.further()]
    assert titles[0] == "Go There"
    assert "Shut Down" in titles
    assert "Start" not in titles
    web.run()
    assert shell.guide.node
    assert shell.guide.node.ref == domain("web-01").ref


def test_it_remembers_what_is_done_to_a_machine_by_that_machine(shell: MainWindow) -> None:
    choose(shell, "web-01")
    here = next(find.id for find in deeds(shell).here() if find.title == "Shut Down")
    web = places(shell)["web-01"]
    assert web.further
    there = next(find.id for find in web.further() if find.title == "Shut Down")
    assert here == there
    assert here.endswith(web.id)


def test_the_menu_bar_is_read_with_what_it_fills_in_when_it_opens() -> None:
    bar, did = QMenuBar(), []
    menu = bar.addMenu("&Favourites")

    def fill() -> None:
        menu.clear()
        entry = menu.addAction("&Shop && Co")
        entry.triggered.connect(lambda: did.append("went"))

    menu.aboutToShow.connect(fill)
    (find,) = commands(bar)
    assert (find.title, find.beside) == ("Shop & Co", "Favourites")
    find.run()
    assert did == ["went"]


def test_a_switch_tells_how_it_stands_and_what_is_off_why() -> None:
    bar = QMenuBar()
    menu = bar.addMenu("View")
    tree = QAction("Tree", menu)
    tree.setCheckable(True)
    off = QAction("Columns...", menu)
    off.setEnabled(False)
    menu.addActions([tree, off])
    found = commands(bar)
    assert [find.beside for find in found] == ["View · off", "View"]
    assert [bool(find.refusal) for find in found] == [False, True]


def test_every_command_of_the_window_is_there(shell: MainWindow) -> None:
    found = {find.title for find in commands(shell.menuBar())}
    assert {"Back", "Tree", "Dark", "Help", "About Celadon", "Exit"} <= found
    assert "Quick Create..." not in found  # that is the registry's
    assert isinstance(shell.menuBar().actions()[1].menu(), QMenu)


def test_what_is_in_the_file_menu_is_not_found_once_more_at_each_server(shell: MainWindow) -> None:
    choose(shell, "web-01")
    ids = {find.id.partition("@")[0] for find in deeds(shell).elsewhere()}
    assert "host.reconnect" in ids
    assert "hosts.connect" not in ids
