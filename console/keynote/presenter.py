"""Leads through the acts: one after the other, each when the presenter says so, whatever happens.

An act that goes wrong is played again on a stage that was put in order; if that does not help
either it is said in the caption, and the next one can be played. Whoever leaves is asked once, and
leaves nothing behind.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QWidget

from backend.errors import BackendError
from backend.model import Host
from console.bridge.promises import Promise
from console.keynote.acts import ACTS, Act, Show
from console.keynote.cast import Cast
from console.keynote.hands import Hands
from console.keynote.patience import Mishap, Patience
from console.keynote.remote import Remote
from console.sdk import wording
from console.sdk.context import Unsubscribe
from console.shell.window import MainWindow
from console.widgets.caption_bar import CaptionBar

TRIES: Final = 3
HOST_S = 30.0


def _tr(text: str) -> str:
    return QCoreApplication.translate("keynote", text)


class Standing(Enum):
    """Where the show stands."""

    PLAYING = "playing"
    WAITING = "waiting"
    ASKING = "asking"
    LEAVING = "leaving"


class Presenter(QObject):
    """One show in one window, from `begin` to `ended`."""

    ended = Signal()
    """The stage is clean, and the presenter wants to leave."""

    def __init__(self, window: MainWindow, host_id: str, acts: Sequence[Act] = ACTS) -> None:
        super().__init__(window)
        self.caption = CaptionBar(_tr("Keynote"))
        self.standing = Standing.PLAYING
        self.here = 0
        self._acts = acts
        self._window = window
        self._host_id = host_id
        self._patience = Patience()
        self._next: Promise[None] | None = None
        self._before: tuple[Standing, str, str] = (self.standing, "", "")
        self._show: Show | None = None
        self._end_work: Unsubscribe | None = None
        self._remote = Remote(self)
        self._remote.go_on_asked.connect(self.go_on)
        self._remote.leave_asked.connect(self.leave)
        _lay_below(window, self.caption)

    def begin(self) -> None:
        """Fill the display, and play."""
        self._window.showFullScreen()
        self.caption.show_place(0, len(self._acts))
        self._end_work = self._window.context.run(self._play())

    def go_on(self) -> None:
        """Begin the next act; within one, cut its pause short; after a question, stay."""
        if self.standing is Standing.ASKING:
            self.standing, title, words = self._before
            self.caption.say(title, words)
            self._offer()
        elif self._next:
            self._next.settle(None)
        elif self.standing is Standing.PLAYING:
            self._patience.hurry()

    def leave(self) -> None:
        """Ask whether to leave; asked for again, do."""
        if self.standing is Standing.LEAVING:
            return
        if self.standing is not Standing.ASKING:
            self._before = (self.standing, self.caption.title.text(), self.caption.words.text())
            self.standing = Standing.ASKING
            self.caption.say(_tr("Leave the keynote?"), _tr("Its machines are deleted then."))
            self._offer()
            return
        self._go()

    # The show

    async def _play(self) -> None:
        try:
            show = await self._open()
        except Mishap as mishap:
            self._tell(str(mishap), is_warning=True)
            return
        for number, act in enumerate(self._acts, start=1):
            self.here = number
            self.caption.show_place(number, len(self._acts))
            self._set(Standing.PLAYING)
            self._say(_tr(act.title), _tr(act.words))
            told, is_good = await self._perform(show, act)
            if told:
                self._tell(told, is_warning=not is_good)
            await self._wait_for_next()
            show.hands.clear()
        self._go()

    async def _open(self) -> Show:
        """Return the stage, as soon as the server is known."""
        self._say(_tr("Celadon"), _tr("The stage is being set..."))
        self._offer()
        lookup = self._window.context.lookup

        def host() -> Host | None:
            found = lookup.records(Host)
            return next((one for one in found if one.ref.host == self._host_id), None)

        found = await self._patience.until(host, HOST_S, _tr("There is no server to show."))
        self._show = _stage(self._window, found, self._patience, self._tell)
        return self._show

    async def _perform(self, show: Show, act: Act) -> tuple[str, bool]:
        """Play an act, again if it goes wrong; return what is to be said, and whether it went."""
        why = ""
        for attempt in range(TRIES):
            try:
                if act.needs_cast or attempt:
                    await show.mend()
                return await act.play(show), True
            except Mishap as mishap:
                why = str(mishap)
            except BackendError as error:
                why = wording.sentence(error.problem)
            except RuntimeError as error:  # a dialog that somebody closed meanwhile
                why = str(error)
            if attempt + 1 < TRIES:
                self._tell(_tr("Once more: {why}").format(why=why), is_warning=True)
                await self._patience.beat(1.0)
        return _tr("Not this time: {why} The show goes on.").format(why=why), False

    async def _wait_for_next(self) -> None:
        self._next = Promise()
        if self.standing is not Standing.ASKING:
            self._set(Standing.WAITING)
        else:
            self._before = (Standing.WAITING, *self._before[1:])
        await self._next
        self._next = None

    # Leaving

    def _go(self) -> None:
        if self._end_work:
            self._end_work()
        self.standing = Standing.LEAVING
        self.caption.say(_tr("Thank you"), _tr("The machines of the keynote are being deleted..."))
        self._offer()
        self._end_work = self._window.context.run(self._tidy())

    async def _tidy(self) -> None:
        try:
            if self._show:
                self._show.hands.clear()
                await self._show.cast.dismiss()
        except (Mishap, BackendError):
            pass  # the next keynote sweeps the stage
        self.ended.emit()

    # What is said

    def _set(self, standing: Standing) -> None:
        if self.standing is Standing.ASKING:
            self._before = (standing, *self._before[1:])
        else:
            self.standing = standing
            self._offer()

    def _say(self, title: str, words: str) -> None:
        if self.standing is Standing.ASKING:
            self._before = (self._before[0], title, words)
        else:
            self.caption.say(title, words)

    def _tell(self, words: str, *, is_warning: bool = False) -> None:
        if self.standing is Standing.ASKING:
            self._before = (*self._before[:2], words)
        else:
            self.caption.add(words, is_warning=is_warning)

    def _offer(self) -> None:
        is_last = self.here == len(self._acts)
        hints = {
            Standing.PLAYING: _tr("Space: faster    Esc: leave"),
            Standing.WAITING: _tr("Space: leave") if is_last else _tr("Space: go on    Esc: leave"),
            Standing.ASKING: _tr("Space: stay    Esc: leave"),
            Standing.LEAVING: "",
        }
        self.caption.offer(hints[self.standing])


def _stage(window: MainWindow, host: Host, patience: Patience, say: Callable[[str], None]) -> Show:
    hands, cast = Hands(window, patience), Cast(window.context, host.ref, patience)
    return Show(window.context, host, hands, cast, patience, say)


def _lay_below(window: MainWindow, caption: QWidget) -> None:
    """Have the caption across the whole window, below everything else."""
    dock = QDockWidget(window)
    dock.setObjectName("keynote")
    dock.setTitleBarWidget(QWidget())
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setWidget(caption)
    dock.toggleViewAction().setVisible(False)  # Qt's own signature
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, dock)
