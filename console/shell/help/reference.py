"""The keys of the program, written from what declares them: nothing is typed a second time."""

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from console.sdk.actions import Action, NodeAction
from console.sdk.views import ListView
from console.shell.palette.sources import REGISTRY_MENU, plain
from console.shell.registry import shortcut_of
from console.shell.scope_model import ScopeModel

Line = tuple[str, str]


def _tr(text: str) -> str:
    return QCoreApplication.translate("help", text)


def keys_of_actions(actions: Iterable[Action | NodeAction]) -> str:
    """Return the table of what can be done with things, as Markdown."""
    lines = ((_native(keys), a.text) for a in actions if (keys := shortcut_of(a)))
    return _table(lines)


def keys_of_window(bar: QMenuBar) -> str:
    """Return the table of the window's own commands, as Markdown."""
    return _table((*_menus(bar), *_commands(bar)))


def _menus(bar: QMenuBar) -> Iterable[Line]:
    for action in bar.actions():
        if (letter := QKeySequence.mnemonic(action.text())).toString():
            native = letter.toString(QKeySequence.SequenceFormat.NativeText)
            yield native, _tr("the menu {menu}").format(menu=plain(action.text()))


def filter_fields(scope: ScopeModel) -> str:
    """Return what the filter may name in each list there is, as Markdown."""
    by_title: dict[str, ListView[Any]] = {}
    for node in scope.nodes():
        if isinstance(node.view, ListView):
            by_title[node.view.title or node.text] = node.view
    return "\n\n".join(f"**{title}**: {_fields(by_title[title])}" for title in by_title)


def _fields(view: ListView[Any]) -> str:
    return ", ".join(f"`{column.id}` ({column.title})" for column in view.columns)


def _commands(menu: QMenuBar | QMenu) -> Iterable[Line]:
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            if inner.objectName() != REGISTRY_MENU:
                yield from _commands(inner)
        elif keys := _keys(action):
            yield keys, plain(action.text())


def _keys(action: QAction) -> str:
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(keys.toString(native) for keys in action.shortcuts())


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def _table(lines: Iterable[Line]) -> str:
    told = dict.fromkeys((keys, text.removesuffix("...")) for keys, text in lines)
    rows = "\n".join(f"| {keys} | {text} |" for keys, text in told)
    return f"| {_tr('Keys')} | {_tr('What they do')} |\n|---|---|\n{rows}"
