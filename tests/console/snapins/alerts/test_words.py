from dataclasses import replace

from backend.measures import Of
from console.snapins.alerts import words
from tests.console.snapins.lent import LentContext
from tests.fakes.alarms import CPU, LATENCY, MEMORY
from tests.fakes.machines import domain


def test_whose_figures_are_watched(context: LentContext) -> None:
    web = domain("web-01").ref
    lookup = context.lookup
    assert words.whose(CPU, lookup) == "Any machine"
    assert words.whose(MEMORY, lookup) == "Any server"
    assert words.whose(replace(CPU, key=web.key), lookup) == "web-01"
    assert words.whose(replace(CPU, host=web.host), lookup) == "Any machine of this-computer"
    assert words.whose(replace(MEMORY, host=web.host), lookup) == "this-computer"
    assert words.whose(LATENCY, lookup) == "Any machine, each drive"
    assert words.whose(replace(LATENCY, device=""), lookup) == "Any machine, all drives together"
    assert words.whose(replace(LATENCY, device="Vda"), lookup) == "Any machine, Vda"


def test_what_is_not_there_is_said(context: LentContext) -> None:
    assert words.whose(replace(CPU, key="x"), context.lookup) == "A machine that is not there"
    assert words.whose(replace(MEMORY, host="x"), context.lookup) == "A server that is not there"


def test_every_kind_has_a_word_and_only_what_has_devices_offers_them() -> None:
    assert all(words.group(of) for of in Of)
    assert {of for of in Of if not words.devices(of)} == {Of.MACHINE, Of.HOST, Of.POOL}
