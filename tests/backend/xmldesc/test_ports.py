from backend.ports import SerialPort
from backend.xmldesc import ports, tree

DEVICES = """
<domain><devices>
  <serial type='pty'><source path='/dev/pts/3'/>
    <target type='isa-serial' port='0'/><alias name='serial0'/></serial>
  <serial type='tcp'><source mode='bind' host='::' service='4555'/>
    <target type='isa-serial' port='1'/><alias name='serial1'/></serial>
  <console type='pty' tty='/dev/pts/3'><source path='/dev/pts/3'/>
    <target type='serial' port='0'/><alias name='serial0'/></console>
  <console type='pty'><target type='virtio' port='1'/><alias name='console1'/></console>
</devices></domain>"""


def test_each_port_is_there_once_and_says_whether_it_can_be_opened() -> None:
    found = ports.parse(tree.read(DEVICES))
    assert found == (
        SerialPort("serial", 0, "isa-serial", "pty", "serial0"),
        SerialPort("serial", 1, "isa-serial", "tcp", "serial1"),
        SerialPort("console", 0, "virtio", "pty", "console1"),
    )
    assert [port.can_be_opened for port in found] == [True, False, True]


def test_a_machine_without_ports_has_none() -> None:
    assert ports.parse(tree.read("<domain><devices/></domain>")) == ()
