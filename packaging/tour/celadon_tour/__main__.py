"""packaging/run --tour DIR: show the program, prove it, write pictures and report.json to DIR."""

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

# libvirt's threads and Qt's GLib dispatcher would iterate one GLib context from two threads.
os.environ.setdefault("QT_NO_GLIB", "1")

from backend.errors import BackendError
from celadon_tour import gallery
from celadon_tour.chapters.contents import CHAPTERS, chosen
from celadon_tour.evidence import NotSo, Virsh
from celadon_tour.person import Person
from celadon_tour.pictures import Album
from celadon_tour.report import FILE, Report
from celadon_tour.stage import draw_for_nobody, hear_qt, opened, place
from celadon_tour.tour import Chapter, Scene, Tour
from celadon_tour.versions import versions
from celadon_tour.waiting import Interrupted, Waiting
from console.program import make_application

NOT_SO, USAGE, INTERRUPTED = 1, 2, 130


def parse_arguments(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the command line says."""
    parser = argparse.ArgumentParser(
        prog="packaging/run", description="Show the program to itself, and prove what it shows."
    )
    add = parser.add_argument
    add("--tour", type=Path, metavar="DIR", required=True, help="where pictures and report go")
    add("--only", default="", metavar="CHAPTER", help="one chapter, by words of its title")
    add("--repeat", type=int, default=1, metavar="N", help="show it so many times")
    add("--offscreen", action="store_true", help="draw the window for nobody")
    add(
        "--pictures",
        action="store_true",
        help="afterwards, if all was so, make README's pictures of the tour's",
    )
    parsed = parser.parse_args(arguments)
    if parsed.repeat < 1:
        parser.error("--repeat: once is the least")
    if not chosen(parsed.only):
        titles = ", ".join(f'"{chapter.title}"' for chapter in CHAPTERS)
        parser.error(f'--only: there is no chapter "{parsed.only}"; there is {titles}')
    return parsed


def main(arguments: Sequence[str]) -> int:
    """Show it; return 0 only if all was so."""
    parsed = parse_arguments(arguments)
    logging.basicConfig(level=logging.WARNING)
    parsed.tour.mkdir(parents=True, exist_ok=True)
    report = Report(parsed.tour)
    report.write()
    with place() as folder:
        if parsed.offscreen:
            draw_for_nobody(folder)
        status = show(folder, report, chosen(parsed.only), parsed.repeat)
    if parsed.pictures and report.ok:
        gallery.fill(report)
    if parsed.repeat > 1 or report.heartbeats:
        sys.stderr.write(f"{report.summary()}\n")
    word = "All of it was so" if report.ok else "Not all of it was so"
    sys.stderr.write(f"{word}: {report.folder / FILE}\n")
    return status


def show(folder: Path, report: Report, chapters: Sequence[Chapter], repeat: int) -> int:
    """Walk through the chapters on a host that lives in a folder; return the exit status."""
    hear_qt()
    application = make_application()
    waiting = Waiting()
    try:
        with waiting.until_a_signal(), opened(folder, waiting) as program:
            virsh = Virsh(program.uri)
            report.versions = waiting.meanwhile(lambda: versions(virsh))
            album = Album(report.folder, program.window)
            scene = Scene(
                Person(waiting), virsh, album, report, folder,
                again=program.again, first_day=program.first_day,
            )  # fmt: skip
            Tour(scene).walk(chapters, repeat=repeat)
    except Interrupted:
        return INTERRUPTED
    except (BackendError, NotSo, OSError) as error:
        sys.stderr.write(f"The tour could not go on: {error}\n")
        return NOT_SO
    finally:
        application.closeAllWindows()
    return 0 if report.ok else NOT_SO


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
