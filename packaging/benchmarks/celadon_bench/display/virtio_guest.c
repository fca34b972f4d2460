/* A guest of 32 bits (multiboot) that shows a picture on a virtio-gpu and scrolls it. W and H are
 * the screen's size in pixels; the picture lies at 16 MiB, W x (H + 512) pixels. F starts and stops
 * the scrolling. It shows as many pictures as QEMU takes of a VGA, which it looks at every 30 ms: a
 * guest of this kind is asked by nobody. */
#include <stdint.h>

typedef volatile uint8_t u8;
typedef volatile uint16_t u16;
typedef volatile uint32_t u32;
typedef volatile uint64_t u64;

enum { PICTURE = 0x1000000, SCREEN = 0x2000000, ROWS = 512, STEP = 8, RATE = 33, SIZE = 4 };
enum { CREATE = 0x101, SET_SCANOUT = 0x103, FLUSH = 0x104, TRANSFER = 0x105, ATTACH = 0x106 };
enum { NEXT = 1, WRITE = 2, TIMER = 0x608, TIMER_HZ = 3579545, F_KEY = 0x21, BGRX = 2 };

__asm__(".p2align 2\n"
        ".long 0x1badb002, 0, -0x1badb002\n" /* multiboot's mark: magic, flags, their sum's reverse */
        ".globl _start\n"
        "_start: mov $0x1f0000, %esp; cld; jmp guest\n");

static struct { u64 address; u32 length; u16 flags, next; } ring[SIZE] __attribute__((aligned(16)));
static struct { u16 flags, index, heads[SIZE]; } offered __attribute__((aligned(4)));
static struct { u16 flags, index; struct { u32 head, length; } done[SIZE]; } used __attribute__((aligned(4)));
static u32 message[16], answer[16];
static struct {
    u32 offers_of, offers, features_of, features;
    u16 vector, queues;
    u8 status, generation;
    u16 queue, queue_size, queue_vector, queue_on, queue_bell;
    u64 ring, offered, used;
} *common; /* as virtio has them */
static u8 *bell;

static inline uint32_t in(uint16_t port)
{
    uint32_t value;
    __asm__ volatile("inl %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline uint8_t in_byte(uint16_t port)
{
    uint8_t value;
    __asm__ volatile("inb %1, %0" : "=a"(value) : "Nd"(port));
    return value;
}

static inline void out(uint16_t port, uint32_t value)
{
    __asm__ volatile("outl %0, %1" : : "a"(value), "Nd"(port));
}

static uint32_t pci(uint32_t device, uint32_t at)
{
    out(0xcf8, device | (at & ~3u));
    return in(0xcfc);
}

/* Return where a capability's registers lie, after its 8 bytes at `at`. */
static u8 *registers(uint32_t device, uint32_t at)
{
    uint32_t bar = 0x10 + 4 * (pci(device, at + 4) & 0xff);
    return (u8 *)((pci(device, bar) & ~15u) + pci(device, at + 8));
}

static void find(void)
{
    uint32_t device = 0x80000000, at, bell_at = 0;
    while (pci(device, 0) != 0x10501af4)
        device += 0x800;
    for (at = pci(device, 0x34) & 0xff; at; at = pci(device, at) >> 8 & 0xff) {
        uint32_t head = pci(device, at);
        if ((head & 0xff) != 9)
            continue;
        if (head >> 24 == 1)
            common = (void *)registers(device, at);
        if (head >> 24 == 2)
            bell_at = at;
    }
    bell = registers(device, bell_at);
    out(0xcf8, device | 4);
    out(0xcfc, in(0xcfc) | 6); /* memory, and of its own accord */
}

static void begin(void)
{
    common->status = 0;
    common->status = 3; /* seen, and driven */
    common->features_of = 1;
    common->features = 1; /* version 1, and no more */
    common->status = 11;
    common->queue = 0;
    common->queue_size = SIZE;
    common->ring = (uint32_t)ring;
    common->offered = (uint32_t)&offered;
    common->used = (uint32_t)&used;
    common->queue_on = 1;
    common->status = 15;
    offered.flags = 1; /* no interrupts */
}

/* Have so many words of `message` done. */
static void tell(uint32_t kind, int words)
{
    message[0] = kind;
    ring[0].address = (uint32_t)message, ring[0].length = 4 * words;
    ring[0].flags = NEXT, ring[0].next = 1;
    ring[1].address = (uint32_t)answer, ring[1].length = sizeof answer, ring[1].flags = WRITE;
    offered.heads[offered.index % SIZE] = 0;
    __sync_synchronize();
    offered.index++;
    __sync_synchronize();
    *(u16 *)bell = 0;
    while (used.index != offered.index)
        __asm__ volatile("pause");
}

static void area(void)
{
    message[6] = message[7] = 0, message[8] = W, message[9] = H;
}

static void show(uint32_t row)
{
    void *to = (void *)SCREEN, *from = (void *)(PICTURE + row * W * 4);
    uint32_t count = W * H;
    __asm__ volatile("rep movsl" : "+D"(to), "+S"(from), "+c"(count) : : "memory");
    area(), message[10] = message[11] = 0, message[12] = 1, message[13] = 0, tell(TRANSFER, 14);
    area(), message[10] = 1, message[11] = 0, tell(FLUSH, 12);
}

void guest(void)
{
    uint32_t row = 0, is_on = 0, last = in(TIMER);
    find();
    begin();
    message[6] = 1, message[7] = BGRX, message[8] = W, message[9] = H, tell(CREATE, 10);
    message[6] = 1, message[7] = 1, message[8] = SCREEN, message[9] = 0;
    message[10] = W * H * 4, message[11] = 0, tell(ATTACH, 12);
    area(), message[10] = 0, message[11] = 1, tell(SET_SCANOUT, 12);
    show(row);
    for (;;) {
        if (in_byte(0x64) & 1)
            is_on ^= in_byte(0x60) == F_KEY;
        if (is_on && ((in(TIMER) - last) & 0xffffff) >= TIMER_HZ / RATE) {
            last = in(TIMER);
            row = (row + STEP) % ROWS;
            show(row);
        }
        for (volatile int n = 0; n < 1000; n++)
            __asm__ volatile("pause");
    }
}
