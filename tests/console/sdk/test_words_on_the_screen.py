"""What stands on the screen speaks Hyper-V: a server, not a host."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import console

TREE = Path(console.__file__).parent
TRANSLATING = ("_tr", "NOOP", "translate")
# SSH's own word, which stands in its manual and in its configuration.
OURS = re.compile(r"\{[^}]*\}|jump host", re.IGNORECASE)


def shown(path: Path) -> Iterator[str]:
    """Yield the texts of a module that are to be translated; those of a context come first."""
    for call in ast.walk(ast.parse(path.read_text())):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in TRANSLATING and call.args:
                text = call.args[-1]
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    yield text.value


def test_a_computer_with_machines_is_called_a_server() -> None:
    found = (text for path in TREE.rglob("*.py") for text in shown(path))
    texts = [text.replace("&", "") for text in found]
    assert "Jump host" in texts
    assert not [t for t in texts if re.search(r"\bhosts?\b", OURS.sub("", t), re.IGNORECASE)]
