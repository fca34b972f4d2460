"""Panes that scroll, side by side."""

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QStyle

from console.shell.splitting import SplitPane
from console.shell.style import Style


class Pane(SplitPane, QScrollArea):
    """One that scrolls."""


@pytest.mark.parametrize("kind", [Pane, QScrollArea])
def test_the_style_is_not_asked_how_large_a_pane_is(
    qapp: QApplication, kind: type[QScrollArea], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    answer = Style.sizeFromContents

    def ask(style: Style, what: QStyle.ContentsType, *more: object) -> object:
        asked.append(what)
        return answer(style, what, *more)  # type: ignore[arg-type]

    style = Style()
    splitter, pane = QSplitter(), kind()
    splitter.addWidget(pane)
    for widget in (splitter, pane, pane.horizontalScrollBar(), pane.verticalScrollBar()):
        widget.setStyle(style)
    monkeypatch.setattr(Style, "sizeFromContents", ask)
    sizes = (pane.sizeHint(), pane.minimumSizeHint())
    assert all(size.isValid() for size in sizes)
    assert (QStyle.ContentsType.CT_ScrollBar in asked) == (kind is QScrollArea)
