"""What people upload: a photograph, a screenshot, a film. Made here, since a repository should carry no pictures of nobody."""

import pathlib
import random
import struct
import zlib

MEGABYTE = 1_000_000


def picture(width: int = 320, height: int = 240) -> bytes:
    """A photograph's worth of grey, as a PNG."""
    rows = b"".join(b"\0" + bytes(x * 255 // (width - 1) for x in range(width)) for _ in range(height))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def film(path: pathlib.Path, megabytes: int) -> pathlib.Path:
    """A file that starts as an MP4 does and goes on with noise, which nothing on the way can make smaller."""
    noise = random.Random(7)
    left = megabytes * MEGABYTE
    with path.open("wb") as file:
        kind = b"ftypisom\0\0\2\0isomiso2mp41"
        file.write(struct.pack(">I", len(kind) + 4) + kind)
        file.write(struct.pack(">I", 1) + b"mdat" + struct.pack(">Q", 16 + left))
        while left > 0:
            file.write(noise.randbytes(min(left, MEGABYTE)))
            left -= MEGABYTE
    return path
