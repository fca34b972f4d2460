"""The page Display: the machine's screen, live, and everything that one does at a screen."""

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from backend.display.channel import News, Standing
from backend.model import Domain, Record, Ref
from backend.operations import domain as verbs
from console.sdk.context import Context, Unsubscribe
from console.sdk.forms import DetailView, ToneLabel
from console.sdk.look import GRID
from console.sdk.nodes import Tone
from console.sdk.reach import rights_at
from console.sdk.reading_order import put_in_order
from console.snapins.machines.pages.display_bar import DisplayBar, release_words
from console.snapins.machines.pages.display_camera import DisplayCamera
from console.snapins.machines.pages.display_choices import DisplayChoices
from console.snapins.machines.pages.display_follower import DisplayFollower
from console.snapins.machines.pages.display_link import DisplayLink
from console.snapins.machines.pages.display_pace import Pace
from console.snapins.machines.pages.display_silence import DisplaySilence
from console.snapins.machines.pages.display_strip import Deed, DisplayStrip
from console.snapins.machines.pages.display_typing import DisplayTyping
from console.snapins.machines.pages.display_window import DisplayWindow, undocked
from console.snapins.machines.pages.full_screen import FullScreen
from console.snapins.machines.standing import is_startable
from console.widgets.screen import Screen
from console.widgets.screen_ring import ScreenRing
from console.widgets.screen_typist import ScreenTypist

_ROOM_LEAST = 25 * GRID
_EDGE = 2


def _tr(text: str) -> str:
    return QCoreApplication.translate("machines", text)


