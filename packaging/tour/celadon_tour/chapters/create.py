"""Create: from nothing to an operating system's installer on the screen, by the wizard."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtGui import QImage

from celadon_tour import lists, pictures
from celadon_tour.evidence import NotSo
from celadon_tour.machine import ShownMachine
from celadon_tour.screen import ShownScreen
from celadon_tour.tour import Chapter, Scene, Step

INSTALLERS = Path("/usr/lib/debian-installer/images")
FOLDER = "text/debian-installer/amd64"
NONE = "left out: no package of Debian's installer is here (debian-installer-12-netboot-amd64)"
INSTALLER_S = 170.0
PAGES = (
    "Start from a template", "Specify generation", "Assign memory", "Configure networking",
    "Connect virtual hard disk", "Installation options",
)  # fmt: skip
"""Those after the name."""
TOLD = "vga=788 quiet"
"""What Debian's own menu tells this kernel."""
BLUE, BLUE_SHARE = np.array((0, 0, 170)), 0.03
GREY, GREY_SHARE = np.array((170, 170, 170)), 0.3
SHARE = 0.6
"""Of what the installer's ground and its first question are, and how much of the screen at least.

How they share it hangs on how many lines the screen has: the question takes all there are. Before
it comes all is blue.
"""


def begin(scene: Scene) -> tuple[Sequence[Step], Callable[[], None]]:
    """Return the steps, and what lets go of the guest's log."""
    chapter = Create(scene)
    return chapter.steps(), chapter.machine.forget


def installer() -> Path | None:
    """Return the folder with the kernel of Debian's installer, where it is installed."""
    found = sorted(INSTALLERS.glob(f"*/amd64/{FOLDER}/linux"))
    return found[-1].parent if found else None


class Create:
    """The steps, each by its name in the report."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.person = scene.person
        self.virsh = scene.virsh
        self.machine = ShownMachine(scene, scene.called("Debian"))
        self.screen = ShownScreen(scene, self.machine)
        self.folder = installer()

    def steps(self) -> tuple[Step, ...]:
        """Return what is shown, in order; without an installer the wizard alone."""
        asked = Step("The wizard, by its keys", self.ask)
        if self.folder is None:
            return (asked, Step("An installer's kernel", self.do_without))
        return (
            asked,
            Step("The installer's kernel", partial(self.choose, self.folder)),
            Step("The machine is made, and started", self.finish),
            Step("The installer on the screen", self.see),
            Step("The machine is left", self.machine.leave),
        )

    def ask(self) -> str:
        """Page by page, each with a proposal; the name is typed."""
        self.person.click_row("Virtual Machines")
        self.person.click("New Virtual Machine")
        self.person.find("Do not show this page again")
        self.scene.show("Before you begin")
        self.person.press("Alt+Right")
        self.person.see("the field of the name", self._is_at_name)
        self.person.press("Ctrl+A")
        self.person.write(self.machine.name)
        for page in PAGES:
            self.person.press("Alt+Right")
            self.person.find(page)
        if self.machine.name in self.machine.ask(self.virsh.names):
            raise NotSo("the machine is there before Finish was pressed")
        return f"{len(PAGES)} pages by Alt+Right alone; virsh list --all: nothing is made yet"

    def do_without(self) -> str:
        """No installer is here: the wizard is left, and nothing was made."""
        self.person.press("Escape")
        self.person.click("Drop It")  # the name was typed
        return NONE

    def choose(self, folder: Path) -> str:
        """Its kernel and RAM disk lie in a package; the wizard says what they are."""
        lists.choose(self.person, "Start a kernel of your own (direct boot)")
        self.person.click("Kernel")
        self.person.write(str(folder / "linux"))
        self.person.click("Initial RAM disk")
        self.person.write(str(folder / "initrd.gz"))
        self.person.click("Command line")
        self.person.write(TOLD)
        size = (folder / "initrd.gz").stat().st_size / 2**20
        said = self.person.read(f"{size:.1f} MiB")
        self.scene.show("Installation options")
        self.person.press("Alt+Right")
        self.person.read(str(folder / "linux"))
        self.scene.show("Summary")
        return f"the wizard says of the RAM disk: {said}"

    def finish(self) -> str:
        """One job makes the disk, takes the kernel, defines the machine and starts it."""
        self.person.click("Finish")
        self.machine.reads("Running", patience_s=90)
        made = self.machine.described()
        kernel = made.findtext("os/kernel")
        lasting = self.machine.ask(lambda: self.virsh("dumpxml", "--inactive", self.machine.name))
        if not kernel or "<kernel>" in lasting:
            raise NotSo(f"it runs with the kernel {kernel!r}, and its next start has one as well")
        return f"{self.machine.until('running')}; it runs with {kernel}, its next start has none"

    def see(self) -> str:
        """Its first question is on the screen, and that screen is in the window."""
        self.machine.do("Connect")
        blue = grey = 0.0

        def is_asking() -> bool:
            nonlocal blue, grey
            screen = self.machine.screen()
            blue, grey = part(screen, BLUE), part(screen, GREY)
            return blue > BLUE_SHARE and grey > GREY_SHARE and blue + grey > SHARE

        if not self.person.waiting.until(is_asking, patience_s=INSTALLER_S):
            raise NotSo(f"{blue:.0%} of the screen is blue, {grey:.0%} grey: no installer is there")
        told = self.screen.is_the_guests()
        self.scene.show("The installer")
        count = pictures.colours(self.machine.screen())
        return (
            f"{blue:.0%} of virsh's screenshot is the installer's blue, {grey:.0%} its grey, "
            f"{count} colours; {told}"
        )

    def _is_at_name(self) -> bool | None:
        return "Name" in self.person.keyboard_is_at() or None


def part(screen: QImage, colour: npt.NDArray[np.int_]) -> float:
    """Return how much of a screen is nearly of a colour."""
    points = pictures.points(screen)[..., ::-1]
    return float((np.abs(points - colour).max(axis=2) < 40).mean())


CHAPTER = Chapter("Create", begin)
