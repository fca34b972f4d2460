"""A plan is made without touching what it was made from, and hides what is secret."""

from backend.model import Domain, DomainState, Kind, Ref
from backend.operations.settings import planning
from backend.operations.settings.commanded import Surroundings
from backend.operations.settings.planning import Checked
from backend.operations.settings.standing import Standing
from backend.settings import NOW, Basis, Edit, Effect, Field, Setting
from backend.xmldesc import tree
from backend.xmldesc.settings.facts import Facts, File

COUNT = Setting(Field.PROCESSOR_COUNT)
DEFINED = """<domain><name>web</name><vcpu>2</vcpu>
<devices><graphics type='vnc' passwd='secret'/></devices></domain>"""


def standing(live: str = "") -> Standing:
    state = DomainState.RUNNING if live else DomainState.OFF
    domain = Domain(Ref("h", Kind.DOMAIN, "1"), "web", state)
    running = tree.read(live) if live else None
    return Standing(Surroundings(domain), tree.read(DEFINED), running, Facts(vcpus_maximum=8))


def test_what_it_was_made_from_stays() -> None:
    one = standing()
    outcome = planning.plan(one, NOW, [Edit(COUNT, 4)])
    assert one.definition is not None
    assert outcome.definition is not None
    assert tree.text_of(one.definition, "vcpu") == "2"
    assert tree.text_of(outcome.definition, "vcpu") == "4"
    assert 'passwd="secret"' in tree.write(outcome.definition)


def test_the_difference_shows_what_changes_and_no_password() -> None:
    difference = planning.plan(standing(), NOW, [Edit(COUNT, 4)]).plan.difference
    assert "-  <vcpu>2</vcpu>" in difference
    assert "+  <vcpu>4</vcpu>" in difference
    assert not [line for line in difference if "secret" in line]


def test_what_was_there_before_is_not_held_against_bounds() -> None:
    refused = planning.plan(standing(), NOW, [Edit(COUNT, 16)]).plan
    assert refused.changes[0].effect is Effect.REFUSED
    assert refused.difference == ()
    taken_back = planning.plan(standing(), NOW, [Edit(COUNT, 16)], Checked.NO).plan
    assert taken_back.changes[0].effect is Effect.NOW


def test_what_runs_already_is_there_now() -> None:
    pending = standing("<domain><vcpu>4</vcpu></domain>")
    told = planning.plan(pending, NOW, [Edit(COUNT, 4), Edit(Setting(Field.NAME_TITLE), "t")]).plan
    change = told.effect(COUNT)
    assert change
    assert change.effect is Effect.NOW


def test_the_base_says_whose_change_came_first() -> None:
    base = Basis(((COUNT, 1),))
    told = planning.plan(standing(), base, [Edit(COUNT, 4)]).plan
    assert [c.problem.message_id for c in told.refused if c.problem] == ["ChangedElsewhere"]
    assert planning.plan(standing(), base, [Edit(COUNT, 2)]).plan.changes == ()
    assert planning.plan(standing(), base, []).plan.elsewhere == ((COUNT, 1, 2),)


def test_a_value_as_a_word() -> None:
    assert planning.spelt(None) == ""
    assert planning.spelt(("a", "b")) == "a, b"
    assert planning.spelt(3) == "3"


def test_a_disc_of_somebodys_own_stays_theirs_and_the_drive_as_it_is() -> None:
    described = tree.read(
        """<domain><name>web</name><devices><disk type='file' device='cdrom'><source
        file='/old.iso' startupPolicy='optional'><seclabel model='dac' relabel='no'/></source>
        <target dev='sda' bus='sata'/><readonly/><boot order='1'/></disk></devices></domain>"""
    )
    domain = Domain(Ref("h", Kind.DOMAIN, "1"), "web", DomainState.OFF)
    facts = Facts(files={"/own.iso": File(keeps_owner=True)})
    one = Standing(Surroundings(domain), described, None, facts)
    source = Setting(Field.DRIVE_SOURCE, "sda")
    for path, keeps in (("/own.iso", True), ("/pool.iso", False), (None, False)):
        new = planning.plan(one, NOW, [Edit(source, path)]).definition
        assert new is not None
        disk = new.find("devices/disk")
        assert disk is not None
        assert tree.attribute(disk, "source", "file") == (path or "")
        assert tree.attribute(disk, "source", "startupPolicy") == ("optional" if path else "")
        assert (disk.find("source/seclabel[@relabel='no']") is not None) is keeps
        assert disk.find("boot") is not None
        assert disk.find("readonly") is not None


def _disk(*edits: Edit, files: dict[str, File], inner: str = "") -> list[str]:
    """Why a disk cannot be what is wanted of it."""
    described = tree.read(
        f"""<domain><name>web</name><devices><disk type='file' device='disk'><driver name='qemu'
        type='raw'/><source file='/old'/><target dev='vda' bus='virtio'/>{inner}</disk></devices>
        </domain>"""
    )
    domain = Domain(Ref("h", Kind.DOMAIN, "1"), "web", DomainState.OFF)
    one = Standing(Surroundings(domain), described, None, Facts(files=files))
    told = planning.plan(one, NOW, edits).plan
    return [change.problem.message_id for change in told.refused if change.problem]


def test_a_file_that_somebody_has_is_no_other_disk_unless_it_is_shared() -> None:
    there = {"/new": File(user="mail", format="raw")}
    wanted = Edit(Setting(Field.DRIVE_SOURCE, "vda"), "/new")
    assert _disk(wanted, files=there) == ["ImageInUse"]
    assert _disk(wanted, files=there, inner="<shareable/>") == []
    assert _disk(wanted, files={"/new": File(format="raw")}) == []


def test_a_file_is_what_its_drive_reads_it_as() -> None:
    there = {"/new": File(format="qcow2")}
    wanted = Edit(Setting(Field.DRIVE_SOURCE, "vda"), "/new")
    assert _disk(wanted, files=there) == ["FormatDiffers"]
    as_well = Edit(Setting(Field.DRIVE_FORMAT, "vda"), "qcow2")
    assert _disk(wanted, as_well, files=there) == []
    assert _disk(wanted, files={"/new": File()}) == [], "nobody can tell"
