"""A description is handed on without what people typed and what guests are given."""

from lxml import etree

from backend.xmldesc.redact import redacted

MARK = "hunter2xyz"
DOMAIN = f"""
<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <!-- the password is {MARK} -->
  <name>web-01</name>
  <title>web {MARK}</title>
  <description>root: {MARK}</description>
  <metadata><celadon:x xmlns:celadon='urn:x'>{MARK}</celadon:x></metadata>
  <os><cmdline>console=ttyS0 ds=nocloud;p={MARK}</cmdline></os>
  <sysinfo type='smbios'>
    <system><entry name='serial'>ds=nocloud;pw={MARK}</entry></system>
    <oemStrings><entry>{MARK}</entry></oemStrings>
  </sysinfo>
  <sysinfo type='fwcfg'><entry name='opt/com.coreos/config'>{MARK}</entry></sysinfo>
  <devices>
    <disk type='network'><auth username='ada'><secret type='ceph' usage='pool'/></auth>
      <source protocol='http' name='x'><cookies><cookie name='session'>{MARK}</cookie></cookies>
      </source></disk>
    <graphics type='vnc' port='5900' passwd='{MARK}' passwdValidTo='2030-01-01T00:00:00'/>
    <graphics type='spice' passwd="{MARK}"/>
  </devices>
  <qemu:commandline>
    <qemu:arg value='-object'/><qemu:arg value='secret,id=s,data={MARK}'/>
    <qemu:env name='TOKEN' value='{MARK}'/>
  </qemu:commandline>
</domain>
"""


def test_nothing_secret_is_left() -> None:
    told = redacted(DOMAIN)
    assert MARK not in told
    assert "<name>web-01</name>" in told
    assert 'port="5900"' in told
    assert 'username="ada"' in told
    etree.fromstring(told)


def test_what_is_no_xml_goes_as_a_whole() -> None:
    assert redacted(f"<domain password={MARK}") == "[removed]"


def test_no_entity_is_read_from_the_disk() -> None:
    told = redacted("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>")
    with open("/etc/hostname", encoding="utf-8") as file:  # noqa: PTH123
        assert file.read().strip() not in told


def test_of_a_pool_too() -> None:
    pool = (
        f"<pool type='iscsi'><source><auth type='chap' login='u' passwd='{MARK}'/></source></pool>"
    )
    assert MARK not in redacted(pool)
