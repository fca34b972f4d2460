from backend.xmldesc import network


def test_a_nat_network_is_read() -> None:
    told = network.parse(
        "<network><name>nat</name><uuid>u</uuid><forward mode='nat'/><bridge name='celabc0'/>"
        "<ip address='10.1.2.1' netmask='255.255.255.0'/>"
        "<ip family='ipv6' address='fd00::1' prefix='64'/></network>"
    )
    assert (told.name, told.uuid, told.forward, told.bridge) == ("nat", "u", "nat", "celabc0")
    assert told.subnets == ("10.1.2.1/255.255.255.0", "fd00::1/64")


def test_a_network_that_forwards_nothing_is_isolated() -> None:
    assert network.parse("<network><name>i</name></network>").forward == network.ISOLATED
