"""The help of a whole window."""

from console.shell.help.assembly import read
from console.shell.window import MainWindow


def test_the_pages_that_come_with_the_program_are_read(shell: MainWindow) -> None:
    library = read(shell)
    assert len(library.pages) > 10
    assert "Ctrl+K" in library.pages["keyboard"].markdown
    assert "<!-- insert" not in library.pages["keyboard"].markdown
