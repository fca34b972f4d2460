"""How series went, as a Prometheus kept it that read our endpoint. Blocking: for workers only."""

import http.client
import json
import math
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from backend.prometheus import names
from backend.prometheus.failures import PrometheusRefused
from backend.series import Course, Point, Series

DEADLINE_S: Final = 10.0
_ANSWER_BYTES: Final = 32 * 1024**2
_PIECE_BYTES: Final = 2**16
_STEP_S: Final = 10.0
_POINTS_MAXIMUM: Final = 10_000
"""Prometheus refuses more than 11,000 points of a series."""
_MISSED: Final = 1.5

Values = dict[float, float]


def read(
    url: str, series: Sequence[Series], host: str, since: float, until: float, points: int
) -> tuple[Course, ...]:
    """Return how series of the host that is called so went, in the order asked for.

    Raises PrometheusRefused, with what it said.
    """
    step_s = max(_STEP_S, (until - since) / max(1, min(points, _POINTS_MAXIMUM)))
    return tuple(_course(url, one, host, (since, until, step_s)) for one in series)


def _course(url: str, series: Series, host: str, span: tuple[float, float, float]) -> Course:
    step_s = span[2]
    is_machine = series.ref.key != series.ref.host
    who = {"uuid": series.ref.key} if is_machine else {"host": host, "uuid": ""}
    chosen = names.selector(series.measure, {**who, "device": series.device})
    least, mean, most = (
        _ask(url, f"max by (device) ({how}_over_time({chosen}[{math.ceil(step_s)}s]))", span)
        for how in ("min", "avg", "max")
    )
    runs: list[list[Point]] = []
    last: float | None = None
    for end in sorted(mean):
        if last is None or end - last > _MISSED * step_s:
            runs.append([])
        # What is told at a moment was over the time before it.
        low, high = least.get(end, mean[end]), most.get(end, mean[end])
        runs[-1].append(Point(end - step_s, low, mean[end], high))
        last = end
    return Course(series, tuple(tuple(run) for run in runs), step_s)


def _ask(url: str, query: str, span: tuple[float, float, float]) -> Values:
    since, until, step_s = span
    asked = urllib.parse.urlencode(
        {"query": query, "start": since + step_s, "end": until, "step": step_s}
    )
    place = f"{url.rstrip('/')}/api/v1/query_range"
    if urllib.parse.urlsplit(place).scheme not in ("http", "https"):
        raise PrometheusRefused(url=url, detail=("its address begins with http:// or https://",))
    try:
        request = urllib.request.Request(f"{place}?{asked}")  # noqa: S310  # of these two schemes
        with urllib.request.urlopen(request, timeout=DEADLINE_S) as answer:  # noqa: S310
            told = json.loads(_body(answer))
    except urllib.error.HTTPError as error:
        with error:
            said = error.read(2000).decode(errors="replace")
        raise PrometheusRefused(url=url, detail=(f"{error.code} {error.reason}", said)) from error
    except (OSError, ValueError, RecursionError, http.client.HTTPException) as error:
        raise PrometheusRefused(url=url, detail=(str(error),)) from error
    return _values(url, told)


def _body(answer: http.client.HTTPResponse) -> bytes:
    """Return an answer that comes in time: each piece may be, and all of it never end.

    Raises TimeoutError, ValueError if it is too much.
    """
    end, parts, size = time.monotonic() + DEADLINE_S, list[bytes](), 0
    while part := answer.read1(_PIECE_BYTES):
        parts.append(part)
        size += len(part)
        if size > _ANSWER_BYTES:
            raise ValueError("the answer is too long")
        if not _in_time(end):
            raise TimeoutError("the answer does not end")
    return b"".join(parts)


def _in_time(end: float) -> bool:
    return time.monotonic() <= end


def _values(url: str, told: object) -> Values:
    """Return the values by their moments; two series (an old and a new console) are one."""
    try:
        results: Iterable[Mapping[str, Any]] = told["data"]["result"]  # type: ignore[index]
        return {
            float(at): float(value)
            for result in results
            for at, value in result["values"]
            if math.isfinite(float(value))
        }
    except (KeyError, TypeError, ValueError) as error:
        raise PrometheusRefused(url=url, detail=(repr(error),)) from error
