"""A PostgreSQL of one's own, made by scripts/postgres.sh, that can be stopped like a machine that loses its current."""

import os
import pathlib
import pwd
import subprocess
import time
import urllib.parse

from server import ROOT


class Postgres:
    def __init__(self, folder: pathlib.Path):
        self.folder = folder
        # It runs as a user of its own, who must be able to walk there.
        for part in (folder, *folder.parents):
            if part.stat().st_uid == os.getuid() and str(part).startswith(("/tmp/", "/dev/shm/", "/var/tmp/")):
                part.chmod(part.stat().st_mode | 0o055)

    def __enter__(self) -> "Postgres":
        answer = subprocess.run(
            [ROOT / "scripts/postgres.sh", "start", self.folder], capture_output=True, text=True, check=True)
        self.url = answer.stdout.strip()
        self.port = urllib.parse.urlsplit(self.url).port
        return self

    def __exit__(self, *_) -> None:
        subprocess.run([ROOT / "scripts/postgres.sh", "stop", self.folder], check=False)

    def stop_at_once(self) -> None:
        """No checkpoint, no word to anyone: the next start recovers from the log."""
        self._control("-m", "immediate", "stop")

    def start(self) -> None:
        """On the address it had."""
        settings = ("listen_addresses=127.0.0.1", f"port={self.port}", "unix_socket_directories=", "max_connections=400")
        options = " ".join(f"-c {setting}" for setting in settings)
        self._control("-w", "-l", "log", "-o", options, "start")

    def _control(self, *words: str) -> None:
        inner = self.folder / "postgres"
        tool = os.environ.get("POSTGRES_BIN", "/usr/lib/postgresql/15/bin") + "/pg_ctl"
        command = [tool, "-D", "data", *words]
        if os.getuid() == 0:
            owner = pwd.getpwnam(os.environ.get("POSTGRES_USER", "postgres"))
            command = [
                "setpriv", f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups", "env",
                f"HOME={inner}", *command]
        for _ in range(3):
            # Standard output of a started server would stay open, and with it our pipe.
            if subprocess.run(command, cwd=inner, stdout=subprocess.DEVNULL, check=False).returncode == 0:
                return
            time.sleep(0.5)
        raise AssertionError(f"pg_ctl {words[-1]}: {(inner / 'log').read_text(errors='replace')[-1000:]}")
