import re

from backend.measures import Measure
from backend.prometheus import names
from tests.fakes.machines import host


def test_each_measure_has_a_name_that_prometheus_takes_and_that_tells_its_unit() -> None:
    told = [names.metric(measure) for measure in Measure]
    assert len(set(told)) == len(told)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in told)
    assert names.metric(Measure.CPU) == "celadon_cpu_ratio"
    assert names.metric(Measure.DISK_READ) == "celadon_disk_read_bytes_per_second"


def test_any_text_may_stand_in_a_label() -> None:
    told = names.selector(Measure.LOAD, {"device": 'a"b\\c\nd'})
    assert told == 'celadon_load{device="a\\"b\\\\c\\nd"}'


def test_a_host_is_called_as_it_calls_itself() -> None:
    assert names.host_name(None, "id") == "id"
    assert names.host_name(host(), "id") != "id"
