"""A demonstration court for a test: the built server, a fresh data folder, a free port; gone afterwards."""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
OUT = ROOT / "out"


def binary() -> pathlib.Path:
    """The server as built by scripts/build.sh; XIEZHI_BINARY names another."""
    path = pathlib.Path(os.environ.get("XIEZHI_BINARY", ROOT / ".build" / "debug" / "xiezhi"))
    if not path.exists():
        raise RuntimeError(f"{path} is not built: scripts/build.sh")
    return path


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def routes() -> list[dict]:
    """Every route the server has: method, template, face, kind, access."""
    answer = subprocess.run([binary(), "routes", "--json"], capture_output=True, text=True, timeout=60, check=True)
    return json.loads(answer.stdout)


class Court:
    """Started on entering, stopped on leaving; what it logged stays in out/tests/<name>.log."""

    def __init__(self, name: str = "court", *arguments: str):
        self.name = name
        self.arguments = arguments
        self.data = pathlib.Path(tempfile.mkdtemp(prefix="xiezhi-browser-"))
        self.port = free_port()
        self.origin = f"http://127.0.0.1:{self.port}"
        self.log = OUT / "tests" / f"{name}.log"
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Court":
        self.start()
        return self

    def __exit__(self, failed, *_) -> None:
        # What failed comes first; browsers may still hold their lines open then.
        if failed:
            self.kill()
        self.stop()
        shutil.rmtree(self.data, ignore_errors=True)

    def start(self, seconds: float = 120) -> None:
        """Starts the court and waits until it answers; on the same data folder after a stop or a kill."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binary(), "demo", "--data", self.data, "--port", str(self.port), *self.arguments],
                stdout=log, stderr=log, stdin=subprocess.DEVNULL,
            )
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the court ended with {self.process.returncode}: {self.last_words()}")
            try:
                with urllib.request.urlopen(self.origin + "/", timeout=5):
                    return
            except urllib.error.HTTPError as answer:
                if answer.code < 500:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        self.stop()
        raise RuntimeError(f"the court did not answer within {seconds} s: {self.last_words()}")

    def stop(self) -> None:
        """As an administrator would stop it; it has ten seconds to end in good order."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()
            raise RuntimeError("the court did not stop within 10 s of being asked") from None

    def kill(self) -> None:
        """As a power cut would end it, in the middle of whatever it does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
