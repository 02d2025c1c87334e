"""The real server as a process: started, asked, killed."""

import json
import os
import pathlib
import signal
import subprocess
import time
import urllib.error
import urllib.request

from court import ROOT, binary, free_port

LOGS = ROOT / "out" / "tests"


class Server:
    """One court's server on one data folder. The address stays the same over all starts."""

    def __init__(self, data: pathlib.Path, log: pathlib.Path, database: str | None = None):
        self.data, self.log, self.database = data, log, database
        self.port = free_port()
        self.process: subprocess.Popen | None = None

    @property
    def place(self) -> list[str]:
        return ["--data", str(self.data), *(["--database", self.database] if self.database else [])]

    def start(self, command: str = "serve", environment: dict[str, str] | None = None, seconds: float = 400) -> float:
        """Starts it and waits until it answers; the seconds that took."""
        began = time.monotonic()
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binary(), command, *self.place, "--port", str(self.port)], stdout=log, stderr=log,
                stdin=subprocess.DEVNULL, env={**os.environ, "SWIFT_BACKTRACE": "enable=no", **(environment or {})})
        while time.monotonic() < began + seconds:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended with {self.process.returncode}: {self.last_words()}")
            if self.status("/") == 200:
                return time.monotonic() - began
            time.sleep(0.02)
        self.kill()
        raise AssertionError(f"the server did not answer within {seconds} s: {self.last_words()}")

    def status(self, path: str) -> int | None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status
        except urllib.error.HTTPError as answer:
            return answer.code
        except OSError:
            return None

    @property
    def runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        if self.runs:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
                raise AssertionError("the server did not stop within 20 s of being asked") from None

    def kill(self) -> None:
        if self.runs:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def run(self, *command: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [binary(), *command, *self.place], capture_output=True, text=True, timeout=600, check=False)

    def audit(self) -> dict:
        answer = self.run("audit", "--json")
        assert answer.returncode in (0, 1) and answer.stdout.strip().startswith("{"), answer.stdout + answer.stderr
        return json.loads(answer.stdout)

    def faults(self) -> list[str]:
        """What the log calls an error."""
        log = self.log.read_text(errors="replace") if self.log.exists() else ""
        return [line for line in log.splitlines() if '"level":"error"' in line][-5:]

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-3000:] if self.log.exists() else ""
