"""The snap-in Events: its table of contents."""

from PySide6.QtCore import QCoreApplication

from backend.model import Kind
from console.sdk.snapin import Extension, SnapIn
from console.sdk.views import DetailPage
from console.snapins.events.page import EventsPage, of_a_host


def contents() -> SnapIn:
    """Return what this snap-in brings, in the language that is set now."""
    title = QCoreApplication.translate("events", "Events")
    kinds = (Kind.DOMAIN, Kind.NETWORK, Kind.STORAGE_POOL)
    return SnapIn(
        id="events",
        title=title,
        extensions=(
            Extension(kinds, DetailPage("events", title, EventsPage)),
            Extension((Kind.HOST,), DetailPage("events", title, of_a_host)),
        ),
    )
