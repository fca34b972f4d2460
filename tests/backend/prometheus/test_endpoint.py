import time
import urllib.request
from collections.abc import Iterator

import pytest

from backend.measures import Measure
from backend.model import Kind, Record, Ref
from backend.prometheus.endpoint import Endpoint
from backend.series import Sample
from tests.fakes.machines import domain, host

WEB = domain("web")
HOST = host()


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    endpoint = Endpoint(0)
    yield endpoint
    endpoint.close()


def scraped(endpoint: Endpoint, kind: str = "text/plain") -> list[str]:
    request = urllib.request.Request(f"http://127.0.0.1:{endpoint.port}/metrics")
    request.add_header("Accept", kind)
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return [line for line in answer.read().decode().splitlines() if line[0] != "#"]


def tell(endpoint: Endpoint, *samples: Sample) -> None:
    known: dict[Ref, Record] = {WEB.ref: WEB, HOST.ref: HOST}
    endpoint.tell(samples, known.get)


def test_the_newest_figures_are_told_with_who_they_are_of(endpoint: Endpoint) -> None:
    now = time.monotonic()
    tell(endpoint, Sample(WEB.ref, now, {(Measure.CPU, ""): 0.25}))
    held = {(Measure.DISK_READ, "vda"): 3.0}
    tell(endpoint, Sample(WEB.ref, now, {(Measure.CPU, ""): 0.5}, held))
    tell(endpoint, Sample(HOST.ref, now, {(Measure.HOST_CPU, ""): 0.75}))
    who = f'host="{HOST.hostname or HOST.name}",name="{{}}",uuid="{{}}"'
    web = who.format("web", WEB.ref.key)
    assert sorted(scraped(endpoint)) == sorted([
        f'celadon_cpu_ratio{{device="",{web}}} 0.5',
        f'celadon_disk_read_bytes_per_second{{device="vda",{web}}} 3.0',
        f'celadon_host_cpu_ratio{{device="",{who.format("", "")}}} 0.75',
    ])  # fmt: skip


def test_it_speaks_openmetrics_to_who_asks_for_it(endpoint: Endpoint) -> None:
    tell(endpoint, Sample(WEB.ref, time.monotonic(), {(Measure.CPU, ""): 0.25}))
    request = urllib.request.Request(f"http://127.0.0.1:{endpoint.port}/metrics")
    request.add_header("Accept", "application/openmetrics-text; version=1.0.0")
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        assert answer.headers["Content-Type"].startswith("application/openmetrics-text")
        assert answer.read().decode().endswith("# EOF\n")


def test_who_was_not_read_for_a_minute_has_no_figures(endpoint: Endpoint) -> None:
    tell(endpoint, Sample(WEB.ref, time.monotonic() - 90, {(Measure.CPU, ""): 0.25}))
    assert scraped(endpoint) == []


def test_who_is_unknown_is_called_by_its_key(endpoint: Endpoint) -> None:
    other = Ref("far", Kind.DOMAIN, "u-1")
    tell(endpoint, Sample(other, time.monotonic(), {(Measure.LOAD, ""): 1.0}))
    assert scraped(endpoint) == ['celadon_load{device="",host="far",name="",uuid="u-1"} 1.0']


def test_it_is_there_for_this_computer_alone_and_its_port_for_one(endpoint: Endpoint) -> None:
    assert endpoint._server.server_address[0] == "127.0.0.1"
    with pytest.raises(OSError, match="in use"):
        Endpoint(endpoint.port)
