"""report.json: what was shown, and whether it was so. Written anew after each step."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from celadon_tour.pulse import Gaps, median

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
    """All steps so far. `ok` means: all that were meant to be shown were shown, and were so.

    `runs` says of each time that the chapters were shown whether all was so, `heartbeats` how a
    guest's heart went on while it was given an adapter, and `devices_in_guest` what the guest
    itself said that it had at a moment.
    """

    folder: Path
    versions: dict[str, str] = field(default_factory=dict)
    accelerator: str = ""
    steps: list[Outcome] = field(default_factory=list)
    is_complete: bool = False
    repeat: int = 1
    runs: list[bool] = field(default_factory=list)
    heartbeats: list[Gaps] = field(default_factory=list)
    devices_in_guest: dict[str, list[str]] = field(default_factory=dict)
    video: str = ""

    @property
    def ok(self) -> bool:
        """Whether the tour came to its end and each step was so."""
        return self.is_complete and bool(self.steps) and all(step.ok for step in self.steps)

    def add(self, outcome: Outcome) -> None:
        """Take down a step."""
        self.steps.append(outcome)
        self.write()

    def summary(self) -> str:
        """Return in a line how many of its runs were so, and how the heart went on."""
        told = [f"{sum(self.runs)} of {self.repeat} runs were so"]
        if self.heartbeats:
            gaps = median(self.heartbeats)
            told.append(
                f"longest gap of the guest's heart {gaps['idle_gap_ms']:.0f} ms left alone and "
                f"{gaps['hot_add_gap_ms']:.0f} ms during hot-add, ratio {gaps['ratio']:g} (medians)"
            )
        return "; ".join(told)

    def write(self) -> None:
        """Bring the file up to date; it is there whole or as it was before."""
        told: dict[str, object] = {
            "versions": self.versions,
            "accelerator": self.accelerator,
            "steps": [asdict(step) for step in self.steps],
            "runs": {"asked": self.repeat, "shown": len(self.runs), "ok": sum(self.runs)},
        }
        if self.heartbeats:
            told["heartbeat"] = median(self.heartbeats)
            told["heartbeats"] = [{**asdict(gaps), "ratio": gaps.ratio} for gaps in self.heartbeats]
        if self.devices_in_guest:
            told["devices_in_guest"] = self.devices_in_guest
        if self.video:
            told["video"] = self.video
        told["ok"] = self.ok
        fresh = self.folder / f"{FILE}.new"
        fresh.write_text(json.dumps(told, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        fresh.replace(self.folder / FILE)
