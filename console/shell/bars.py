"""Menu bar and tool bar: projections of the commands and of the action set."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QMainWindow, QMenu, QToolBar, QWidget

from console.shell.action_set import ActionSet
from console.shell.commands import Commands
from console.shell.list_commands import ListCommands
from console.shell.palette.field import PaletteField, edge, gap
from console.shell.palette.sources import REGISTRY_MENU

if TYPE_CHECKING:
    from console.shell.window import MainWindow


def _tr(text: str) -> str:
    return QCoreApplication.translate("bars", text)


def make_menus(
    window: "MainWindow", commands: Commands, actions: ActionSet, lists: ListCommands
) -> None:
    """Fill the menu bar. The Action menu is filled each time it opens."""
    bar = window.menuBar()
    file = bar.addMenu(_tr("&File"))
    file.addActions([*actions.everywhere(), lists.export, commands.exit])
    file.insertSeparator(commands.exit)
    edit = bar.addMenu(_tr("&Edit"))
    edit.addActions([commands.undo, commands.redo, lists.copy])
    edit.insertSeparator(lists.copy)
    action_menu = bar.addMenu(_tr("&Action"))
    action_menu.aboutToShow.connect(lambda: fill_action_menu(action_menu, actions))
    action_menu.setObjectName(REGISTRY_MENU)
    action_menu.setToolTipsVisible(True)
    fill_action_menu(action_menu, actions)
    _fill_view_menu(bar.addMenu(_tr("&View")), commands, lists)
    make_places_menus(window, commands)


def make_places_menus(window: "MainWindow", commands: Commands) -> None:
    """Add the menus of where one can go, and of help."""
    bar = window.menuBar()
    bar.addMenu(window.favorites.menu)
    window.favorites.fill()
    window_menu = bar.addMenu(_tr("&Window"))
    window_menu.aboutToShow.connect(lambda: fill_window_menu(window_menu, window, commands))
    fill_window_menu(window_menu, window, commands)
    bar.addMenu(_help_menu(window, commands))


def _help_menu(window: QWidget, commands: Commands) -> QMenu:
    menu = QMenu(_tr("&Help"), window)
    menu.addActions([commands.help, commands.first_steps, commands.keys])
    menu.addSeparator()
    menu.addActions([commands.support, commands.about])
    return menu


def _fill_view_menu(view: QMenu, commands: Commands, lists: ListCommands) -> None:
    view.addActions([commands.back, commands.forward, commands.up])
    view.addSeparator()
    customize = view.addMenu(_tr("Customize"))
    customize.addActions(commands.panes())
    view.addSeparator()
    view.addActions(list(lists.modes.values()))
    view.addMenu(lists.sort)
    view.addMenu(lists.group)
    view.addAction(commands.columns)
    view.addSeparator()
    view.addActions([commands.palette, commands.filter, commands.refresh])
    view.addSeparator()
    view.addAction(commands.notifications)
    appearance = view.addMenu(_tr("Appearance"))
    appearance.addActions(list(commands.appearances.values()))


def fill_action_menu(menu: QMenu, actions: ActionSet) -> None:
    """Put in what can be done now."""
    menu.clear()
    actions.fill(menu)
    if menu.isEmpty():
        menu.addAction(_tr("Nothing to do here")).setEnabled(not menu.actions())


def fill_window_menu(menu: QMenu, here: "MainWindow", commands: Commands) -> None:
    """Put in the windows that are open now."""
    menu.clear()
    menu.addActions([commands.new_window, commands.close_window])
    menu.addSeparator()
    for number, window in enumerate(here.session.windows, 1):
        title = window.windowTitle().replace("&", "&&")
        action = menu.addAction(f"&{number}  {title}" if number < 10 else title)
        action.setCheckable(True)
        action.setChecked(window is here)
        action.triggered.connect(window.come_forward)


def context_menu(
    window: QWidget, actions: ActionSet, groups: tuple[str, ...] = ("selection",)
) -> QMenu:
    """Return a menu of what can be done with what was clicked."""
    menu = QMenu(window)
    menu.setToolTipsVisible(True)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    actions.fill(menu, groups)
    return menu


def make_tool_bar(window: QMainWindow, commands: Commands) -> tuple[QToolBar, PaletteField]:
    """Return the tool bar, and what stands at its right end and opens the palette."""
    bar = QToolBar(_tr("Tool bar"), window)
    bar.setObjectName("tool_bar")
    bar.setMovable(False)
    bar.setIconSize(QSize(18, 18))
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.addActions([commands.back, commands.forward, commands.up])
    bar.addSeparator()
    bar.addActions([commands.tree, commands.actions])
    bar.addSeparator()
    bar.addActions([commands.refresh, commands.properties, commands.help])
    bar.addSeparator()
    bar.addAction(commands.undo)
    field = PaletteField(commands.palette)
    for part in (gap(), field, edge()):
        bar.addWidget(part)
    for action in bar.actions():
        button = bar.widgetForAction(action)
        if action.text():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
    bar.toggleViewAction().setVisible(False)
    window.addToolBar(bar)
    return bar, field
