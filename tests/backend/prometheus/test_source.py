"""What a Prometheus answers, played by a server of our own."""

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from typing_extensions import override

from backend.measures import Measure
from backend.model import Kind, Ref
from backend.prometheus import source
from backend.prometheus.failures import PrometheusRefused
from backend.series import Point, Series

VM = Ref("h", Kind.DOMAIN, "u-1")
CPU = Series(VM, Measure.CPU)
Answer = Callable[[dict[str, str]], tuple[int, bytes]]


class Played:
    """A Prometheus that answers as the test says."""

    def __init__(self) -> None:
        self.answer: Answer = lambda _asked: (200, b"")
        self.asked: list[dict[str, str]] = []
        played = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                where = urlsplit(self.path)
                asked = {name: values[0] for name, values in parse_qs(where.query).items()}
                played.asked.append({**asked, "path": where.path})
                status, body = played.answer(asked)
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            @override
            def log_message(self, format: str, *args: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()


@pytest.fixture
def played() -> Iterator[Played]:
    played = Played()
    yield played
    played.server.shutdown()
    played.server.server_close()
    played.thread.join()


def told(**values: list[tuple[float, str]]) -> Answer:
    """Answer with these by the function that is asked for: min, avg, max."""

    def answer(asked: dict[str, str]) -> tuple[int, bytes]:
        how = next(how for how in values if f"{how}_over_time" in asked["query"])
        result = [{"metric": {"device": ""}, "values": values[how]}] if values[how] else []
        return 200, json.dumps({"status": "success", "data": {"result": result}}).encode()

    return answer


def test_a_series_is_asked_for_by_its_machine_and_told_in_points(played: Played) -> None:
    played.answer = told(
        min=[(160, "0.1"), (220, "0.2")], avg=[(160, "0.5"), (220, "0.6")],
        max=[(160, "0.9"), (220, "1")],
    )  # fmt: skip
    (course,) = source.read(played.url + "/", [CPU], "rack", 100.0, 400.0, 5)
    assert course.runs == ((Point(100.0, 0.1, 0.5, 0.9), Point(160.0, 0.2, 0.6, 1.0)),)
    assert course.step_s == 60.0
    first = played.asked[0]
    assert first["path"] == "/api/v1/query_range"
    assert (first["start"], first["end"], first["step"]) == ("160.0", "400.0", "60.0")
    assert 'celadon_cpu_ratio{uuid="u-1",device=""}[60s]' in first["query"]


def test_what_prometheus_does_not_have_is_a_gap(played: Played) -> None:
    played.answer = told(min=[], avg=[(160, "1"), (220, "1"), (520, "2"), (580, "NaN")], max=[])
    (course,) = source.read(played.url, [CPU], "rack", 100.0, 700.0, 10)
    assert [[point.at for point in run] for run in course.runs] == [[100.0, 160.0], [460.0]]
    played.answer = told(min=[], avg=[], max=[])
    assert source.read(played.url, [CPU], "rack", 100.0, 700.0, 10)[0].runs == ()


def test_a_host_is_asked_for_by_its_name(played: Played) -> None:
    played.answer = told(min=[], avg=[], max=[])
    one = Series(Ref("h", Kind.HOST, "h"), Measure.PRESSURE_CPU)
    source.read(played.url, [one], "rack", 100.0, 700.0, 10)
    assert 'celadon_pressure_cpu_ratio{host="rack",uuid="",device=""}' in played.asked[0]["query"]


@pytest.mark.parametrize(
    "answer",
    [
        (400, b'{"status":"error","error":"exceeded maximum resolution"}'),
        (200, b"<html>somebody else</html>"),
        (200, b'{"data": {"result": [{"values": [["x"]]}]}}'),
        (200, b"[]"),
        (200, b"[" * 200_000),
    ],
)
def test_what_is_no_answer_is_said(played: Played, answer: tuple[int, bytes]) -> None:
    played.answer = lambda _asked: answer
    with pytest.raises(PrometheusRefused) as refused:
        source.read(played.url, [CPU], "rack", 0.0, 60.0, 5)
    assert refused.value.problem["url"] == played.url
    assert refused.value.problem.detail


@pytest.mark.parametrize(
    "url",
    ["http://127.0.0.1:x", "http://a b", "http://127.0.0.1:1", "file:///etc", "prometheus", ""],
)
def test_who_is_not_there_is_said(url: str) -> None:
    with pytest.raises(PrometheusRefused):
        source.read(url, [CPU], "rack", 0.0, 60.0, 5)


def test_what_is_too_long_or_never_ends_is_let_go(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    played.answer = lambda _asked: (200, b" " * 1000)
    monkeypatch.setattr(source, "_ANSWER_BYTES", 100)
    with pytest.raises(PrometheusRefused, match="too long"):
        source.read(played.url, [CPU], "rack", 0.0, 60.0, 5)
    monkeypatch.undo()
    monkeypatch.setattr(source, "_in_time", lambda _end: False)
    with pytest.raises(PrometheusRefused, match="does not end"):
        source.read(played.url, [CPU], "rack", 0.0, 60.0, 5)
