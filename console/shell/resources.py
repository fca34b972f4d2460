"""Where the data lies that comes with the program: beside the sources, or in the package."""

from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]


def resource(name: str) -> Path:
    """Return the place of a file or folder of `resources`, whether it is there or not."""
    places = (_HERE / "resources" / name, _HERE.parent / "resources" / name)
    return next((place for place in places if place.exists()), places[-1])
