"""What can be done to a machine, as a menu: for windows of its own, which have no actions pane."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from backend.model import Domain
from console.sdk import reach
from console.sdk.actions import Action, Selection
from console.sdk.context import Context
from console.sdk.look import icon
from console.snapins.machines import actions


def machine_menu(context: Context, domain: Domain, parent: QWidget | None) -> QMenu:
    """Return the menu of this machine; what cannot be done now is grey, and says why."""
    menu = QMenu(parent)
    menu.setToolTipsVisible(True)
    section = None
    for action in actions.actions():
        if not action.applies(domain):
            continue
        if section not in (None, action.section):
            menu.addSeparator()
        section = action.section
        entry = menu.addAction(icon(action.icon), action.text)
        rights = "" if action.only_looks else reach.rights_at(context.lookup, domain.ref.host)
        reason = rights or action.refusal(domain)
        entry.setEnabled(not reason)
        entry.setToolTip(reason)
        entry.triggered.connect(partial(_run, context, action, domain))
    return menu


def _run(context: Context, action: Action, domain: Domain) -> None:
    # As it is by now: menus stay open as long as one likes.
    now = context.lookup.record(domain.ref, Domain)
    if now is None or not action.applies(now) or action.refusal(now):
        return
    if (work := action.run(context, Selection(None, (now,)))) is not None:
        context.run(work)
