# A boot sector that shows a picture and scrolls it. W and H are the mode's size in pixels; the
# picture lies at 16 MiB, W x (H + 512) pixels. F starts and stops the scrolling.
.code16
.globl _start
_start:
 cli; xor %ax,%ax; mov %ax,%ds; mov %ax,%es; mov %ax,%ss; mov $0x7c00,%sp
 # the graphics adapter is the PCI device of class 3; its memory is where its BAR 0 says
 mov $0x80000008,%ebx
1: mov %ebx,%eax; mov $0xcf8,%dx; outl %eax,%dx; mov $0xcfc,%dx; inl %dx,%eax
 shr $16,%eax; cmp $0x0300,%ax; je 2f
 add $0x800,%ebx; jmp 1b
2: add $8,%ebx; mov %ebx,%eax; mov $0xcf8,%dx; outl %eax,%dx; mov $0xcfc,%dx; inl %dx,%eax
 and $0xfffffff0,%eax; mov %eax,%ebp
 # the mode, by the registers of the Bochs adapter: off, W, H, 32 bits, on
 mov $mode,%si; mov $5,%cx
3: mov $0x1ce,%dx; lodsw; outw %ax,%dx; inc %dx; lodsw; outw %ax,%dx; loop 3b
 lgdt gdtr; mov %cr0,%eax; or $1,%al; mov %eax,%cr0; ljmp $8,$flat
mode: .word 4,0, 1,W, 2,H, 3,32, 4,0x41
.p2align 3
gdt: .quad 0, 0x00cf9a000000ffff, 0x00cf92000000ffff
gdtr: .word 23; .long gdt
.code32
flat: mov $16,%ax; mov %ax,%ds; mov %ax,%es; mov %ax,%ss; mov $0x7000,%esp; cld
 xor %ebx,%ebx; xor %edx,%edx
draw: mov %ebp,%edi; mov $W*H,%ecx; mov $0x1000000,%esi; add %edx,%esi; rep movsl
turn: in $0x64,%al; test $1,%al; jz 5f
 in $0x60,%al; cmp $0x21,%al; jne 5f; xor $1,%ebx
5: test $1,%bl; jnz 6f
 mov $100000,%ecx
7: pause; loop 7b; jmp turn
6: add $(W*4*8),%edx; cmp $(W*4*512),%edx; jb draw; xor %edx,%edx; jmp draw
.org 510
.word 0xaa55