class DisplayPage(DetailView):
    """A screen below its tool bar, and a line that says whose the keyboard is.

    Docked, it makes room for a window of its own where the machine has one.
    """

    def __init__(
        self, context: Context, parent: QWidget | None = None, *, is_docked: bool = True
    ) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(_tr("Display"))
        self._is_docked = is_docked
        self.bar = DisplayBar()
        self.strip = DisplayStrip()
        self.screen_view = Screen(_tr("Screen of the machine"))
        self.link = DisplayLink(context, self)
        self.typist = ScreenTypist(self)
        self.doubt = DisplayStrip()
        self.typing = DisplayTyping(self.typist, self.doubt)
        self.choices = DisplayChoices(context.memory, self.bar, self.screen_view, self.typing)
        self.camera = DisplayCamera(self.screen_view, self)
        self.follower = DisplayFollower(self.screen_view, self.link)
        self.pace = Pace(self)
        self._is_to_be_entered = False
        self._takes_input = True
        self._unsubscribe: Unsubscribe | None = None
        self.hint = ToneLabel("", Tone.MUTED)
        self.hint.setWordWrap(True)
        self._room = _Room()
        self.ring = ScreenRing(self.screen_view, self._room)
        self.full = FullScreen(self._take_back)
        self.silence = DisplaySilence(context, self)
        self._lay_out()
        self._wire()

    def enter(self) -> None:
        """Have the keyboard go to the guest, as soon as there is a picture."""
        if self._elsewhere() and self.link.domain:
            show_in_window(self.context, self.link.domain.ref)
            return
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
            self.pace.stop()
            self.doubt.clear()
            self.silence.ref = domain.ref if domain else None
            self.choices.recall(self.silence.ref)
            self.bar.set_live(is_live=False)
            if self.is_awake and domain:
                self.silence.expect_screen()
            else:
                self.silence.stop()
        if domain is not None:
            name = _tr("Screen of {name}").format(name=domain.name)
            self.screen_view.setAccessibleName(name)
            self.full.setWindowTitle(_tr("{name} - Celadon").format(name=domain.name))
            self.full.drop.title.setText(domain.name)
        self.link.set_domain(domain)
        self._settle()

    @override
    def on_wake(self) -> None:
        self.choices.recall(self.link.domain.ref if self.link.domain else None)
        if self._is_docked:
            self._unsubscribe = undocked.listen(self._settle)
        self._settle()

    @override
    def on_sleep(self) -> None:
        if self._unsubscribe:
            self._unsubscribe()
        self._let_go()

    # What comes

    def _settle(self) -> None:
        """Be live here, unless the machine's screen stands elsewhere."""
        if not self.is_awake:
            return
        is_here = self._elsewhere() is None
        self.bar.set_docked(is_docked=self._is_docked and is_here)
        self._say_where()
        if is_here:
            if self.link.domain and not self.link.is_awake:
                self.silence.expect_screen()
            self.link.wake()  # says at once of a machine that is off that there is none
            return
        self._let_go()
        self._stand_still("")
        self.screen_view.forget()

    def _say_where(self) -> None:
        """Say above the screen where it stands or who has it, and what one can do."""
        if self._elsewhere():
            self.strip.say(
                _tr("The screen is in a window of its own."),
                Deed(_tr("Show the Window"), self.enter),
                Deed(_tr("Dock"), self._on_window),
                symbol="ph.arrow-square-out",
            )
        elif self.silence.words and not self.silence.is_connecting:
            self.strip.say(self.silence.words, symbol="ph.warning", tone=Tone.WARNING)
        elif self.link.is_taken:
            self.strip.say(
                _tr("Another program has taken the display for itself. It goes on another way."),
                Deed(_tr("Take Back"), self.link.take_back),
                symbol="ph.warning",
                tone=Tone.WARNING,
            )
        elif (one := self.link.domain) and _can_be_started(self.context, one):
            start = Deed(_tr("Start"), lambda: self.context.submit(verbs.start, one.ref))
            self.strip.say(_tr("Its screen comes once it is started."), start)
        else:
            self.strip.clear()

    def _on_standing(self, standing: Standing) -> None:
        could_use, self._takes_input = self._takes_input, standing.takes_input
        self.typing.leds = standing.leds
        self.screen_view.set_away("")
        if not self.hint.text() or could_use is not self._takes_input:
            self._say_who_types()
        self.bar.set_live(is_live=self._takes_input)

    def _on_news(self, news: News) -> None:
        self.silence.stop()
        self.screen_view.show_news(news)
        if self._is_to_be_entered:
            self.enter()
        self.pace.count(news)

    def _stand_still(self, reason: str) -> None:
        self.pace.stop()
        self.typist.stop()
        self.doubt.clear()
        self.screen_view.set_away(reason)
        self.bar.set_live(is_live=False)
        self._say_who_types()

    def _on_silence(self, words: str) -> None:
        if self.silence.is_connecting and words:
            self._stand_still(words)
        else:
            self._say_where()

    # What is done

    def _on_view_only(self, *, is_on: bool) -> None:
        self.screen_view.set_view_only(is_on=is_on)
        if is_on:
            self.typist.stop()
            self.doubt.clear()
        self.bar.set_live(is_live=self.link.is_live and self._takes_input)
        self._say_who_types()

    def _on_window(self) -> None:
        """Undock, or dock back."""
        domain = self.link.domain
        if domain is None:
            return
        if undocked.window(domain.ref):
            undocked.dock(domain.ref)
        else:
            show_in_window(self.context, domain.ref)

    def _on_full_screen(self) -> None:
        if self.full.is_shown:
            self.full.end()
        else:
            self.bar.set_full(is_full=True)
            self._room.set_bare(is_bare=True)
            self.full.begin(self._room, self.screen_view, self.bar, self.hint)
            self.screen_view.enter()
            self._say_who_types()

    def _take_back(self) -> None:
        self.bar.set_full(is_full=False)
        column = self.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(0, self.bar)
            column.insertWidget(3, self._room, 1)
            column.addWidget(self.hint)
        self._room.set_bare(is_bare=False)
        self._room.show()
        self.bar.show()
        self._say_who_types()
        _stand_in_order(self)
        self.screen_view.setFocus()  # else whatever comes first in the window would have it

    def _elsewhere(self) -> DisplayWindow | None:
        domain = self.link.domain
        return undocked.window(domain.ref) if self._is_docked and domain else None

    def _let_go(self) -> None:
        self.silence.stop()
        self.pace.stop()
        self.typist.stop()
        self._is_to_be_entered = False
        self.full.end()
        self.screen_view.leave()
        self.link.sleep()

    def _say_who_types(self, words: str = "") -> None:
        """Say this below the screen, or else whose the keyboard is; and how full screen ends."""
        if words or not self.link.is_live:
            text = words
        elif self.screen_view.is_entered:
            keys = release_words(self.screen_view.release)
            text = _tr("The keyboard is the machine's. {keys} or Ctrl+Alt alone gives it back.")
            text = text.format(keys=keys)
        elif not self._takes_input:
            text = _tr(
                "Pictures only: for a screen that can be used, give the machine VNC graphics."
            )
        elif self.bar.view_only.isChecked():
            text = _tr("You only look on.")
        else:
            text = _tr("Click the screen, or press Return on it, to use it.")
        if self.full.is_shown:
            entered = self.screen_view.is_entered
            keys = _tr("Ctrl+Alt+Return") if entered else _tr("Escape")
            way_out = _tr("{keys} leaves the full screen.").format(keys=keys)
            text = " ".join(filter(None, (text, way_out)))
        self.hint.setText(text)

    def _wire(self) -> None:
        screen, bar = self.screen_view, self.bar
        self.link.stands.connect(self._on_standing)
        self.link.arrived.connect(self._on_news)
        self.link.is_away.connect(self.silence.stop)
        self.link.is_away.connect(self._stand_still)
        self.link.taken.connect(self._say_where)
        self.silence.told.connect(self._on_silence)
        self.pace.told.connect(bar.show_standing)
        self.typist.told.connect(lambda done, total: bar.set_typing(is_typing=done < total))
        for hand in (screen.performed, bar.pressed, self.typist.typed):
            hand.connect(self.link.send)
            hand.connect(self.silence.expect_answer)
        screen.entered.connect(self._say_who_types)
        screen.left.connect(self._say_who_types)
        screen.full_screen_asked.connect(self._on_full_screen)
        bar.typing_asked.connect(self.typing.start_or_stop)
        self.typing.asked.connect(self.full.end)  # the question would stand behind it
        bar.saving_asked.connect(lambda: self.camera.save(self.full.drop.title.text()))
        bar.copying_asked.connect(self.camera.copy)
        bar.zoom_chosen.connect(screen.set_zoom)
        bar.zoom_chosen.connect(self.follower.begin)
        bar.view_only_chosen.connect(lambda is_on: self._on_view_only(is_on=is_on))
        self.choices.changed.connect(self._say_who_types)
        for strip in (self.strip, self.doubt):
            strip.said.connect(lambda: _stand_in_order(self))
        bar.window_asked.connect(self._on_window)
        bar.full_screen_asked.connect(self._on_full_screen)
        for teller in (self.typing, self.camera):
            teller.told.connect(self._say_who_types)

    def _lay_out(self) -> None:
        self._room.setWidget(self.screen_view)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setAccessibleName(_tr("Screen"))
        self.hint.setContentsMargins(4 * GRID, GRID, 4 * GRID, GRID)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Window)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.strip)
        column.addWidget(self.doubt)
        column.addWidget(self._room, 1)
        column.addWidget(self.hint)
        _stand_in_order(self)
        self._say_who_types()


