"""Definitions as other programs write them, with what Celadon knows nothing of."""

# ruff: noqa: E501
NOVA = """<domain type='kvm'>
  <name>instance-0000002a</name><uuid>0b5c5d9c-54e1-4a6e-9c8b-5e7711a50002</uuid>
  <metadata>
    <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
      <nova:package version="27.1.0"/><nova:name>web</nova:name>
      <nova:flavor name="m1.small"><nova:memory>2048</nova:memory></nova:flavor>
      <nova:owner><nova:user uuid="u">admin</nova:user></nova:owner>
    </nova:instance>
  </metadata>
  <memory unit='KiB'>2097152</memory><currentMemory unit='KiB'>2097152</currentMemory>
  <vcpu placement='static'>1</vcpu>
  <cputune><shares>1024</shares></cputune>
  <sysinfo type='smbios'><system><entry name='manufacturer'>OpenStack</entry></system></sysinfo>
  <os><type arch='x86_64' machine='pc-i440fx-6.2'>hvm</type><boot dev='hd'/><smbios mode='sysinfo'/>
  </os>
  <features><acpi/><apic/><vmcoreinfo state='on'/></features>
  <cpu mode='host-model' check='partial'><topology sockets='1' dies='1' cores='1' threads='1'/></cpu>
  <clock offset='utc'><timer name='pit' tickpolicy='delay'/><timer name='hpet' present='no'/></clock>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='network' device='disk'>
      <driver name='qemu' type='raw' cache='writeback' discard='unmap'/>
      <auth username='cinder'><secret type='ceph' uuid='457eb676-33da-42ec-9a8c-9293d545c337'/></auth>
      <source protocol='rbd' name='vms/disk'><host name='10.0.0.1' port='6789'/></source>
      <iotune><total_bytes_sec>10240</total_bytes_sec></iotune>
      <target dev='vda' bus='virtio'/><serial>0b5c</serial>
      <address type='pci' domain='0x0000' bus='0x00' slot='0x04' function='0x0'/>
    </disk>
    <interface type='bridge'>
      <mac address='fa:16:3e:11:22:33'/><source bridge='br-int'/>
      <virtualport type='openvswitch'><parameters interfaceid='a'/></virtualport>
      <target dev='tap1'/><model type='virtio'/><driver name='vhost' rx_queue_size='512'/>
      <mtu size='1450'/>
    </interface>
    <serial type='pty'><log file='/var/lib/nova/console.log' append='off'/><target port='0'/></serial>
    <graphics type='vnc' port='-1' autoport='yes' listen='0.0.0.0' passwd='s3cret'>
      <listen type='address' address='0.0.0.0'/></graphics>
    <video><model type='virtio' heads='1' primary='yes'/></video>
    <memballoon model='virtio'><stats period='10'/></memballoon>
    <rng model='virtio'><rate bytes='1024' period='1000'/>
      <backend model='random'>/dev/urandom</backend></rng>
  </devices>
  <seclabel type='dynamic' model='apparmor' relabel='yes'/>
</domain>"""

PASSTHROUGH = """<domain type='kvm' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
  <name>gaming</name><uuid>0b5c5d9c-54e1-4a6e-9c8b-5e7711a50003</uuid>
  <metadata><libosinfo:libosinfo xmlns:libosinfo="http://libosinfo.org/xmlns/libvirt/domain/1.0">
    <libosinfo:os id="http://microsoft.com/win/11"/></libosinfo:libosinfo></metadata>
  <memory unit='GiB'>16</memory><currentMemory unit='GiB'>16</currentMemory>
  <memoryBacking><hugepages/><nosharepages/><locked/></memoryBacking>
  <vcpu placement='static' current='4'>8</vcpu><iothreads>1</iothreads>
  <cputune><vcpupin vcpu='0' cpuset='2'/><vcpupin vcpu='1' cpuset='3'/>
    <emulatorpin cpuset='0-1'/><iothreadpin iothread='1' cpuset='0-1'/></cputune>
  <os firmware='efi'><type arch='x86_64' machine='pc-q35-8.1'>hvm</type>
    <firmware><feature enabled='yes' name='enrolled-keys'/>
      <feature enabled='yes' name='secure-boot'/></firmware>
    <loader readonly='yes' secure='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.secboot.fd</loader>
    <nvram template='/usr/share/OVMF/OVMF_VARS.ms.fd'>/var/lib/libvirt/nvram/g.fd</nvram></os>
  <features><acpi/><apic/><hyperv mode='custom'><relaxed state='on'/><vapic state='on'/></hyperv>
    <kvm><hidden state='on'/></kvm><vmport state='off'/><smm state='on'/></features>
  <cpu mode='host-passthrough' check='none' migratable='on'>
    <topology sockets='1' dies='1' cores='4' threads='2'/><cache mode='passthrough'/>
    <feature policy='require' name='topoext'/></cpu>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>
    <disk type='block' device='disk'><driver name='qemu' type='raw' cache='none' iothread='1'/>
      <source dev='/dev/vg/win'/><target dev='sda' bus='scsi'/><boot order='1'/>
      <alias name='ua-mine'/></disk>
    <controller type='scsi' index='0' model='virtio-scsi'><driver queues='4' iothread='1'/></controller>
    <controller type='pci' index='0' model='pcie-root'/>
    <controller type='usb' index='0' model='ich9-ehci1'/>
    <controller type='usb' index='0' model='ich9-uhci1'><master startport='0'/></controller>
    <interface type='direct'><mac address='52:54:00:aa:00:01'/><source dev='eth0' mode='vepa'/>
      <model type='e1000e'/><boot order='2'/></interface>
    <tpm model='tpm-crb'><backend type='emulator' version='2.0' persistent_state='yes'/></tpm>
    <hostdev mode='subsystem' type='pci' managed='yes'><driver name='vfio'/>
      <source><address domain='0x0000' bus='0x01' slot='0x00' function='0x0'/></source>
      <rom file='/srv/gpu.rom'/></hostdev>
    <shmem name='looking-glass'><model type='ivshmem-plain'/><size unit='M'>64</size></shmem>
    <watchdog model='itco' action='reset'/>
  </devices>
  <qemu:commandline><qemu:arg value='-object'/><qemu:arg value='input-linux,id=k'/>
    <qemu:env name='PULSE' value='x'/></qemu:commandline>
  <qemu:override><qemu:device alias='hostdev0'><qemu:frontend>
    <qemu:property name='x-vga' type='bool' value='true'/></qemu:frontend></qemu:device></qemu:override>
</domain>"""

