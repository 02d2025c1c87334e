"""Turns what powercut.c kept into the disk after a power cut."""

import os
import pathlib
import random
import shutil
import subprocess

BLOCK = 4096
SOURCE = pathlib.Path(__file__).with_name("powercut.c")


def build(folder: pathlib.Path) -> pathlib.Path:
    library = folder / "powercut.so"
    subprocess.run(
        ["cc", "-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-Wno-format-truncation", "-o", library,
         SOURCE, "-ldl", "-pthread"], check=True)
    return library


class Image:
    """What the disk under `data` holds for certain, kept while a server runs with `environment`."""

    def __init__(self, library: pathlib.Path, data: pathlib.Path, folder: pathlib.Path):
        self.library, self.data, self.folder = library, data, folder

    def environment(self, *, lie: str = "", synchronous: str | None = None) -> dict[str, str]:
        """For a server about to start: the image begins as the folder is now.

        `synchronous` is what SQLite is told instead of FULL; `lie` says which syncs succeed and keep nothing, `all` or
        those of `names`.
        """
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        return {
            "LD_PRELOAD": str(self.library), "POWERCUT_DATA": str(self.data), "POWERCUT_IMAGE": str(self.folder),
            "POWERCUT_LIE": lie, "POWERCUT_SYNCHRONOUS": synchronous or "",
        }

    @property
    def was_switched(self) -> bool:
        return (self.folder / "switched").exists()

    def cut(self, torn: random.Random | None = None) -> None:
        """Makes the data folder what the disk holds; the server is dead.

        With `torn`, each block that was written and not synced is on the disk all the same by the toss of a coin: a
        disk may do more than it was asked, in any order.
        """
        live = {}
        for line in (self.folder / "inodes").read_text().splitlines():
            inode, name = line.split()
            live[int(inode)] = name
        unsynced = {}
        if torn:
            for path in self.data.rglob("*"):
                status = path.lstat()
                name = live.get(status.st_ino)
                if path.is_file() and name and not path.name.endswith("-shm"):
                    unsynced[name] = path
        after = self.data.with_name(self.data.name + ".after")
        self._lay(after, (self.folder / "root").read_text(), {}, unsynced, torn)
        shutil.rmtree(self.data)
        after.rename(self.data)

    def _lay(self, place, folder, laid, unsynced, torn) -> None:
        place.mkdir(mode=0o700)
        entries = self.folder / "entries" / folder
        if not entries.exists():
            return
        for line in entries.read_bytes().split(b"\0")[:-1]:
            kind, name, text = line.decode().split(" ", 2)
            target = place / text
            if kind == "d":
                self._lay(target, name, laid, unsynced, torn)
            elif name in laid:
                # Two names of one file stay that.
                os.link(laid[name], target)
            else:
                content = self.folder / "content" / name
                target.write_bytes(content.read_bytes() if content.exists() else b"")
                target.chmod(0o600)
                if torn and name in unsynced:
                    _tear(target, unsynced[name], torn)
                laid[name] = target


def _tear(target: pathlib.Path, live: pathlib.Path, torn: random.Random) -> None:
    kept, written = target.read_bytes(), live.read_bytes()
    length = torn.choice((len(kept), len(written)))
    result = bytearray(kept[:length].ljust(length, b"\0"))
    for at in range(0, length, BLOCK):
        block = written[at:min(at + BLOCK, length)]
        if block != kept[at:at + len(block)] and torn.random() < 0.5:
            result[at:at + len(block)] = block
    target.write_bytes(result)
