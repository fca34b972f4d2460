from dataclasses import replace

from backend.diagnosis.causes import Cause, Limit
from backend.diagnosis.examine import Diagnosis, Finding, Outcome
from backend.fields import Field
from backend.measures import Measure
from backend.model import DomainState, Nic
from console.sdk import wording
from console.sdk.nodes import Tone
from console.snapins.machines.why import verdict as words
from tests.fakes.diagnoses import BUSY, MIB, NIC, SINCE, UNTIL, WRITING, judged
from tests.fakes.machines import domain

M = Measure
WEB = domain("web-01", DomainState.RUNNING)


def of(diagnosis: Diagnosis, cause: Cause) -> Finding:
    return next(one for one in diagnosis.findings if one.cause is cause)


def clock(at: float) -> str:
    return wording.moment(at, UNTIL)


def test_the_likeliest_is_named_with_since_when() -> None:
    told = words.verdict(judged(BUSY, since=SINCE + 120), WEB)
    what = "The server has no processor free when this machine needs one"
    assert told.title == f"{what}, since {clock(SINCE + 120)}."
    assert told.detail.startswith("Likely: waits 48 % of the time")
    assert told.tone is Tone.WARNING
    assert told.first
    assert told.first.cause is Cause.CPU_CONTENTION
    always = words.verdict(judged(BUSY), WEB)
    assert always.title == f"{what}, since {clock(SINCE)} or longer."


def test_what_is_over_is_told_as_over() -> None:
    told = words.verdict(judged(BUSY, since=SINCE + 60, until=SINCE + 180), WEB)
    assert f", from {clock(SINCE + 60)} until {clock(SINCE + 180)}." in told.title


def test_what_else_was_found_stands_below() -> None:
    doubtful = {(M.VCPU_DELAY, "0"): 0.12, **WRITING}
    told = words.verdict(judged(doubtful), WEB)
    assert told.title.startswith("The storage behind drive vda answers slowly")
    assert told.detail.endswith(
        "Also found: the server has no processor free when this machine needs one."
    )
    possible = words.verdict(judged({(M.VCPU_DELAY, "0"): 0.12}), WEB)
    assert possible.detail.startswith("Possible: ")


def test_an_idle_machine_is_held_up_by_nothing() -> None:
    told = words.verdict(judged(), WEB)
    assert told.title == "Nothing holds this machine up."
    assert told.detail == "10 causes were examined, by 5 min of figures."
    assert (told.tone, told.first) == (Tone.GOOD, None)
    assert words.verdict(judged(), WEB, "Paused.").detail.endswith("figures. Paused.")


def test_what_cannot_be_told_is_not_called_fine() -> None:
    told = words.verdict(judged(without=(M.PRESSURE_MEMORY, M.HOST_SWAP_IN)), WEB)
    assert told.title == "No bottleneck was found."
    assert "1 could not be told" in told.detail


def test_each_reason_not_to_know_says_what_is_missing() -> None:
    silent = judged(without=(M.MEMORY_USED, M.SWAP_IN, M.SWAP_OUT))
    assert "driver of a balloon" in words.told_of(of(silent, Cause.GUEST_MEMORY), WEB)
    unpressed = judged(without=(M.PRESSURE_MEMORY, M.HOST_SWAP_IN))
    assert "PSI" in words.told_of(of(unpressed, Cause.HOST_MEMORY), WEB)
    unset = of(judged(limits=None), Cause.DISK_LIMIT)
    assert "settings of the machine could not be read" in words.told_of(unset, WEB)
    unread = of(judged(without=(M.DISK_READS,)), Cause.DISK_SLOW)
    assert "no figures of drive vda" in words.told_of(unread, WEB)
    blind = of(judged(without=(M.VCPU_DELAY,)), Cause.CPU_CONTENTION)
    assert "processors were used" in words.told_of(blind, WEB)
    short = replace(blind, evidence=of(judged(), Cause.CPU_CONTENTION).evidence, known_s=20.0)
    assert "only 20 s of figures" in words.why_unknown(short, WEB)
    memory = of(silent, Cause.GUEST_MEMORY)
    booting = replace(
        memory,
        evidence=tuple(replace(one, value=None, row=(None, None, 0.1)) for one in memory.evidence),
        known_s=10.0,
    )
    assert "only 10 s of figures" in words.why_unknown(booting, WEB), "a driver runs there by now"


def test_user_mode_networking_is_known_to_have_no_figures() -> None:
    assert WEB.live
    made = replace(WEB, live=replace(WEB.live, nics=(Nic(NIC, "user"),)))
    unread = of(judged(without=(M.DROPS_IN,)), Cause.NETWORK_DROPS)
    assert "Adapter 1 has user-mode networking" in words.told_of(unread, made)


def test_what_follows_from_another_says_from_which() -> None:
    limit = Limit(Field.DRIVE_TOTAL_BYTES_S, "vda", 2.0 * MIB)
    slow = of(judged(WRITING, limits=(limit,)), Cause.DISK_SLOW)
    assert words.outcome(slow)[0] == "A consequence"
    assert words.told_of(slow, WEB).startswith("Of “Limits of its drives”: a write takes 900 ms")


def test_what_helps_is_said_where_it_is_so() -> None:
    diagnosis = judged(BUSY)
    assert "Move one to another server" in words.helps(of(diagnosis, Cause.CPU_CONTENTION), WEB)
    assert words.helps(of(diagnosis, Cause.CPU_LIMIT), WEB) == "Nothing is limited there."
    full = words.helps(of(diagnosis, Cause.CPU_FULL), WEB)
    assert full == "At most: computes 50 % of the time (too much from 90 %)."


def test_the_order_is_always_the_same() -> None:
    for diagnosis in (judged(), judged(WRITING)):
        assert [one.cause for one in words.in_order(diagnosis)] == list(Cause)
    assert {words.outcome(one)[0] for one in judged().findings} == {"Not so", "No limit set"}
    assert of(judged(), Cause.CPU_LIMIT).outcome is Outcome.UNSET


def test_too_little_says_how_much_more() -> None:
    assert "So far 20 s" in words.too_early(replace(judged(), read_s=20.0))
    assert words.too_early(replace(judged(), read_s=0.0)).startswith("Nothing was read")