MEMORY_NODES = """<domain type='qemu'>
  <name>numa</name><uuid>0b5c5d9c-54e1-4a6e-9c8b-5e7711a50004</uuid>
  <maxMemory slots='16' unit='KiB'>16777216</maxMemory>
  <memory unit='KiB'>4194304</memory><currentMemory unit='KiB'>4194304</currentMemory>
  <vcpu placement='auto' current='2'>4</vcpu>
  <vcpus><vcpu id='0' enabled='yes' hotpluggable='no' order='1'/></vcpus>
  <numatune><memory mode='strict' nodeset='0'/></numatune>
  <os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <cpu><numa><cell id='0' cpus='0-1' memory='2097152' unit='KiB' memAccess='shared'/>
    <cell id='1' cpus='2-3' memory='1048576' unit='KiB'><distances><sibling id='0' value='21'/>
    </distances></cell></numa></cpu>
  <devices>
    <memory model='dimm'><target><size unit='KiB'>1048576</size><node>0</node></target></memory>
    <filesystem type='mount'><driver type='virtiofs' queue='1024'/>
      <binary path='/usr/lib/virtiofsd'/><source dir='/srv'/><target dir='srv'/></filesystem>
    <vsock model='virtio'><cid auto='no' address='4'/></vsock>
    <panic model='isa'><address type='isa' iobase='0x505'/></panic>
    <future kind='unheard-of'><of by='us'>at all</of></future>
  </devices>
  <future:thing xmlns:future='urn:future'><future:part/></future:thing>
</domain>"""

PROXMOX_LIKE = """<domain type='kvm' id='7'>
  <name>102</name><uuid>0b5c5d9c-54e1-4a6e-9c8b-5e7711a50005</uuid><title>mail</title>
  <description>imported; #tag</description>
  <memory>1048576</memory><vcpu>2</vcpu>
  <bootloader>/usr/bin/pygrub</bootloader>
  <os><type arch='x86_64'>hvm</type><loader>/usr/share/seabios/bios.bin</loader>
    <boot dev='cdrom'/><boot dev='hd'/><boot dev='network'/><bios useserial='yes'/></os>
  <idmap><uid start='0' target='1000' count='10'/></idmap>
  <devices>
    <disk type='volume' device='disk'><source pool='local-lvm' volume='vm-102-disk-0'/>
      <target dev='sda' bus='scsi'/><blockio logical_block_size='512'/></disk>
    <disk type='file' device='cdrom'><target dev='hdc' bus='ide' tray='open'/><readonly/></disk>
    <interface type='ethernet'><mac address='bc:24:11:00:00:01'/><script path='/etc/up'/>
      <target dev='tap102i0'/><model type='rtl8139'/>
      <bandwidth><inbound average='1000' floor='10'/></bandwidth>
      <vlan trunk='yes'><tag id='42' nativeMode='untagged'/><tag id='47'/></vlan></interface>
    <input type='mouse' bus='ps2'/><hub type='usb'/><parallel type='null'/>
  </devices>
  <keywrap><cipher name='aes' state='on'/></keywrap>
</domain>"""

CORPUS = (NOVA, PASSTHROUGH, MEMORY_NODES, PROXMOX_LIKE)
