"""What a host has to choose from is read from its capabilities; what is not told is not known."""

from backend.xmldesc.settings import facts
from backend.xmldesc.settings.facts import Facts

ABILITIES = """<domainCapabilities><vcpu max='255'/>
<os><enum name='firmware'><value>efi</value></enum></os>
<cpu><mode name='host-model' supported='yes'/><mode name='host-passthrough' supported='no'/>
<mode name='custom' supported='yes'><model usable='yes'>A</model><model usable='no'>B</model></mode>
</cpu><devices><tpm supported='yes'><enum name='backendModel'><value>emulator</value></enum></tpm>
</devices><features><sev supported='no'/></features></domainCapabilities>"""
CAPABILITIES = """<capabilities><host><cpu><pages size='4'/><pages size='2048'/></cpu>
<iommu support='no'/><topology><cells><cell><pages size='2048'>3</pages></cell>
<cell><pages size='2048'>4</pages></cell></cells></topology></host>
<guest><arch name='x86_64'><machine canonical='pc-q35-7.2'>q35</machine>
<machine>pc-q35-7.2</machine></arch></guest></capabilities>"""


def test_what_is_told_is_known() -> None:
    found = facts.parse(Facts(memory_bytes=1), ABILITIES, CAPABILITIES, "x86_64")
    assert found.memory_bytes == 1
    assert found.vcpus_maximum == 255
    assert found.offers["os/firmware"] == {"efi"}
    assert found.lacks("cpu/mode", "host-passthrough")
    assert not found.lacks("cpu/mode", "host-model")
    assert found.lacks("tpm/backendModel", "passthrough")
    assert found.cpu_models == {"A": True, "B": False}
    assert found.pages == {2048 * 1024: 7}
    assert (found.has_iommu, found.has_sev) == (False, False)
    assert found.machines == ("pc-q35-7.2",)


def test_what_is_not_told_is_held_against_nobody() -> None:
    found = facts.parse(Facts(), "", "", "")
    assert found == Facts()
    assert not found.lacks("tpm/model", "tpm-crb")
