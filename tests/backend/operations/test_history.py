import asyncio
from concurrent.futures import Future
from typing import Any, cast

import pytest

from backend.history.failures import HistoryNotAnswering
from backend.measures import Measure
from backend.model import Kind, Ref
from backend.operations import history
from backend.prometheus import source
from backend.prometheus.failures import PrometheusRefused
from backend.series import Course, Series
from backend.specs import HostSpec
from tests.backend.conftest import Heard


def test_who_asks_is_told_in_order_also_of_what_was_never_read(heard: Heard, vm: Ref) -> None:
    asked = (Series(vm, Measure.CPU), Series(vm, Measure.DISK_READ, "vda"))
    answer = heard.engine.query(history.read, vm, asked, since=0.0, until=100.0)
    assert answer.result(10) == tuple(Course(one, (), course.step_s) for one, course in
                                      zip(asked, answer.result(), strict=True))  # fmt: skip


async def test_a_disk_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "READ_DEADLINE_S", 0.05)

    class Hung:
        history = None
        prometheus = ""

        def read(self, *_arguments: object) -> "Future[tuple[Course, ...]]":
            return Future()

    host = Hung()
    host.history = host.spec = host  # type: ignore[assignment,attr-defined]
    ref = Ref("t", Kind.HOST, "t")
    asked = history.read(cast("Any", host), ref, (), since=0.0, until=1.0)
    with pytest.raises(HistoryNotAnswering):
        await asyncio.wait_for(asked, 5)


def test_a_prometheus_is_asked_first_and_where_it_fails_this_computer(
    heard: Heard, vm: Ref, uri: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, there = (Series(vm, Measure.CPU),), [Course(Series(vm, Measure.CPU), step_s=7.0)]

    def read(url: str, *_arguments: object) -> tuple[Course, ...]:
        if not there:
            raise PrometheusRefused(url=url)
        return tuple(there)

    monkeypatch.setattr(source, "read", read)
    heard.engine.manage(HostSpec("t", "Test", uri, prometheus="http://p"))
    found = heard.engine.query(history.read, vm, asked, since=0.0, until=100.0).result(10)
    assert found == tuple(there)
    there.clear()
    (here,) = heard.engine.query(history.read, vm, asked, since=0.0, until=100.0).result(10)
    assert here.problem
    assert here.problem["url"] == "http://p"
