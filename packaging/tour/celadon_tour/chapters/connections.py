"""Connections: another computer by SSH, from a slip in its address to its removal from the list."""

import contextlib
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit

from celadon_tour.elsewhere import MACHINES, Elsewhere, another_computer, can_be
from celadon_tour.evidence import NotSo, tcp, until
from celadon_tour.reopened import reopen
from celadon_tour.sshd import free_port
from celadon_tour.tour import Chapter, Scene, Step

NAME = "The other computer"
_PATIENCE_S = 40.0


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what throws the other computer away."""
    shown = Connections(scene)
    return shown.steps(), shown.close


class Connections:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.ask = scene.person.waiting.meanwhile
        self._stack = contextlib.ExitStack()
        self._there: Elsewhere | None = None

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("Another computer", self.another_computer),
            Step("Connect to Server, with a slip", self.slip),
            Step("An address in words", self.address),
            Step("Unknown server", self.unknown),
            Step("Log in", self.log_in),
            Step("Machines elsewhere", self.machines),
            Step("Link cut", self.cut),
            Step("Back again", self.back),
            Step("Remembered, in the dark and at 200 %", self.remembered),
            Step("Disconnect", self.disconnect),
            Step("Remove from the list", self.remove),
        )

    def close(self) -> None:
        """Have nothing of the other computer left."""
        self._stack.close()

    @property
    def there(self) -> Elsewhere:
        """The other computer."""
        if self._there is None:
            raise NotSo("there is no other computer")
        return self._there

    def another_computer(self) -> str:
        """There is one, with machines; nobody here knows it."""
        if not can_be():
            raise NotSo("there is no sshd here (openssh-server), so nothing to connect to")
        self._there = self.ask(lambda: self._stack.enter_context(another_computer()))
        names = self._names()
        if names != sorted(MACHINES):
            raise NotSo(f"it has other machines: {names}")
        return f"virsh at its own socket: {', '.join(names)}; sshd at port {self.there.sshd.port}"

    def slip(self) -> str:
        """A wrong port is said in words, and nothing has to be typed twice."""
        wrong = free_port()
        self.person.press("Ctrl+Shift+N")
        self.person.find("Server")
        self.person.write(f"{self.there.user}@127.0.0.1:{wrong}")
        self.person.press("Tab")
        if self.there.key_to_name:
            self.person.click("Key file")
            self.person.write(self.there.key_to_name)
        self.person.click("Name in the list")
        self.person.write(NAME)
        self._choose("Shows", "Down")
        self.person.press("Return")
        told = self.person.read(f"nobody listens at its port {wrong}")
        if tcp(wrong).listening:
            raise NotSo(f"somebody listens at port {wrong}")
        return f"by the kernel nobody listens at port {wrong}; the dialog says: {told!r}"

    def address(self) -> str:
        """What cannot be an address is said beside its field, before anything is tried."""
        self.person.click("Server")
        self.person.press("Ctrl+A")
        self.person.write("127.0.0 1")
        told = self.person.read("no space")
        if self.person.find("Connect").isEnabled():
            raise NotSo("and one could connect to it")
        self.scene.show("Why it will not do")
        self.person.press("Ctrl+A")
        self.person.write("127.0.0.1")
        return f"{told!r} stands below the field; Connect is off"

    def unknown(self) -> str:
        """Its key is shown, and compared with what the server itself says."""
        self.person.click("Port")
        self.person.press("Ctrl+A")
        self.person.write(str(self.there.sshd.port))
        self.person.press("Return")
        field = self.person.find("Fingerprint", patience_s=_PATIENCE_S)
        shown = field.text().replace(" ", "") if isinstance(field, QLineEdit) else ""
        told = self.ask(lambda: self.there.sshd.fingerprint)
        if shown != told:
            raise NotSo(f"the dialog shows {shown!r}, ssh-keygen {told!r}")
        self.person.click("What it says there")
        self.person.write(f"256 {told} root@there (ED25519)")
        self.person.read("It is the same")
        self.scene.show("Unknown server")
        self.person.click("Trust and Connect")
        return f"ssh-keygen -l of the server's key: {told}, as the dialog shows"

    def log_in(self) -> str:
        """What is wrong is said; what is right lets in, and nothing has to be clicked."""
        before = len(self._entries())
        self._tell("not this")
        self.person.read("That was not right", patience_s=_PATIENCE_S)
        self.scene.show("Log in")
        self._tell(self.there.secret)
        told = self.ask(
            lambda: until(lambda: "; ".join(self._entries()[before:]), bool, patience_s=20)
        )
        return f"sshd: {told}; by the kernel {self.there.links()} connection"

    def machines(self) -> str:
        """Its machines are in the list, and one of them is started there."""
        for name in MACHINES:
            self.person.read_row(name, "Off", patience_s=_PATIENCE_S)
        self.person.click_row(MACHINES[1])
        self.person.click("Start")
        self.person.read_row(MACHINES[1], "Running", patience_s=_PATIENCE_S)
        told = self.ask(lambda: self.there.virsh.until(MACHINES[1], "running"))
        links = self.there.links()
        if links != 1:
            raise NotSo(f"{links} connections, and one should carry it all")
        return (
            f"virsh at its own socket: {MACHINES[1]} is {told}; one SSH connection carries it all"
        )

    def cut(self) -> str:
        """The link breaks: why, when it is tried again, and what runs there goes on."""
        self.ask(self.there.sshd.stop)
        self.person.click_row(NAME)
        told = self.person.read("next try in", patience_s=_PATIENCE_S)
        state = self.ask(lambda: self.there.virsh.state(MACHINES[1]))
        if self.there.links() or state != "running":
            raise NotSo(f"{self.there.links()} connections, {MACHINES[1]} is {state}")
        return f"no connection by the kernel, {MACHINES[1]} is {state}; the window: {told!r}"

    def back(self) -> str:
        """It comes back by itself, and nobody is asked for what was told before."""
        self.ask(self.there.sshd.start)
        self.person.read("Connected since", patience_s=_PATIENCE_S)
        return f"{self.there.links()} connection by the kernel; nothing was asked"

    def remembered(self) -> str:
        """Another window of another process, from the same file: it knows the server."""
        file = self.scene.album.next_file("Remembered")
        told = self.ask(lambda: reopen(self.scene.settings, file, awaited=NAME))
        self.scene.taken = file.name
        if NAME not in told:
            raise NotSo(f"the tree of a fresh window has {told}")
        return f"the tree of a fresh process, dark and at 200 %: {', '.join(told)}"

    def disconnect(self) -> str:
        """It is left, and stays in the list."""
        self.person.click_row(NAME)
        self.person.click("Disconnect")
        self.person.read("Not connected since", patience_s=_PATIENCE_S)
        links = self.ask(lambda: until(lambda: str(self.there.links()), "0".__eq__, patience_s=10))
        return f"{links} connections by the kernel"

    def remove(self) -> str:
        """It is forgotten here; there, everything stays as it is."""
        self.person.click_row(NAME)
        self.person.click("Remove Server")
        self.person.read("stay as they are")
        self.scene.show("Remove")
        self.person.click("Remove")
        self.person.miss_row(NAME)
        names, state = self._names(), self.ask(lambda: self.there.virsh.state(MACHINES[1]))
        if names != sorted(MACHINES) or state != "running":
            raise NotSo(f"it has {names} now, {MACHINES[1]} is {state}")
        return f"virsh at its own socket: {', '.join(names)}, {MACHINES[1]} is {state}"

    def _entries(self) -> list[str]:
        """Return what the server says of those that it let in."""
        lines = self.there.sshd.log.splitlines()
        return [line.partition(" from ")[0] for line in lines if "Accepted " in line]

    def _names(self) -> list[str]:
        return sorted(self.ask(self.there.virsh.names))

    def _choose(self, name: str, keys: str) -> None:
        self.person.click(name)
        self.person.press(keys)
        self.person.press("Return")

    def _tell(self, secret: str) -> None:
        self.person.click(self.there.asks_for, patience_s=_PATIENCE_S)
        self.person.write(secret)
        self.person.press("Return")


CHAPTER = Chapter("Connections", begin)
