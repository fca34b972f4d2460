"""A notification service on a private bus: `python notification_daemon.py`.

Each call of Notify is a line of JSON on stdout. A line on stdin is a signal to send: "click 1",
"close 1"; "hang" has it answer nothing any more.
"""

import json
import sys
import threading
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.threading import DBusConnection, DBusRouter, Proxy, open_dbus_connection

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


class Daemon:
    """The service."""

    def __init__(self, connection: DBusConnection) -> None:
        self._connection = connection
        self._shown = 0
        self._hangs = False

    def answer(self, message: Message) -> None:
        """Answer a call, and write down what is shown."""
        member = message.header.fields.get(HeaderFields.member)
        if self._hangs or message.header.message_type is not MessageType.method_call:
            return
        if member == "GetCapabilities":
            self._connection.send(new_method_return(message, "as", (["actions", "body-markup"],)))
        elif member == "Notify":
            self._shown += 1
            _app, _replaces, _icon, title, text, actions, hints, _expire = message.body
            told = {"title": title, "text": text, "actions": actions, "urgency": hints["urgency"]}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()
            self._connection.send(new_method_return(message, "u", (self._shown,)))

    def obey(self, line: str) -> None:
        """Send a signal."""
        word, *number = line.split()
        self._hangs |= word == "hang"
        if word == "click":
            self._signal("ActivationToken", "us", (int(number[0]), "a-token"))
            self._signal("ActionInvoked", "us", (int(number[0]), "default"))
        elif word == "close":
            self._signal("NotificationClosed", "uu", (int(number[0]), 2))

    def _signal(self, member: str, signature: str, body: tuple[Any, ...]) -> None:
        emitter = DBusAddress(PATH, interface=NAME)
        self._connection.send(new_signal(emitter, member, signature, body))


def main() -> None:
    connection = open_dbus_connection("SESSION")
    with DBusRouter(connection) as router:
        Proxy(message_bus, router, timeout=10).RequestName(NAME)
    daemon = Daemon(connection)

    def obey() -> None:
        for line in sys.stdin:
            daemon.obey(line)

    threading.Thread(target=obey, daemon=True).start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while True:
        daemon.answer(connection.receive())


if __name__ == "__main__":
    main()
