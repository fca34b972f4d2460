"""A machine's page: its charts under load, its addresses and parts, and what happened to it."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QTreeView

from celadon_tour import sight
from celadon_tour.charts import ShownCharts
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.tour import Chapter, Scene, Step

LOAD_S = 25
WRITTEN_MIB = 48
CHARTS = ("CPU", "Memory", "Disk", "Network")


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = MachinePage(scene)
    return chapter.steps(), chapter.machine.forget


class MachinePage:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Page"))
        self.charts = ShownCharts(scene.person)

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order."""
        return (
            Step("A machine to look at", self.start),
            Step("Its addresses", self.addresses),
            Step("Its disk, and what it needs", self.storage),
            Step("Charts rise under load", self.load),
            Step("The charts in the dark", self.dark),
            Step("What happened, and by whom", self.events),
            Step("Events outlive the program", self.reopen),
            Step("The page is left", self.machine.leave),
        )

    def start(self) -> str:
        """A sample guest boots; its own page is opened by Return."""
        ready = self.machine.boot()
        self._open()
        return f"{ready}; its own page is open"

    def addresses(self) -> str:
        """They are those that the guest was given."""
        told = self.machine.hears(r"NIC addr \S+ \S+/\d+", patience_s=30)
        address = told.split("NIC addr ")[1].split()[1]
        self.person.click("Networking")
        row = self._row("Network adapters", lambda texts: address in texts)
        if "Guest agent" not in row and "DHCP lease" not in row:
            raise NotSo(f"nobody told the address: {row}")
        return f"guest log: {told}; the page says {' | '.join(filter(None, row))}"

    def storage(self) -> str:
        """Its disk is the one that virsh names; Dependencies leads to its switch."""
        listed = self.machine.ask(lambda: self.virsh("domblklist", self.machine.name))
        path = next(line.split()[-1] for line in listed.splitlines() if line.strip())
        file = path.rpartition("/")[2]
        self.person.click("Storage")
        disk = self._row("Storage", lambda texts: file in texts)
        self.person.click("Dependencies")
        what = self._row("Dependencies", lambda texts: "Virtual hard disk" in texts)
        return f"virsh domblklist: {path}; the pages say {disk[:3]} and {what[0]!r}"

    def load(self) -> str:
        """The guest computes and writes: the charts show it, and virsh's counters too."""
        self.person.click("Performance")
        idle = self.charts.rest()
        before, since = self._counters(), time.monotonic()
        script = (
            f"timeout {LOAD_S} sh -c 'while :; do :; done' & "
            f"dd if=/dev/zero of=/dev/vda bs=1M count={WRITTEN_MIB} conv=fsync"
        )
        self.machine.ask(lambda: self.machine.inside.begin(script))
        busy = self.charts.rise(idle)
        wrote = self.person.see("writing", lambda: self.charts.at_least("Disk", 0.1, "write"))
        after, seconds = self._counters(), time.monotonic() - since
        used = (after[0] - before[0]) / 1e9 / seconds
        mib = (after[1] - before[1]) / 2**20
        if used < 0.3 or mib < 1:
            raise NotSo(f"virsh domstats tells of {used:.2f} processors and {mib:.1f} MiB written")
        return (
            f"CPU, used and waited for: {idle:.0f} %, then {busy:.0f} %; "
            f"{wrote:g} written in the chart's unit; "
            f"virsh domstats: {used:.2f} processors over {seconds:.0f} s, {mib:.0f} MiB written"
        )

    def dark(self) -> str:
        """All four are drawn, in the dark as well, and a key takes a curve away."""
        self.person.click_menu("View", "Appearance", "Dark")
        self.scene.show("Performance in the dark")
        told = {name: self.charts.tells(name) for name in CHARTS}
        self.person.click_menu("View", "Appearance", "Light")
        if empty := [name for name, values in told.items() if not values]:
            raise NotSo(f"no figures in {empty}")
        self.scene.look("Performance")
        return "; ".join(f"{name}: {values}" for name, values in told.items())

    def events(self) -> str:
        """Paused by hand and resumed by virsh: the page tells them apart."""
        self.person.click("Pause")
        self.machine.until("paused")
        self.machine.ask(lambda: self.virsh("resume", self.machine.name))
        self.machine.until("running")
        self.person.click("Events")
        ours = self._event("Paused", "Celadon (")
        others = self._event("Resumed", "Outside Celadon")
        self._event("Created", "Celadon (")
        self.scene.show("Events")
        return f"{ours[1]} by {ours[2]}; {others[1]} by {others[2]}; virsh did the second"

    def reopen(self) -> str:
        """Ended and started anew, the program opens where it was, and the events are there."""
        self.scene.reopen()
        self.person.find("Details of the machine")
        told = [self._event("Started", "Celadon ("), self._event("Resumed", "Outside Celadon")]
        return "after a new start: " + "; ".join(f"{row[1]} by {row[2]}" for row in told)

    # By hand and by eye

    def _open(self) -> None:
        self.person.click_row("Virtual Machines")
        self.machine.reads("Running")
        self.person.click_row(self.machine.name)
        self.person.press("Return")
        self.person.find("Details of the machine")

    def _row(self, table: str, fits: Callable[[list[str]], bool]) -> list[str]:
        """Return the texts of the line of a table that fits, as soon as it is seen."""

        def look() -> list[str] | None:
            for view in sight.visible(QTreeView):
                if isinstance(view, QTreeView) and table in sight.words(view):
                    for _, texts in sight.rows(view):
                        if fits(texts):
                            return texts
            return None

        return self.person.see(f"a line of {table!r}", look, patience_s=60)

    def _event(self, what: str, by: str) -> list[str]:
        def fits(texts: list[str]) -> bool:
            return len(texts) > 2 and texts[1] == what and texts[2].startswith(by)

        return self._row("Events", fits)

    # From outside

    def _counters(self) -> tuple[int, int]:
        """Return the nanoseconds its processors ran and the bytes it wrote, as virsh tells."""
        name = self.machine.name
        told = self.machine.ask(lambda: self.virsh("domstats", name, "--cpu-total", "--block"))
        found = dict(line.strip().split("=", 1) for line in told.splitlines() if "=" in line)
        return int(found["cpu.time"]), int(found.get("block.0.wr.bytes", 0))


CHAPTER = Chapter("A machine's page", begin)
