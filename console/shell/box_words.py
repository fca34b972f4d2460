"""What boxes of choices show: the longest name makes none wider than a window, and is told."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QToolTip, QWidget
from typing_extensions import override

WIDEST: Final = 440
"""As wide as a box asks to be, in points; where there is room it is wider."""
_BESIDE_ICON: Final = 4


def elided(style: QStyle, option: QStyleOptionComboBox, widget: QWidget | None) -> str:
    """Return what is chosen, as much of it as has room: names differ at their ends."""
    field = style.subControlRect(
        QStyle.ComplexControl.CC_ComboBox,
        option,
        QStyle.SubControl.SC_ComboBoxEditField,
        widget,
    )
    room = field.width()
    if not option.currentIcon.isNull():
        room -= option.iconSize.width() + _BESIDE_ICON
    metrics = QFontMetrics(option.fontMetrics)
    return metrics.elidedText(option.currentText, Qt.TextElideMode.ElideMiddle, room)


class BoxWords(QObject):
    """Tells of a box what is chosen, where the box cannot show all of it."""

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show the whole in a tooltip, if the box has none of its own."""
        if (
            event.type() is QEvent.Type.ToolTip
            and isinstance(watched, QComboBox)
            and isinstance(event, QHelpEvent)
            and not watched.toolTip()
        ):
            option = QStyleOptionComboBox()
            watched.initStyleOption(option)
            if elided(watched.style(), option, watched) != option.currentText:
                QToolTip.showText(event.globalPos(), option.currentText, watched)
                return True
        return super().eventFilter(watched, event)
