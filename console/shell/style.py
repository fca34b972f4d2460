"""Fusion, drawn flatter: no gradients, quiet headers and tabs, outlines that can be seen on dark.

Drawn here and not by style sheets: those break the native drawing of spin and combo boxes.
"""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFocusFrame,
    QFrame,
    QHeaderView,
    QLabel,
    QListView,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleFactory,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionFrame,
    QStyleOptionMenuItem,
    QStyleOptionProgressBar,
    QStyleOptionTab,
    QTabBar,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from console.sdk.look import icon
from console.sdk.nodes import Tone
from console.sdk.tall_sheet import TallSheet
from console.shell.box_words import WIDEST, BoxWords, elided
from console.shell.button_style import (
    draw_button_focus,
    draw_check_box,
    draw_flat_button,
    draw_focus,
    draw_push_button,
    draw_radio,
    outline_of,
)
from console.shell.menu_letters import MenuLetters
from console.shell.scroll_bars import draw_scroll_bar

_Role = QPalette.ColorRole
_State = QStyle.StateFlag
_Primitive = QStyle.PrimitiveElement
_Control = QStyle.ControlElement
HEADER_PAD = 4
_ITEM_PAD, _LINE_PAD = 3, 2
_BUTTON_PAD, _RING_PAD = 12, 6


class Style(QProxyStyle):
    """The style of the program."""

    def __init__(self) -> None:
        super().__init__(QStyleFactory.create("Fusion"))
        self._letters = MenuLetters(self)
        self._words = BoxWords(self)

    @override
    def polish(self, what: QWidget | QApplication | QPalette) -> None:  # type: ignore[override]
        """Have no label or tooltip read a file because a guest calls itself "<img src=...>".

        The arrows of a bar of tabs are for the pointer: by keys one goes to a tab, not to them.
        """
        super().polish(what)
        if isinstance(what, QToolButton) and isinstance(what.parentWidget(), QTabBar):
            what.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if isinstance(what, QMenu):
            what.installEventFilter(self._letters)
        if isinstance(what, QComboBox):
            what.installEventFilter(self._words)
        if isinstance(what, QListView) and what.inherits("QComboBoxListView"):
            what.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        if isinstance(what, QLabel) and what.textFormat() is Qt.TextFormat.AutoText:
            what.setTextFormat(Qt.TextFormat.PlainText)

    @override
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw fields, focus and flat buttons ourselves, the rest as Fusion does."""
        if (draw := _PRIMITIVES.get(element)) is None:
            super().drawPrimitive(element, option, painter, widget)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(option, painter)
        painter.restore()

    @override
    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw headers, tabs and bars flat."""
        if draw := _CONTROLS.get(element):
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw(option, painter)
            painter.restore()
            return
        if element is _Control.CE_HeaderLabel:
            _recolour(option, _Role.ButtonText, _Role.PlaceholderText)
            # The words of a header stand over those of its cells.
            option.rect = option.rect.adjusted(HEADER_PAD, 0, -HEADER_PAD, 0)
        elif element is _Control.CE_ProgressBarContents:
            _recolour(option, _Role.Highlight, _Role.Accent)
            if isinstance(option, QStyleOptionProgressBar) and option.maximum > option.minimum:
                _draw_progress(option, painter)
                return
        elif isinstance(option, QStyleOptionComboBox) and element is _Control.CE_ComboBoxLabel:
            option.currentText = elided(self, option, widget)
            like = _Role.PlaceholderText if _is_unset(widget) else _Role.ButtonText
            _recolour(option, _Role.ButtonText, like)
        elif element is _Control.CE_TabBarTabLabel and not option.state & _State.State_Selected:
            _recolour(option, _Role.WindowText, _Role.PlaceholderText)
        super().drawControl(element, option, painter, widget)
        is_field = element is _Control.CE_ShapedFrame and _is_framed(widget)
        if is_field or element is _Control.CE_PushButtonBevel:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            (_draw_outline if is_field else draw_button_focus)(option, painter)
            painter.restore()

    @override
    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw scroll bars flat, and fields with an outline that can be seen."""
        if control is QStyle.ComplexControl.CC_ScrollBar:
            slider = QStyle.SubControl.SC_ScrollBarSlider
            rect = self.subControlRect(control, option, slider, widget)  # type: ignore[arg-type]
            draw_scroll_bar(option, painter, rect, widget)
            return
        super().drawComplexControl(control, option, painter, widget)
        if control in _FRAMED:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_outline(option, painter)
            painter.restore()

    @override
    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returnData: object = None,
    ) -> int:
        """Show tooltips soon; underline no letters in menus."""
        if hint is QStyle.StyleHint.SH_ToolTip_WakeUpDelay:
            return 400
        if hint in _ALWAYS:
            return 1
        if hint in _NEVER:
            return 0
        return super().styleHint(hint, option, widget, returnData)  # type: ignore[arg-type]

    @override
    def standardIcon(
        self,
        standardIcon: QStyle.StandardPixmap,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> QIcon:
        """Have a field emptied by an icon like all others: for Qt's the desktop's theme is read."""
        if standardIcon is QStyle.StandardPixmap.SP_LineEditClearButton:
            return icon("ph.x-circle", Tone.MUTED)
        return super().standardIcon(standardIcon, option, widget)

    @override
    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Keep to the grid; words stand off the icon and edge of their item, and off a ring."""
        is_items = isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView)
        if metric is QStyle.PixelMetric.PM_FocusFrameHMargin and is_items:
            return _ITEM_PAD
        if isinstance(widget, QFocusFrame) and isinstance(widget.widget(), TallSheet):
            return _RING_PAD
        return _METRICS.get(metric, super().pixelMetric(metric, option, widget))

    @override
    def subElementRect(
        self,
        element: QStyle.SubElement,
        option: QStyleOption,
        widget: QWidget | None = None,
    ) -> QRect:
        """Ring the whole item that has the keyboard, with its icon."""
        if element is QStyle.SubElement.SE_ItemViewItemFocusRect:
            return option.rect
        rect = super().subElementRect(element, option, widget)  # type: ignore[arg-type]
        is_line = element is QStyle.SubElement.SE_LineEditContents
        if is_line and isinstance(option, QStyleOptionFrame) and option.lineWidth > 0:
            return rect.adjusted(_LINE_PAD, 0, -_LINE_PAD, 0)
        return rect

    @override
    def sizeFromContents(
        self,
        ct: QStyle.ContentsType,
        opt: QStyleOption | None,
        contentsSize: QSize,
        w: QWidget | None = None,
    ) -> QSize:
        """Give the words of a button room at both sides, and those of a box an end."""
        size = super().sizeFromContents(ct, opt, contentsSize, w)  # type: ignore[arg-type]
        if ct is QStyle.ContentsType.CT_PushButton:
            size.setWidth(max(size.width(), contentsSize.width() + 2 * _BUTTON_PAD))
        elif ct is QStyle.ContentsType.CT_ComboBox:
            size.setWidth(min(size.width(), WIDEST))
        return size