def _can_be_started(context: Context, domain: Domain) -> bool:
    return is_startable(domain) and not rights_at(context.lookup, domain.ref.host)


def _stand_in_order(page: DisplayPage) -> None:
    """Have what stands above the screen come before it: from there Tab may be the guest's."""
    column = page.layout()
    if column is None or page.full.is_shown:
        return
    for number in range(column.count()):
        if (item := column.itemAt(number)) and (part := item.widget()):
            part.raise_()
    put_in_order(column, page.screen_view)


class _Room(QScrollArea):
    """What a screen stands in: it takes what is left, and asks for little where a page is low.

    Its edge is where the ring goes, beside the guest's pixels.
    """

    def __init__(self) -> None:
        super().__init__()
        self.set_bare(is_bare=False)

    def set_bare(self, *, is_bare: bool) -> None:
        """Have no edge: a guest as large as the display is to be seen pixel by pixel."""
        edge = 0 if is_bare else _EDGE
        self.setViewportMargins(edge, edge, edge, edge)

    @override
    def sizeHint(self) -> QSize:
        """Have the page scroll only where next to nothing is left."""
        return QSize(super().sizeHint().width(), _ROOM_LEAST)


def show_in_window(context: Context, ref: Ref) -> None:
    """Have a machine's screen in a window of its own, in front and to be used."""
    window = undocked.window(ref)
    if window is None:
        window = undocked.open(context, ref, DisplayPage(context, is_docked=False))
    window.come_forward()
    if isinstance(window.page, DisplayPage):
        window.page.enter()
