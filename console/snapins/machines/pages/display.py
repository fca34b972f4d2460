"""The page Display: the machine's screen, live, and everything that one does at a screen."""

import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication, QDateTime, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.display.channel import News
from backend.display.surface import Surface
from backend.display.typing import prepared
from backend.model import Domain, Record, Ref
from console.bridge.aside import Aside
from console.sdk import wording
from console.sdk.context import Context
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.snapins.machines.pages.display_bar import DisplayBar
from console.snapins.machines.pages.display_follower import DisplayFollower
from console.snapins.machines.pages.display_link import DisplayLink
from console.snapins.machines.pages.full_screen import FullScreen
from console.snapins.machines.pages.screenshot import pictures
from console.widgets.screen import Screen
from console.widgets.screen_typist import ScreenTypist

_CONNECTING_AFTER_MS: Final = 500
_STILL_AFTER_MS: Final = 1500


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayPage(DetailView):
    """A screen below its tool bar, and a line that says whose the keyboard is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Display"))
        self.bar = DisplayBar()
        self.screen_view = Screen(_tr("Screen of the machine"))
        self.link = DisplayLink(context, self)
        self.typist = ScreenTypist(self)
        self.follower = DisplayFollower(self.screen_view, self.link)
        self._pace = _Pace()
        self._aside = Aside("save a picture", self)
        self._is_to_be_entered = False
        self._takes_input = True
        self._hint = ToneLabel("", Tone.MUTED)
        self._room = QScrollArea()
        self._full = FullScreen(self._take_back)
        self._connecting = _single_shot(self, _CONNECTING_AFTER_MS, self._on_slow)
        self._still = _single_shot(self, _STILL_AFTER_MS, self._on_still)
        self._lay_out()
        self._wire()

    def enter(self) -> None:
        """Have the keyboard go to the guest, as soon as there is a picture."""
        self.screen_view.setFocus()
        self.screen_view.enter()
        self._is_to_be_entered = not self.screen_view.is_entered

    @override
    def show_record(self, record: Record | None) -> None:
        domain = record if isinstance(record, Domain) else None
        before = self.link.domain
        if before is None or domain is None or before.ref != domain.ref:
            self.screen_view.forget()
            self.typist.stop()
            self._pace = _Pace()
            self.bar.set_live(is_live=False)
            if self.is_awake:
                self._connecting.start()
        if domain is not None:
            name = _tr("Screen of {name}").format(name=domain.name)
            self.screen_view.setAccessibleName(name)
            self._full.setWindowTitle(_tr("{name} - Celadon").format(name=domain.name))
        self.link.set_domain(domain)

    @override
    def on_wake(self) -> None:
        self._connecting.start()
        self.link.wake()

    @override
    def on_sleep(self) -> None:
        self._connecting.stop()
        self._still.stop()
        self.typist.stop()
        self._is_to_be_entered = False
        self._full.end()
        self.screen_view.leave()
        self.link.sleep()

    # What comes

    def _on_news(self, news: News) -> None:
        could_use, self._takes_input = self._takes_input, news.standing.takes_input
        self._connecting.stop()
        self.screen_view.set_away("")
        self.screen_view.show_news(news)
        if not self._hint.text() or could_use is not self._takes_input:
            self._say_who_types()
        self.bar.set_live(is_live=self._takes_input)
        if self._is_to_be_entered:
            self.enter()
        if self.link.domain and news.standing.updates:
            _lend_picture(self.link.domain.ref, self.screen_view)
        if self._pace.count(news):
            self._show_standing()
        self._still.start()

    def _on_away(self, reason: str) -> None:
        self._connecting.stop()
        self._still.stop()
        self.typist.stop()
        self.screen_view.set_away(reason)
        self.bar.set_live(is_live=False)
        self.bar.status.setText("")
        self._say_who_types()

    def _on_slow(self) -> None:
        if self.is_awake and not self.screen_view.reason:
            self._on_away(_tr("Connecting to the screen..."))

    def _on_still(self) -> None:
        self._pace.rest()
        self._show_standing()

    def _show_standing(self) -> None:
        surface = self.screen_view.surface
        if surface is not None and self.link.is_live:
            size = f"{surface.width} × {surface.height}"  # noqa: RUF001
            parts = (self._pace.transport, size, self._pace.words())
            self.bar.status.setText(" · ".join(part for part in parts if part))

    # What is done

    def _on_typing_asked(self) -> None:
        if self.typist.is_typing:
            self.typist.stop()
            return
        text, left_out = prepared(QGuiApplication.clipboard().text())
        if left_out:
            told = _tr("{count} characters that a US keyboard does not have are left out.")
            self._hint.setText(told.format(count=left_out))
        if text:
            self.typist.start(text)
        elif not left_out:
            self._hint.setText(_tr("There is no text in the clipboard."))

    def _on_typed(self, done: int, total: int) -> None:
        is_typing = done < total
        self.bar.set_typing(is_typing=is_typing)
        if is_typing:
            told = _tr("Typing as on a US keyboard: {done} of {total}")
            self._hint.setText(told.format(done=done, total=total))
        else:
            self._say_who_types()

    def _on_saving_asked(self) -> None:
        dialog = QFileDialog(self, _tr("Save Screenshot"), "", _tr("PNG image (*.png)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("png")
        moment = QDateTime.currentDateTime().toString("yyyy-MM-dd HH.mm.ss")
        name = self.record.name if isinstance(self.record, Domain) else ""
        dialog.selectFile(f"{name.replace('/', '-')} {moment}.png")
        picture = self.screen_view.picture()

        def save(path: str) -> None:
            # To make a PNG of a large screen takes a while, and a file server more.
            failed = _tr("{path} cannot be written.").format(path=path)

            def say(is_saved: object) -> None:
                if not is_saved:
                    self._hint.setText(failed)

            self._aside.run(lambda: picture.save(path), say)

        dialog.fileSelected.connect(save)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _on_copying_asked(self) -> None:
        QGuiApplication.clipboard().setImage(self.screen_view.picture())

    def _on_view_only(self, *, is_on: bool) -> None:
        self.screen_view.set_view_only(is_on=is_on)
        self.bar.set_live(is_live=self.link.is_live and self._takes_input)
        self._say_who_types()

    def _on_full_screen(self) -> None:
        if self._full.is_shown:
            self._full.end()
        else:
            self._full.begin(self._room, self)
            self.screen_view.enter()

    def _take_back(self) -> None:
        self._column.insertWidget(1, self._room, 1)
        self._room.show()

    def _say_who_types(self) -> None:
        if not self.link.is_live:
            text = ""
        elif self.screen_view.is_entered:
            text = _tr("The keyboard is the machine's. Ctrl+Alt+Left gives it back.")
        elif not self._takes_input:
            text = _tr(
                "Pictures only: for a screen that can be used, give the machine VNC graphics."
            )
        elif self.bar.view_only.isChecked():
            text = _tr("You only look on.")
        else:
            text = _tr("Click the screen, or press Return on it, to use it.")
        self._hint.setText(text)

    def _wire(self) -> None:
        screen, bar = self.screen_view, self.bar
        self.link.arrived.connect(self._on_news)
        self.link.is_away.connect(self._on_away)
        self.typist.typed.connect(self.link.send)
        self.typist.told.connect(self._on_typed)
        screen.performed.connect(self.link.send)
        screen.entered.connect(self._say_who_types)
        screen.left.connect(self._say_who_types)
        screen.full_screen_asked.connect(self._on_full_screen)
        bar.pressed.connect(self.link.send)
        bar.typing_asked.connect(self._on_typing_asked)
        bar.saving_asked.connect(self._on_saving_asked)
        bar.copying_asked.connect(self._on_copying_asked)
        bar.zoom_chosen.connect(screen.set_zoom)
        bar.zoom_chosen.connect(self.follower.begin)
        bar.view_only_chosen.connect(lambda is_on: self._on_view_only(is_on=is_on))
        bar.full_screen_asked.connect(self._on_full_screen)

    def _lay_out(self) -> None:
        self._room.setWidget(self.screen_view)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setAccessibleName(_tr("Screen"))
        self._hint.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.bar)
        self._column.addWidget(self._room, 1)
        self._column.addWidget(self._hint)
        self._say_who_types()


class _Pace:
    """How many pictures a second come, counted over a second of them."""

    def __init__(self) -> None:
        self.transport = ""
        self._surface: Surface | None = None
        self._updates = 0
        self._since: float | None = None
        self._rate: float | None = None

    def count(self, news: News) -> bool:
        """Count; return whether there is something new to say."""
        now, standing = time.monotonic(), news.standing
        is_new = standing.transport != self.transport or news.surface is not self._surface
        self._surface = news.surface
        self.transport = standing.transport
        if is_new or standing.updates < self._updates or self._since is None:
            self._since, self._updates, self._rate = now, standing.updates, None
            return True
        if (passed := now - self._since) < 1:
            return False
        self._rate = (standing.updates - self._updates) / passed
        self._since, self._updates = now, standing.updates
        return True

    def rest(self) -> None:
        """Nothing came for a while."""
        self._since = None

    def words(self) -> str:
        """Return it in words."""
        if self._since is None:
            return _tr("idle")
        if self._rate is None:
            return ""
        return _tr("{number} fps").format(number=wording.number(self._rate))


def _lend_picture(ref: Ref, screen: Screen) -> None:
    """Let the small pictures of this machine be had from here: none has to be taken for them."""
    if pictures.due_in_s(ref) == 0:
        pictures.begin(ref)
        pictures.end(ref, screen.picture())


def _single_shot(parent: QWidget, after_ms: int, act: Callable[[], None]) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(act)
    return timer
