"""The program once more, in a process of its own: what it remembers, in the dark and at 200 %.

Run as a program it opens a window on a copy of the settings, writes its picture, and prints what
stands in its tree; it has no host but those that are remembered.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DEADLINE_S = 90


def reopen(settings: Path, picture: Path, *, awaited: str) -> list[str]:
    """Return what stands in the tree of a fresh process once `awaited` does, or at last."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in settings.glob("*"):
            if file.is_file():
                shutil.copy(file, folder / file.name)
        answer = subprocess.run(
            [sys.executable, "-P", "-m", "celadon_tour.reopened", folder, picture, awaited],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
            capture_output=True, text=True, timeout=DEADLINE_S, check=True,
        )  # fmt: skip
    told = json.loads(answer.stdout.splitlines()[-1])
    return [str(line) for line in told]


def main(folder: Path, picture: Path, awaited: str) -> int:
    """Open the window, show it, tell of it."""
    os.environ.setdefault("QT_NO_GLIB", "1")
    # Not before the screen is set: these bring Qt in.
    from celadon_tour.pictures import picture as taken  # noqa: PLC0415
    from celadon_tour.stage import draw_for_nobody, remembered  # noqa: PLC0415
    from celadon_tour.waiting import Waiting  # noqa: PLC0415
    from console.program import make_application  # noqa: PLC0415

    draw_for_nobody(folder, scale=2)
    application = make_application()
    waiting = Waiting()
    with remembered(folder) as window:
        window.resize(1440, 900)
        waiting.until(lambda: awaited in _tree(window), patience_s=20)
        waiting.turn(1500)
        told = _tree(window)
        taken(window).save(str(picture))
    application.closeAllWindows()
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


def _tree(window: object) -> list[str]:
    from console.shell.window import MainWindow  # noqa: PLC0415

    return [node.text for node in window.scope.nodes()] if isinstance(window, MainWindow) else []


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
