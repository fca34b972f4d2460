from typing import Any, cast

import libvirt

from backend.hypervisor import pulse
from tests.fakes.plugged import REF, PluggedHost


def test_the_time_of_all_processors_is_one_figure() -> None:
    host = PluggedHost()
    told = {"vcpu.maximum": 4, "vcpu.0.time": 5, "vcpu.3.time": 7}
    cast("Any", host.connect).domainListGetStats = lambda *_: [(host.machine, told)]
    assert pulse.processor_time_ns(host.connect, REF.key) == 12
    cast("Any", host.connect).domainListGetStats = lambda *_: []
    assert pulse.processor_time_ns(host.connect, REF.key) == 0


def test_the_agent_is_asked_for_nothing_but_an_answer_and_not_for_long() -> None:
    host = PluggedHost()
    told: list[object] = []
    cast("Any", host.machine).getTime = lambda: told.append("time")
    cast("Any", host.machine).agentSetResponseTimeout = lambda seconds, _flags: told.append(seconds)
    pulse.ask_agent(host.connect, REF.key)
    assert told == [2, "time", libvirt.VIR_DOMAIN_AGENT_RESPONSE_TIMEOUT_BLOCK]
