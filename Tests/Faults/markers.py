"""Looks for words on a disk, in every encoding in which they could lie there."""

import base64
import pathlib
import urllib.parse

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


def disguises(text: str) -> dict[str, bytes]:
    """The text as bytes, by the name of the disguise."""
    found = {}
    for encoding in ENCODINGS:
        plain = text.encode(encoding)
        found |= {f"{encoding}{name}": disguise for name, disguise in _of_bytes(plain).items()}
        found[f"{encoding}, percent"] = "".join(f"%{byte:02X}" for byte in plain).encode()
        found[f"{encoding}, percent, lower"] = "".join(f"%{byte:02x}" for byte in plain).encode()
    found["percent where needed"] = urllib.parse.quote(text).encode()
    units = [int.from_bytes(text.encode("utf-16-be")[at:at + 2], "big") for at in range(0, 2 * len(text), 2)]
    found["JSON"] = "".join(f"\\u{unit:04x}" for unit in units).encode()
    found["JSON, upper"] = "".join(f"\\u{unit:04X}" for unit in units).encode()
    found["HTML"] = "".join(f"&#{ord(letter)};" for letter in text).encode()
    found["HTML, hex"] = "".join(f"&#x{ord(letter):x};" for letter in text).encode()
    found["HTML, hex, upper"] = "".join(f"&#x{ord(letter):X};" for letter in text).encode()
    return found


def of_content(content: bytes) -> dict[str, bytes]:
    return {f"bytes{name}": disguise for name, disguise in _of_bytes(content).items()}


def _of_bytes(plain: bytes) -> dict[str, bytes]:
    found = {"": plain, ", hex": plain.hex().encode(), ", hex, upper": plain.hex().upper().encode()}
    for skipped in range(3):
        # Only whole groups of three: what stands before and after changes the letters at the edges.
        inner = plain[-skipped % 3:]
        inner = inner[:len(inner) // 3 * 3]
        code = base64.b64encode(inner)
        found[f", base64 {skipped}"] = code
        found[f", base64url {skipped}"] = code.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def search(places: list[pathlib.Path], wanted: dict[str, bytes]) -> list[str]:
    """Where something was found: place and disguise."""
    assert all(len(disguise) >= 6 for disguise in wanted.values()), "too short to mean anything"
    found = []
    for place in places:
        files = [place] if place.is_file() else sorted(path for path in place.rglob("*") if path.is_file())
        for path in files:
            content = path.read_bytes()
            found += [f"{name} in {path}" for name, disguise in wanted.items() if disguise in content]
            found += [f"{name} in the name of {path}" for name, disguise in wanted.items()
                      if disguise in str(path).encode()]
    return found
