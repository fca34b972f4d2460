"""The keynote: four machines side by side, and one of them is given devices while it runs."""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from celadon_tour import film, sight
from celadon_tour.devices import ShownDevices
from celadon_tour.evidence import NotSo
from celadon_tour.machine import BOOT_S, ShownMachine
from celadon_tour.places import show_screens
from celadon_tour.screen import ShownScreen
from celadon_tour.tour import Chapter, Scene, Step
from console.keynote.cast import NAMES

LOAD_S = 5
MOVES_S = 20.0


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guests' logs and ends the video."""
    keynote = Keynote(scene)
    return keynote.steps(), keynote.forget


class Keynote:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machines = [ShownMachine(scene, scene.called(name)) for name in NAMES]
        self.one = self.machines[0]
        self.devices = ShownDevices(scene, self.one)
        self.screen = ShownScreen(scene, self.one)
        self._film: film.Film | None = None
        self._filming = contextlib.ExitStack()

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("Four machines", self.create),
            Step("Side by side", self.wall),
            Step("One of them, large", self.open),
            Step("Its charts move", self.charts),
            Step("It is given an adapter", self.add_adapter),
            Step("It is given a disk", self.add_disk),
            Step("The adapter is taken back", self.remove_adapter),
            Step("The disk is taken back", self.remove_disk),
            Step("All shut down", self.shut_down),
            Step("All deleted", self.delete),
        )

    def forget(self) -> None:
        """Hold nothing any more; the first run's video is written."""
        self._filming.close()
        for machine in self.machines:
            machine.forget()
        if self._film and len(self._film.frames) > 1:
            made, report = self._film, self.scene.report
            self.person.waiting.meanwhile(lambda: made.write(report.folder / film.FILE))
            report.video = film.FILE
            report.write()

    def create(self) -> str:
        """Each by Quick Create, the next while the one before starts; they boot side by side."""
        if self.scene.run == 1:
            self._film = self._filming.enter_context(film.filmed(self.scene.album))
        for machine in self.machines:
            machine.quick_create(is_started=True)
            machine.until("running", patience_s=BOOT_S)
            machine.log()  # what it says is lost while nobody listens
        told = []
        for machine in self.machines:
            told.append(f"{machine.name}: {machine.hears('READY', patience_s=BOOT_S)}")
            machine.reads("Running")
        self.one.described()
        return "; ".join(told)

    def wall(self) -> str:
        """The tile of each is its guest's screen, and goes with it."""
        show_screens(self.scene)
        told = []
        for machine in self.machines:
            tile = ShownScreen(self.scene, machine)
            tile.name = f"Picture of {machine.name}"
            told.append(f"{machine.name}: {tile.is_the_guests()}")
            self._see_change(tile.widget(), f"the screen of {machine.name}")
        return f"all four changed with their guests; {'; '.join(told)}"

    def open(self) -> str:
        """A click on its tile opens its screen."""
        self.person.click(self.screen.name)
        self.person.find("Full Screen")
        inside = self.one.inside
        self._note("before", found := self.one.ask(inside.devices))
        return f"{self.screen.is_the_guests()}; inside it: {found}"

    def charts(self) -> str:
        """Under a short load the processor's figure is another, and the curves move on."""
        self.person.click("Performance")
        chart = self.person.see("a chart with figures", self._cpu)
        before = chart.accessibleDescription()
        script = f"timeout {LOAD_S} sh -c 'while :; do :; done'"
        self.one.ask(lambda: self.one.inside.begin(script))
        self._see_change(chart, "the curve of the processor")
        after = self.person.see(
            "another figure of the processor",
            lambda: told if (told := chart.accessibleDescription()) != before else None,
            patience_s=MOVES_S,
        )
        self.scene.show("Charts")
        self.person.waiting.turn(LOAD_S * 1000)  # the load ends before anything is measured
        self.person.click("Display")
        return f"{before!r}, then {after!r}; the curves moved on"

    def add_adapter(self) -> str:
        """The guest has it with an address, and its own screen says so."""
        told = self.devices.add_adapter()
        if not self.devices.gaps:
            raise NotSo(f"no heartbeat was measured; {told}")
        found = self._shows(self._line())
        self.scene.look("The guest shows its adapter")
        return f"{told}; {found}"

    def add_disk(self) -> str:
        """The guest has it with its size, and its own screen says so."""
        before = set(self.scene.report.devices_in_guest["before"])
        told = self.devices.add_disk()
        inside = self.one.ask(self.one.inside.devices)
        self._note("with_both", inside)
        self._note_heart()
        fresh = [line for line in inside if line.startswith("DISK") and line not in before]
        if len(fresh) != 1:
            raise NotSo(f"inside the guest there is no new disk: {inside}")
        found = self._shows(f"DISK {fresh[0].split()[1]} ")
        self.scene.look("The guest shows its disk")
        return f"{told}; inside: {fresh[0]}; {found}"

    def remove_adapter(self) -> str:
        """It is gone from the guest's screen as well."""
        line = self._line()
        told = self.devices.remove_adapter()
        return f"{told}; {self._shows(line, is_there=False)}"

    def remove_disk(self) -> str:
        """Inside, the guest has what it had at first."""
        told = self.devices.remove_disk()
        inside = self.one.ask(self.one.inside.devices)
        self._note("after", inside)
        names = {line.split()[1] for line in inside}
        first = {line.split()[1] for line in self.scene.report.devices_in_guest["before"]}
        if names != first:
            raise NotSo(f"inside there were {sorted(first)}, and are {sorted(names)}")
        return f"{told}; inside again: {', '.join(sorted(names))}"

    def shut_down(self) -> str:
        """The guests end themselves."""
        self.person.click_row("Virtual Machines")
        for machine in self.machines:
            machine.do("Shut Down")
        told = []
        for machine in self.machines:
            told.append(f"{machine.name}: {machine.until('shut off', patience_s=BOOT_S)}")
            machine.reads("Off")
        return "; ".join(told)

    def delete(self) -> str:
        """Nothing of them is left."""
        return "; ".join(f"{machine.name}: {machine.delete()}" for machine in self.machines)

    # Seen inside

    def _note(self, moment: str, devices: list[str]) -> None:
        self.scene.report.devices_in_guest[moment] = devices

    def _note_heart(self) -> None:
        """Have the report know the heart's gaps while the adapter was added, and left alone.

        Alone it was felt before the adapter and before the disk: together as long as the adding of
        the adapter takes, up to its address. The longest gap of a shorter time is shorter.
        """
        idle_ms = max(gaps.idle_gap_ms for gaps in self.devices.gaps)
        fresh = replace(self.devices.gaps[0], idle_gap_ms=idle_ms)
        self.scene.report.heartbeats.append(fresh)

    def _line(self) -> str:
        """Return how the guest's screen has the new adapter, if the guest has it. Raises NotSo."""
        mac, lines = self.devices.mac, self.one.ask(self.one.inside.devices)
        for line in lines:
            if mac in line:
                return f"NIC {line.split()[1]} {mac}"
        raise NotSo(f"inside the guest there is no {mac}: {lines}")

    def _shows(self, text: str, *, is_there: bool = True) -> str:
        self.one.ask(lambda: self.one.inside.shows(text, is_there=is_there))
        word = "has" if is_there else "no longer has"
        return f"the guest's own screen {word} {text!r}, and {self.screen.is_the_guests()}"

    def _see_change(self, picture: QWidget, what: str) -> None:
        before = picture.grab().toImage()
        self.person.see(
            f"{what} change",
            lambda: picture.grab().toImage() != before or None,
            patience_s=MOVES_S,
        )

    def _cpu(self) -> QWidget | None:
        """Return the chart of the processor, once it has something to tell."""
        for widget in sight.visible():
            is_it = any(words.startswith("CPU, ") for words in sight.words(widget))
            if is_it and widget.accessibleDescription():
                return widget
        return None


CHAPTER = Chapter("Keynote", begin)