def _is_framed(widget: QWidget | None) -> bool:
    if not isinstance(widget, QPlainTextEdit | QListWidget):
        return False
    return widget.frameShape() is not QFrame.Shape.NoFrame


def _is_unset(widget: QWidget | None) -> bool:
    """Whether a box says that nothing is chosen: in quieter words, as an empty field does."""
    return widget is not None and widget.isEnabled() and bool(widget.property("unset"))


def _recolour(option: QStyleOption, role: QPalette.ColorRole, like: QPalette.ColorRole) -> None:
    palette = QPalette(option.palette)
    palette.setBrush(role, palette.brush(like))
    option.palette = palette


def _draw_field(option: QStyleOption, painter: QPainter) -> None:
    has_frame = isinstance(option, QStyleOptionFrame) and option.lineWidth > 0
    painter.setBrush(option.palette.brush(_Role.Base))
    painter.setPen(outline_of(option) if has_frame else Qt.PenStyle.NoPen)
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _draw_outline(option: QStyleOption, painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(outline_of(option))
    painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)


def _draw_ring(option: QStyleOption, painter: QPainter) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(option.palette.color(_Role.Accent))
    painter.drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5))


def _draw_nothing(_option: QStyleOption, _painter: QPainter) -> None:
    pass


def _draw_corner(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, option.palette.brush(_Role.Base))


def _draw_header(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, option.palette.brush(_Role.Base))
    line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
    painter.fillRect(line, option.palette.brush(_Role.Midlight))
    if option.state & _State.State_MouseOver:
        edge = option.rect.adjusted(option.rect.width() - 1, 7, 0, -7)
        painter.fillRect(edge, option.palette.brush(_Role.Mid))


def _draw_tab(option: QStyleOption, painter: QPainter) -> None:
    rect = option.rect
    painter.fillRect(rect, option.palette.brush(_Role.Base))
    line = QRect(rect.left(), rect.bottom(), rect.width(), 1)
    painter.fillRect(line, option.palette.brush(_Role.Midlight))
    if option.state & _State.State_Selected:
        mark = QRect(rect.left(), rect.bottom() - 1, rect.width(), 2)
        painter.fillRect(mark, option.palette.brush(_Role.Accent))
    elif option.state & _State.State_MouseOver:
        painter.fillRect(line, option.palette.brush(_Role.Dark))
    if isinstance(option, QStyleOptionTab) and option.state & _State.State_HasFocus:
        draw_focus(option, painter)


