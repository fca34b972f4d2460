import pytest
from pytestqt.qtbot import QtBot

from backend.model import DomainState
from console.snapins.machines.why.leads import lead
from console.snapins.machines.why.strip import VerdictStrip
from console.snapins.machines.why.verdict import verdict
from tests.fakes.diagnoses import BUSY, judged
from tests.fakes.machines import domain

WEB = domain("web-01", DomainState.RUNNING)


@pytest.fixture
def strip(qtbot: QtBot) -> VerdictStrip:
    made = VerdictStrip()
    qtbot.addWidget(made)
    return made


def test_a_bottleneck_is_said_and_leads_on(strip: VerdictStrip, qtbot: QtBot) -> None:
    found = judged(BUSY).found[0]
    strip.show_verdict(verdict(judged(BUSY), WEB), lead(found))
    assert strip.isVisible()
    assert strip.title.text() in strip.accessibleDescription()
    assert strip.button.text() == "Look at the Server"
    with qtbot.waitSignal(strip.followed):
        strip.button.click()


def test_nothing_leads_nowhere_and_without_a_verdict_it_is_not_there(strip: VerdictStrip) -> None:
    strip.show_verdict(verdict(judged(), WEB), None)
    assert not strip.button.isVisible()
    strip.show_verdict(None, None)
    assert not strip.isVisible()
    strip.show_verdict(verdict(judged(), WEB), None)
    assert strip.isVisible(), "the same as before"
