"""Envelopes as VirtualBox and VMware write them, shortened to what is read."""

OVF = "http://schemas.dmtf.org/ovf/envelope/1"
RASD = "http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"


def item(kind: int, **fields: str) -> str:
    """Return an item of the hardware."""
    told = {"InstanceID": str(kind), **fields}
    inner = "".join(f"<rasd:{name}>{value}</rasd:{name}>" for name, value in told.items())
    return f"<Item><rasd:ResourceType>{kind}</rasd:ResourceType>{inner}</Item>"


VIRTUALBOX = f"""<?xml version="1.0"?>
<Envelope ovf:version="1.0" xml:lang="en-US" xmlns="{OVF}" xmlns:ovf="{OVF}" xmlns:rasd="{RASD}"
 xmlns:vssd="urn:vssd" xmlns:vbox="http://www.virtualbox.org/ovf/machine">
  <References><File ovf:id="file1" ovf:href="box-disk001.vmdk"/></References>
  <DiskSection><Info>List</Info><Disk ovf:capacity="1073741824" ovf:diskId="vmdisk1"
    ovf:fileRef="file1" ovf:format="urn:streamOptimized" vbox:uuid="u"/></DiskSection>
  <VirtualSystem ovf:id="box"><Info>A virtual machine</Info>
    <AnnotationSection><Annotation>From the &lt;office&gt;</Annotation></AnnotationSection>
    <VirtualHardwareSection>
      <System><vssd:VirtualSystemType>virtualbox-2.2</vssd:VirtualSystemType></System>
      {item(3, VirtualQuantity="2")}
      {item(4, VirtualQuantity="512", AllocationUnits="MegaBytes")}
      {item(20, InstanceID="7", ResourceSubType="AHCI")}
      {item(17, HostResource="/disk/vmdisk1", Parent="7")}
      {item(10, Connection="NAT", ResourceSubType="E1000")}
    </VirtualHardwareSection>
    <vbox:Machine><Hardware><Firmware type="EFI"/></Hardware></vbox:Machine>
  </VirtualSystem>
</Envelope>"""
VMWARE = f"""<Envelope xmlns="{OVF}" xmlns:ovf="{OVF}" xmlns:rasd="{RASD}" xmlns:vssd="urn:vssd"
 xmlns:vmw="http://www.vmware.com/schema/ovf">
  <References><File ovf:href="app-1.vmdk" ovf:id="f1" ovf:size="12"/>
    <File ovf:href="tools.iso" ovf:id="f2"/></References>
  <DiskSection><Disk ovf:capacity="16" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="d1"
    ovf:fileRef="f1"/><Disk ovf:capacity="2" ovf:capacityAllocationUnits="byte * 2^30"
    ovf:diskId="d2"/></DiskSection>
  <NetworkSection><Network ovf:name="VM Network"/></NetworkSection>
  <VirtualSystem ovf:id="vm"><Name>app server</Name><VirtualHardwareSection>
    <System><vssd:VirtualSystemType>vmx-19</vssd:VirtualSystemType></System>
    {item(3, VirtualQuantity="4")}
    {item(4, VirtualQuantity="4096", AllocationUnits="byte * 2^20")}
    {item(6, InstanceID="3", ResourceSubType="VirtualSCSI")}
    {item(17, HostResource="ovf:/disk/d1", Parent="3")}
    {item(17, HostResource="ovf:/disk/d2", Parent="3")}
    {item(15, HostResource="ovf:/file/f2")}
    {item(10, Connection="VM Network", ResourceSubType="VmxNet3")}
    {item(10, Connection="Other")}
    <vmw:Config vmw:key="firmware" vmw:value="efi"/>
    <vmw:Config vmw:key="uefi.secureBoot.enabled" vmw:value="true"/>
  </VirtualHardwareSection></VirtualSystem>
</Envelope>"""
