"""What the scheduler gave a machine, from what virsh tells, and which verdict fits that."""

import time

import pytest
from celadon_tour.chapters.why import CONTENDED, FULL, fitting
from celadon_tour.evidence import NotSo
from celadon_tour.scheduler import Scheduler, Share

TOLD = """Domain: 'web'
  vcpu.current=2
  vcpu.0.state=1
  vcpu.0.time={0}
  vcpu.0.delay={1}
  vcpu.0.halted.sum=7
  vcpu.1.time={0}
  vcpu.1.delay={1}"""


class Virsh:
    def __init__(self, *told: str) -> None:
        self.told = list(told)

    def __call__(self, *arguments: str) -> str:
        assert arguments == ("domstats", "web", "--vcpu")
        return self.told.pop(0)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    at = iter((100.0, 104.0))
    monkeypatch.setattr(time, "monotonic", lambda: next(at))


@pytest.mark.usefixtures("seconds")
def test_all_processors_are_counted_together() -> None:
    told = TOLD.format(10**9, 0), TOLD.format(3 * 10**9, 10**9)
    asked = Scheduler(Virsh(*told), "web")  # type: ignore[arg-type]
    asked.begin()
    share = asked.share()
    assert share == Share(1.0, 0.5)
    assert str(share) == "virsh domstats: 1.00 processors used, 0.50 waited for"


def test_a_machine_that_is_off_is_no_evidence() -> None:
    with pytest.raises(NotSo):
        Scheduler(Virsh("Domain: 'web'"), "web").begin()  # type: ignore[arg-type]


def test_the_verdict_is_the_scheduler_s() -> None:
    assert fitting(Share(0.5, 0.5)) == (CONTENDED,)
    assert fitting(Share(0.95, 0.03)) == (FULL,)
    assert set(fitting(Share(0.85, 0.15))) == {FULL, CONTENDED}
