"""A machine that devices are plugged into, and what the job shows of it."""

from collections.abc import Callable

import pytest

from backend import jobs
from backend.hypervisor import commands
from backend.jobs import Step, StepState
from backend.operations import growing, heart, sightings, unplugging
from tests.fakes.plugged import PluggedHost


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> PluggedHost:
    made = PluggedHost()
    volumes = made.machine.volumes

    def create(_connect: object, _pool: str, description: str) -> str:
        volumes.append(description)
        return "/images/x"

    monkeypatch.setattr(commands, "volume_exists", lambda *_: False)
    monkeypatch.setattr(commands, "create_volume", create)
    monkeypatch.setattr(commands, "delete_volume_named", lambda *_: volumes.clear())
    monkeypatch.setattr(heart, "IDLE_S", 0)
    monkeypatch.setattr(sightings, "_INTERVAL_S", 0)
    monkeypatch.setattr(sightings, "_SILENT_AFTER_S", 0.05)
    monkeypatch.setattr(sightings, "FOLLOW_DEADLINE_S", 0.05)
    monkeypatch.setattr(growing, "_INTERVAL_S", 0)
    monkeypatch.setattr(growing, "FOLLOW_DEADLINE_S", 0.05)
    monkeypatch.setattr(unplugging, "GUEST_DEADLINE_S", 0.05)
    return made


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Callable[[], dict[str, StepState]]:
    """What the job shows at last, by the steps' names."""
    told: list[tuple[Step, ...]] = []

    def show(**fields: tuple[Step, ...]) -> None:
        told.extend(fields[name] for name in fields if name == "steps")

    monkeypatch.setattr(jobs, "show", show)
    return lambda: {step.name: step.state for step in told[-1]}
