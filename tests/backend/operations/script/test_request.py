"""A verb and its arguments, asked for by name; references to what is not there yet."""

from typing import get_args

import pytest

from backend.model import Kind, Record, Ref
from backend.operations import domain
from backend.operations.script.request import RECORDS, Request, made_by, maker_of
from tests.backend.operations.script.known import WEB


def test_it_knows_what_a_job_of_it_is_called() -> None:
    assert Request(domain.start, WEB).verb == "domain.start"


def test_arguments_by_name_with_the_verb_s_own_defaults() -> None:
    assert Request(domain.rename, WEB, ("new",)).argument("name") == "new"
    assert Request(domain.rename, WEB, (), (("name", "new"),)).argument("name") == "new"
    assert Request(domain.shutdown, WEB).argument("timeout_s") == 60.0
    with pytest.raises(TypeError):
        Request(domain.rename, WEB).argument("name")


def test_what_is_made_is_told_from_what_is_there() -> None:
    made = made_by(3, "here")
    assert (made.host, made.kind) == ("here", Kind.DOMAIN)
    assert maker_of(made) == 3
    assert maker_of(WEB) is None
    assert maker_of(Ref("here", Kind.HOST, "here")) is None


def test_each_kind_has_its_record() -> None:
    assert set(RECORDS) == set(Kind)
    assert set(RECORDS.values()) == set(get_args(Record))
