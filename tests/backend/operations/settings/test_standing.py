"""How settings stand: as defined, as it runs, and what a change of each would do."""

import pytest

from backend.errors import Gone
from backend.model import Domain, DomainState, Kind, Ref
from backend.operations.settings import standing
from backend.operations.settings.commanded import Surroundings
from backend.operations.settings.standing import Standing
from backend.settings import Effect, Field, Section, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts

COUNT = Setting(Field.PROCESSOR_COUNT)


def standing_of(definition: str, live: str, *, saved: str = "") -> Standing:
    state = DomainState.RUNNING if live else DomainState.OFF
    ref = Ref("h", Kind.DOMAIN, "1")
    domain = Domain(ref, "web", state, has_saved_state=bool(saved))
    read = [tree.read(f"<domain>{text}</domain>") if text else None for text in (definition, live)]
    return Standing(Surroundings(domain), read[0], read[1], Facts())


@pytest.mark.parametrize(
    ("definition", "live", "saved", "effect", "problem"),
    [
        ("<vcpu>1</vcpu>", "", "", Effect.NOW, ""),
        ("<vcpu>1</vcpu>", "", "saved", Effect.NEXT_START, "HasSavedState"),
        ("", "<vcpu>1</vcpu>", "", Effect.REFUSED, "NotDefined"),
    ],
)
def test_when_a_change_would_act(
    definition: str, live: str, saved: str, effect: Effect, problem: str
) -> None:
    found = standing.sheet(standing_of(definition, live, saved=saved)).entry(
        Setting(Field.PROCESSOR_MAXIMUM)
    )
    assert found
    assert found.effect is effect
    assert (found.problem.message_id if found.problem else "") == problem


def test_what_differs_waits_for_the_next_start() -> None:
    found = standing.sheet(standing_of("<vcpu>2</vcpu>", "<vcpu>1</vcpu>")).entry(COUNT)
    assert found
    assert (found.next_start, found.live, found.is_pending) == (2, 1, True)


def test_a_device_that_only_runs_has_a_page_too() -> None:
    nic = "<devices><interface><mac address='aa'/></interface></devices>"
    sheet = standing.sheet(standing_of("<vcpu>2</vcpu>", nic))
    assert [p.device for p in sheet.places if p.section is Section.ADAPTER] == ["aa"]
    assert sheet.places[-1].section is Section.AUTOMATIC_STOP


def test_a_machine_that_went_meanwhile_is_gone() -> None:
    with pytest.raises(Gone):
        assert standing_of("", "").edited
