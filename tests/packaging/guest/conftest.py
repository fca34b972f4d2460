"""Let the tests import `packaging.guest`, beside PyPI's library that is called `packaging` too."""

from pathlib import Path

import packaging

OURS = str(Path(__file__).resolve().parents[3] / "packaging")
if OURS not in packaging.__path__:
    packaging.__path__.append(OURS)
