"""report.json: what was shown, and whether it was so. Written anew after each step."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

FILE = "report.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step: `evidence` says why it was so, or why not."""

    chapter: str
    name: str
    ok: bool
    seconds: float
    evidence: str
    picture: str


@dataclass
class Report:
    """All steps so far. `ok` means: all that were meant to be shown were shown, and were so."""

    folder: Path
    versions: dict[str, str] = field(default_factory=dict)
    accelerator: str = ""
    steps: list[Outcome] = field(default_factory=list)
    is_complete: bool = False

    @property
    def ok(self) -> bool:
        """Whether the tour came to its end and each step was so."""
        return self.is_complete and bool(self.steps) and all(step.ok for step in self.steps)

    def add(self, outcome: Outcome) -> None:
        """Take down a step."""
        self.steps.append(outcome)
        self.write()

    def write(self) -> None:
        """Bring the file up to date; it is there whole or as it was before."""
        told = {
            "versions": self.versions,
            "accelerator": self.accelerator,
            "steps": [asdict(step) for step in self.steps],
            "ok": self.ok,
        }
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(self.folder / FILE)
