"""The fields that can be changed while a machine runs. All others wait for its next start."""

from typing import Final

from backend.operations.settings.acting import Way
from backend.operations.settings.live import adapters, capacity, drives, running, words
from backend.settings import Field

_BANDWIDTH: Final = (
    Field.ADAPTER_IN_AVERAGE,
    Field.ADAPTER_IN_PEAK,
    Field.ADAPTER_IN_BURST,
    Field.ADAPTER_OUT_AVERAGE,
    Field.ADAPTER_OUT_PEAK,
    Field.ADAPTER_OUT_BURST,
)
WAYS: Final[dict[Field, Way]] = {
    Field.NAME_TITLE: Way(words.set_title),
    Field.NAME_NOTES: Way(words.set_notes),
    Field.MEMORY_STARTUP: Way(capacity.set_memory, capacity.memory_problem),
    Field.PROCESSOR_COUNT: Way(capacity.set_processors, capacity.processors_problem),
    Field.DRIVE_SOURCE: Way(drives.change, drives.medium_problem, drives.tear),
    **{field: Way(drives.limit) for field in drives.LIMITS},
    Field.ADAPTER_SWITCH: Way(running.update, adapters.switch_problem),
    Field.ADAPTER_LINK: Way(running.update),
    Field.ADAPTER_VLAN: Way(running.update, adapters.vlan_problem),
    Field.ADAPTER_FILTER: Way(running.update),
    **{field: Way(adapters.limit, adapters.limit_problem) for field in _BANDWIDTH},
}
"""How each is changed."""
