"""What the tests of a page need: a definition, edits patched in, values read back."""

from backend.errors import Problem
from backend.settings import Bounds, Edit, Field, Setting, Value
from backend.xmldesc import tree
from backend.xmldesc.settings import catalogue
from backend.xmldesc.settings.declared import Scene
from backend.xmldesc.settings.facts import Facts


class Machine:
    """A definition under edit."""

    def __init__(self, text: str, facts: Facts | None = None) -> None:
        self.root = tree.read(f"<domain>{text}</domain>")
        self.facts = facts or Facts()

    def set(self, field: Field, value: Value, device: str = "") -> "Machine":
        """Patch one value in."""
        catalogue.write(self.root, [Edit(Setting(field, device), value)])
        return self

    def get(self, field: Field, device: str = "") -> Value:
        """Read one value."""
        return catalogue.settings(self.root)[Setting(field, device)].value

    def has(self, field: Field, device: str = "") -> bool:
        """Return whether there is a place for it."""
        return Setting(field, device) in catalogue.settings(self.root)

    def bounds(self, field: Field, device: str = "") -> Bounds:
        """Return what it can be."""
        return catalogue.ALL[field].bounds(self._scene(field, device))

    def doubt(self, field: Field, value: Value, device: str = "") -> str:
        """Return why a value comes to nothing here, by its id."""
        return _id(catalogue.ALL[field].doubt(self._scene(field, device), value))

    def check(self, field: Field, value: Value, device: str = "") -> str:
        """Return why it cannot be a value, by its id."""
        return _id(catalogue.ALL[field].check(self._scene(field, device), value))

    def offers(self, field: Field, device: str = "") -> dict[Value, str]:
        """Return the choices, and what stands against each, by its id."""
        return {c.value: _id(c.problem) for c in self.bounds(field, device).choices}

    def text(self) -> str:
        """Return the definition on one line, without its outermost element."""
        lines = "".join(line.strip() for line in tree.write(self.root).splitlines())
        inner = lines.removeprefix("<domain>").removesuffix("</domain>")
        return inner.replace("<domain/>", "").replace('"', "'")

    def _scene(self, field: Field, device: str) -> Scene:
        found = catalogue.settings(self.root)[Setting(field, device)]
        return Scene(self.facts, self.root, found.element)


def _id(problem: Problem | None) -> str:
    return problem.message_id if problem else ""
