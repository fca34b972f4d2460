"""The snap-in Events: its table of contents."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication

from backend.model import Kind
from console.sdk.late import later
from console.sdk.snapin import Extension, Lead, SnapIn
from console.sdk.views import DetailPage
from console.snapins.events import page


def contents(leads: Sequence[Lead] = ()) -> SnapIn:
    """Return what this snap-in brings, in the language that is set now.

    `leads` are those of other snap-ins: where opening an event leads.
    """
    title = QCoreApplication.translate("events", "Events")
    kinds = (Kind.DOMAIN, Kind.NETWORK, Kind.STORAGE_POOL)
    return SnapIn(
        id="events",
        title=title,
        extensions=(
            Extension(
                kinds,
                DetailPage("events", title, partial(later(lambda: page.EventsPage), leads=leads)),
            ),
            Extension(
                (Kind.HOST,),
                DetailPage("events", title, partial(later(lambda: page.of_a_host), leads=leads)),
            ),
        ),
    )