def _draw_tab_base(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, option.palette.brush(_Role.Base))
    line = QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1)
    painter.fillRect(line, option.palette.brush(_Role.Midlight))


def _draw_bar(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, option.palette.brush(_Role.Window))


def _draw_groove(option: QStyleOption, painter: QPainter) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.brush(_Role.Midlight))
    painter.drawRoundedRect(QRectF(option.rect), 3, 3)


def _draw_progress(option: QStyleOptionProgressBar, painter: QPainter) -> None:
    share = (option.progress - option.minimum) / (option.maximum - option.minimum)
    filled = QRectF(option.rect)
    filled.setWidth(filled.width() * min(max(share, 0.0), 1.0))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(option.palette.brush(_Role.Accent))
    painter.drawRoundedRect(filled, 3, 3)
    painter.restore()


def _draw_menu_title(option: QStyleOption, painter: QPainter) -> None:
    is_open = bool(option.state & (_State.State_Sunken | _State.State_Selected))
    role = _Role.Highlight if is_open else _Role.Window
    painter.fillRect(option.rect, option.palette.brush(role))
    if isinstance(option, QStyleOptionMenuItem):
        painter.setPen(option.palette.color(_Role.WindowText))
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
        painter.drawText(option.rect, int(flags), option.text)


def _draw_splitter(option: QStyleOption, painter: QPainter) -> None:
    painter.fillRect(option.rect, option.palette.brush(_Role.Midlight))


Draw = Callable[[QStyleOption, QPainter], None]
_PRIMITIVES: dict[QStyle.PrimitiveElement, Draw] = {
    _Primitive.PE_PanelLineEdit: _draw_field,
    _Primitive.PE_FrameFocusRect: draw_focus,
    _Primitive.PE_PanelButtonCommand: draw_push_button,
    _Primitive.PE_IndicatorCheckBox: draw_check_box,
    _Primitive.PE_IndicatorItemViewItemCheck: draw_check_box,
    _Primitive.PE_IndicatorRadioButton: draw_radio,
    _Primitive.PE_PanelButtonTool: draw_flat_button,
    _Primitive.PE_FrameTabBarBase: _draw_tab_base,
    _Primitive.PE_FrameTabWidget: _draw_nothing,
    _Primitive.PE_PanelScrollAreaCorner: _draw_corner,
}
_CONTROLS: dict[QStyle.ControlElement, Draw] = {
    _Control.CE_HeaderSection: _draw_header,
    _Control.CE_HeaderEmptyArea: _draw_header,
    _Control.CE_TabBarTabShape: _draw_tab,
    _Control.CE_ToolBar: _draw_bar,
    _Control.CE_MenuBarItem: _draw_menu_title,
    _Control.CE_MenuBarEmptyArea: _draw_bar,
    _Control.CE_ProgressBarGroove: _draw_groove,
    _Control.CE_Splitter: _draw_splitter,
    _Control.CE_FocusFrame: _draw_ring,
}
_FRAMED = (QStyle.ComplexControl.CC_ComboBox, QStyle.ComplexControl.CC_SpinBox)
_ALWAYS = (QStyle.StyleHint.SH_FocusFrame_AboveWidget,)
_NEVER = (
    QStyle.StyleHint.SH_Menu_KeyboardSearch,  # MenuLetters has them
    QStyle.StyleHint.SH_UnderlineShortcut,
    QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons,
)
_METRICS = {
    QStyle.PixelMetric.PM_ScrollBarExtent: 13,
    QStyle.PixelMetric.PM_TabBarTabHSpace: 14,
    QStyle.PixelMetric.PM_TabBarTabVSpace: 12,
    QStyle.PixelMetric.PM_TabBarTabShiftVertical: 0,
    QStyle.PixelMetric.PM_ToolBarItemSpacing: 4,
    QStyle.PixelMetric.PM_ToolBarItemMargin: 6,
    QStyle.PixelMetric.PM_ToolBarFrameWidth: 0,
    QStyle.PixelMetric.PM_MenuBarHMargin: 6,
    QStyle.PixelMetric.PM_MenuBarVMargin: 2,
    QStyle.PixelMetric.PM_FocusFrameHMargin: 0,
    QStyle.PixelMetric.PM_FocusFrameVMargin: 0,
}
