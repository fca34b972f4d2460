"""Data is found in a checkout and in an installed package."""

from console.shell.resources import resource


def test_what_comes_with_the_program_is_there() -> None:
    assert resource("celadon.svg").is_file()
    assert resource("help").is_dir()
    assert not resource("nothing of the kind").exists()
