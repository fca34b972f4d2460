"""The desktop's notifications (freedesktop.org's, over D-Bus). Without the service nothing happens.

Everything that waits is done beside the GUI thread: a bus can be absent, and a service can hang.
"""

import contextlib
import logging
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import QObject, Qt, Signal

from console.bridge.aside import Aside

log = logging.getLogger(__name__)

NAME: Final = "org.freedesktop.Notifications"
PATH: Final = "/org/freedesktop/Notifications"
DEADLINE_S: Final = 5.0
_CLOSE_DEADLINE_S: Final = 1.0
_NORMAL, _CRITICAL = 1, 2
_AS_THE_DESKTOP_LIKES: Final = -1


@dataclass(frozen=True, slots=True)
class Notification:
    """What the desktop is to show. `token` is the caller's own name for it."""

    token: int
    title: str
    text: str
    is_bad: bool = False


class Notifier(QObject):
    """Shows notifications, and tells which of them the user has clicked."""

    clicked = Signal(int, str)
    """int: the token; str: what the desktop gives to come forward with (xdg-activation), or ""."""

    _heard = Signal(str, object)

    def __init__(self, action: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._aside = Aside("notifier", self)
        self._link: _Link | None = None
        self._is_closed = False
        self._tokens: dict[int, int] = {}
        self._activations: dict[int, str] = {}
        self._heard.connect(self._on_heard, Qt.ConnectionType.QueuedConnection)

    def show(self, notification: Notification) -> None:
        """Have it shown, if there is a service that does."""
        if not self._is_closed:
            self._aside.run(
                lambda: self._send(notification),
                lambda number: self._note(number, notification.token),
            )

    def close(self) -> None:
        """Hear no more. What is shown stays, as the desktop has it."""
        self._is_closed = True
        if self._aside.finish(_CLOSE_DEADLINE_S):
            self._drop()

    # Beside

    def _send(self, notification: Notification) -> int:
        """Return the desktop's number of it; 0 if it is not shown."""
        # Imported when they are needed first: most sessions never do.
        from jeepney import DBusErrorResponse  # noqa: PLC0415
        from jeepney.io.common import RouterClosed  # noqa: PLC0415

        try:
            if self._link is None:
                self._link = _Link(self._heard.emit)
            return self._link.notify(notification, self._action)
        except (OSError, ValueError, RuntimeError, DBusErrorResponse, RouterClosed) as error:
            # No bus, no service, or one that hangs: the window tells all of it too.
            log.info("the desktop shows no notification: %s", type(error).__name__)
            self._drop()
            return 0

    def _drop(self) -> None:
        link, self._link = self._link, None
        if link:
            link.close()

    # In the thread of the GUI

    def _note(self, number: int, token: int) -> None:
        if number:
            self._tokens[number] = token

    def _on_heard(self, member: str, body: tuple[Any, ...]) -> None:
        if self._is_closed:
            return  # it was on its way, and nobody is there any more
        number, *rest = body
        token = self._tokens.get(number)
        if token is None:
            return  # another program's
        if member == "ActivationToken" and rest:
            self._activations[number] = str(rest[0])
        elif member == "ActionInvoked":
            self.clicked.emit(token, self._activations.pop(number, ""))
        elif member == "NotificationClosed":
            self._tokens.pop(number, None)
            self._activations.pop(number, None)


class _Link:
    """A connection to the session's bus, with a thread of jeepney's that receives."""

    def __init__(self, hear: Callable[[str, tuple[Any, ...]], None]) -> None:
        from jeepney.io.threading import DBusRouter, open_dbus_connection  # noqa: PLC0415

        class Router(DBusRouter):  # type: ignore[misc]  # jeepney has no types
            """Ends without a word when the bus goes, which it does before us at a logout."""

            def _receiver(self) -> None:
                with contextlib.suppress(OSError):
                    super()._receiver()

        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        bus = os.environ.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
        self._connection = open_dbus_connection(bus)
        self._router = Router(self._connection)
        try:
            self._has_markup = self._begin(hear)
        except BaseException:
            self.close()
            raise

    def _begin(self, hear: Callable[[str, tuple[Any, ...]], None]) -> bool:
        """Listen; return whether the service takes texts for markup."""
        from jeepney import MatchRule, message_bus  # noqa: PLC0415
        from jeepney.io.threading import Proxy  # noqa: PLC0415

        rule = MatchRule(type="signal", interface=NAME, path=PATH)
        self._router.filter(rule, queue=_Ear(hear))
        Proxy(message_bus, self._router, timeout=DEADLINE_S).AddMatch(rule)
        return "body-markup" in self._call("GetCapabilities")[0]

    def notify(self, notification: Notification, action: str) -> int:
        """Return the desktop's number of what it shows."""
        from html import escape  # noqa: PLC0415  # 2,000 names of letters, which no start needs

        text = notification.text
        urgency = _CRITICAL if notification.is_bad else _NORMAL
        (number,) = self._call(
            "Notify",
            "susssasa{sv}i",
            (
                "Celadon",
                0,
                "celadon",
                notification.title,
                escape(text, quote=False) if self._has_markup else text,
                ["default", action],
                {"urgency": ("y", urgency), "desktop-entry": ("s", "celadon")},
                _AS_THE_DESKTOP_LIKES,
            ),
        )
        return int(number)

    def close(self) -> None:
        self._router.close()
        self._connection.close()

    def _call(self, method: str, signature: str = "", body: tuple[Any, ...] = ()) -> Any:
        from jeepney import DBusAddress, new_method_call  # noqa: PLC0415
        from jeepney.wrappers import unwrap_msg  # noqa: PLC0415

        address = DBusAddress(PATH, NAME, NAME)
        message = new_method_call(address, method, signature or None, body)
        return unwrap_msg(self._router.send_and_get_reply(message, timeout=DEADLINE_S))


class _Ear:
    """Takes signals in the receiving thread, where jeepney would have them queue."""

    def __init__(self, hear: Callable[[str, tuple[Any, ...]], None]) -> None:
        self._hear = hear

    def put_nowait(self, message: Any) -> None:
        """Pass a signal on to the thread of the GUI."""
        from jeepney import HeaderFields  # noqa: PLC0415

        self._hear(message.header.fields[HeaderFields.member], message.body)
