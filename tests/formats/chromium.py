"""A real Chromium, spoken to over a pipe in its own protocol (Chrome DevTools), without any other program.

https://chromedevtools.github.io/devtools-protocol/: JSON objects with a NUL after each, in at descriptor 3, out at 4.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage",
    "--remote-debugging-pipe",
)  # fmt: skip
"""The sandbox needs what containers do not give; it is our own page that is opened."""


def found() -> str | None:
    """The path of a Chromium on this machine, if there is one that sees our files: one in a snap has its own /tmp."""
    paths = filter(None, map(shutil.which, NAMES))
    return None if Path("/snap/bin/chromium").exists() else next(paths, None)


class Chromium:
    """A page in a browser of its own."""

    def __init__(self, program: str, folder: Path) -> None:
        inside, self._to = os.pipe()
        self._from, outside = os.pipe()
        script = f'exec "$0" "$@" 3<&{inside} 4>&{outside}'
        self._process = subprocess.Popen(
            ["bash", "-c", script, program, *FLAGS, f"--user-data-dir={folder}", "about:blank"],
            pass_fds=(inside, outside),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        os.close(inside)
        os.close(outside)
        self._number = 0
        self._rest = b""
        self._session: dict[str, str] = {}
        self.events: list[tuple[str, dict[str, Any]]] = []
        """All that the page has told: the method and what it said."""
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._session = {"sessionId": session}
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.ask(f"{domain}.enable")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, at: TracebackType | None
    ) -> None:
        os.close(self._to)
        os.close(self._from)
        # With all that it has started.
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def ask(self, method: str, **values: Any) -> dict[str, Any]:
        """What the browser answers."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": values, **self._session}
        os.write(self._to, json.dumps(message).encode() + b"\0")
        while True:
            told = self._told()
            if told.get("id") == self._number:
                assert "error" not in told, f"{method}: {told['error']}"
                result: dict[str, Any] = told["result"]
                return result

    def open(self, page: Path) -> None:
        """Goes to a page and waits until it is there."""
        self.ask("Page.navigate", url=page.as_uri())
        while not any(method == "Page.loadEventFired" for method, _ in self.events):
            self._told()

    def value(self, script: str) -> Any:
        """What a piece of JavaScript comes to in the page."""
        result = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in result, result["exceptionDetails"]
        return result["result"].get("value")

    def _told(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            some = os.read(self._from, 1 << 16)
            assert some, "Chromium has ended"
            self._rest += some
        line, _, self._rest = self._rest.partition(b"\0")
        told: dict[str, Any] = json.loads(line)
        if "method" in told:
            self.events.append((told["method"], told["params"]))
        return told


@contextmanager
def chromium(folder: Path) -> Iterator[Chromium]:
    """A browser that is gone afterwards; where there is none, the test that needs it fails and says so."""
    program = found()
    assert program is not None, (
        "No Chromium is on this machine, and this test opens a page in one: `apt-get install chromium` (or a browser"
        " called google-chrome) brings it."
    )
    with Chromium(program, folder) as browser:
        yield browser
