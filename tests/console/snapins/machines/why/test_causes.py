from dataclasses import replace

from backend.diagnosis.causes import Cause
from backend.diagnosis.examine import Finding, Outcome
from backend.measures import Of
from backend.model import DomainState, Nic
from console.sdk.look import icon
from console.snapins.machines.why import causes
from tests.fakes.diagnoses import NIC
from tests.fakes.machines import domain

WEB = domain("web-01", DomainState.RUNNING)


def test_each_cause_has_words_and_a_picture() -> None:
    assert set(causes.words()) == set(Cause)
    for told in causes.words().values():
        assert told.advice.endswith(".")
        assert not icon(told.icon).isNull()


def test_devices_are_called_as_on_their_pages() -> None:
    assert WEB.live
    made = replace(
        WEB, live=replace(WEB.live, nics=(Nic("52:54:00:00:00:09", "user"), Nic(NIC, "user")))
    )
    assert causes.device(Of.ADAPTER, NIC, made) == "Adapter 2"
    assert causes.device(Of.DRIVE, "vda", made) == "drive vda"
    assert causes.device(Of.MACHINE, "", made) == ""
    full = Finding(Cause.CPU_FULL, Outcome.FOUND, "1")
    assert causes.found(full, made) == "The guest's own work fills processor 1"
