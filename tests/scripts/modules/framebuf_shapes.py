# cell: framebuf: every format, lines, rectangles, ellipses, polygons, text, blit, scroll
# firmware: micropython
import framebuf
from array import array

FORMATS = ('MONO_VLSB', 'MONO_HLSB', 'MONO_HMSB', 'GS2_HMSB', 'GS4_HMSB', 'GS8', 'RGB565')


def draw(fb):
    fb.fill(0)
    fb.rect(0, 0, 16, 12, 1)
    fb.rect(9, 7, 4, 3, 1, True)
    fb.line(1, 10, 14, 2, 1)
    fb.line(3, -2, 5, 20, 1)
    fb.hline(-3, 5, 9, 1)
    fb.vline(12, -1, 5, 1)
    fb.pixel(2, 2, 1)
    fb.pixel(99, 2, 1)


def show(fb, width, height):
    for y in range(height):
        print(''.join('#' if fb.pixel(x, y) else '.' for x in range(width)))
    print()


for name in FORMATS:
    memory = bytearray(16 * 16 * 2)
    fb = framebuf.FrameBuffer(memory, 16, 12, getattr(framebuf, name), 16)
    draw(fb)
    print(name, sum(memory), fb.pixel(2, 2), fb.pixel(16, 0))
show(fb, 16, 12)

memory = bytearray(40 * 24)
fb = framebuf.FrameBuffer(memory, 40, 24, framebuf.GS8)
fb.ellipse(8, 8, 7, 5, 1)
fb.ellipse(24, 8, 6, 7, 1, True, 0b0101)
fb.ellipse(38, 12, 5, 5, 1, True)
fb.ellipse(20, 20, 0, 0, 1)
show(fb, 40, 24)
fb.fill(0)
corners = array('h', (0, 0, 9, 3, 5, 12, -3, 9, 4, 6))
fb.poly(4, 2, corners, 1)
fb.poly(-2, 8, corners, 1, True)
fb.poly(33, -4, corners, 1, True)
fb.poly(20, 12, array('h', (0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10, 0)), 1, True)
fb.poly(0, 0, b'\x12\x02', 1)
show(fb, 40, 24)
fb.fill(0)
fb.text('Hi, q~', -3, 1)
fb.text('\x1f\xe9', 20, 12, 1)
show(fb, 40, 24)
fb.scroll(5, -2)
fb.scroll(-60, 0)
show(fb, 40, 12)
image = framebuf.FrameBuffer(bytearray(b'\x81\x7e'), 8, 2, framebuf.MONO_HLSB)
palette = (bytes([5, 9]), 2, 1, framebuf.GS8)
fb.fill(0)
fb.blit(image, 2, 1, -1, palette)
fb.blit(image, 36, 22, 0)
fb.blit((b'\x01\x00\x02', 2, 1, framebuf.GS8, 3), 0, 4, 0)
fb.blit(image, 90, 90)
print(memory[40:52], memory[80:92], memory[160:163], memory[-40:-36], memory[-4:])
print(bytes(framebuf.FrameBuffer(bytearray(b'ab'), 2, 1, framebuf.GS8)), framebuf.MVLSB == framebuf.MONO_VLSB)
mono = framebuf.FrameBuffer1(bytearray(8), 8, 8)
mono.pixel(1, 9, 1)
mono.pixel(1, 1, 1)
print(bytearray(mono))


class Screen(framebuf.FrameBuffer):
    def __init__(self):
        self.memory = bytearray(4)
        super().__init__(self.memory, 4, 1, framebuf.GS8)


screen = Screen()
screen.fill(7)
print(screen.memory)
for args in ((bytearray(1), 8, 8, 6), (bytearray(9), 0, 1, 6), (bytearray(9), 3, 3, 7), (bytearray(9), 3, 3, 6, 2), (b'abc', 3, 1, 6),
             (5, 1, 1, 6)):
    try:
        framebuf.FrameBuffer(*args)
        print('fine')
    except (ValueError, TypeError) as e:
        print(type(e).__name__)
