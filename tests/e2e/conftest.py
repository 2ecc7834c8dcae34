"""A real server with a home of its own, and a real browser."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

START = "from holdspace.cli import app; app()"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
UP_WITHIN_S = 60

TALK = """T: You said the evenings are the longest part.
C: They are. I put the keys down and it's just the fridge humming. I miss her so much.
T: How are the nights?
C: I can't sleep. I lie awake every single night and I'm exhausted all day long.
T: And the work thing?
C: She's letting me finish early! I was so relieved. I'm really grateful to her, I nearly hugged her.
T: Something in your face changed just then.
C: Did it? I suppose I'm a bit proud of myself.
T: What was it like, asking?
C: Terrifying. My hands were shaking and I was so scared she would say no.
T: And now?
C: I feel happy about Fridays. I'm angry that I waited so long, though.
T: What will you do with the first one?
C: I'm going to call my sister. I love talking to her.
"""


@dataclass
class Server:
    """Holdspace running in a process of its own."""

    home: Path
    port: int
    password: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    def start(self) -> None:
        environment = {**os.environ, "HOLDSPACE_HOME": str(self.home)}
        environment.pop("DJANGO_SETTINGS_MODULE", None)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, "serve", "--demo", "--port", str(self.port)],
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        until = time.monotonic() + UP_WITHIN_S
        while not self._answers():
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            assert time.monotonic() < until, self.log.read_text(encoding="utf-8")
            time.sleep(0.1)
        said = re.findall(r"with the password {2}(\S+)", self.log.read_text(encoding="utf-8"))
        self.password = said[-1]

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/signin/", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def stop(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=40)

    def kill(self) -> None:
        """Kill server and worker at once, as a power cut would."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        workers = [int(pid) for pid in children.read_text(encoding="utf-8").split()]
        self.process.kill()
        self.process.wait()
        for pid in workers:
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(home=tmp_path_factory.mktemp("home"), port=free_port())
    running.start()
    yield running
    running.stop()


@pytest.fixture
def new_server(tmp_path: Path) -> Iterator[Callable[[], Server]]:
    """Return a function that starts another server with a home of its own."""
    started: list[Server] = []

    def start() -> Server:
        started.append(Server(home=tmp_path / "home", port=free_port()))
        started[-1].home.mkdir()
        started[-1].start()
        return started[-1]

    yield start
    for running in started:
        if running.process is not None and running.process.poll() is None:
            running.kill()


@pytest.fixture
def talk() -> str:
    return TALK


# A module at a time: while Playwright runs, Django refuses the database to other tests in this thread.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def sign_in(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Return a function that opens a signed-in page; whatever the page logs as an error fails the test."""
    contexts: list[BrowserContext] = []
    faults: list[str] = []

    def open_page(at: Server = server, *, width: int = 1280, height: int = 900, **options: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.goto(at.url)
        page.get_by_label("Name").fill("demo")
        page.get_by_label("Password").fill(at.password)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("heading", name="Your clients").wait_for()
        return page

    yield open_page
    for context in contexts:
        context.close()
    # A 422 is how the server answers a file that cannot be read; Chromium logs it as an error of its own.
    assert [fault for fault in faults if "422" not in fault] == []


@pytest.fixture
def upload() -> Callable[..., None]:
    """Return a function that brings a pasted transcript to its session page, read."""

    def go(page: Page, text: str = TALK, *, name: str = "Ada Example", wait: bool = True) -> None:
        page.goto(urljoin(page.url, "/clients/new/"))
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_role("button", name="Add").click()
        page.get_by_label("Or paste the transcript").fill(text)
        page.get_by_role("button", name="Upload").click()
        page.get_by_role("heading", name="Who is who?").wait_for()
        page.get_by_role("button", name="Read this session").click()
        page.wait_for_url(re.compile(r"/sessions/\d+/$"))
        if wait:
            page.locator("#toolbar").wait_for(timeout=60_000)
            page.wait_for_load_state()  # the notes follow the toolbar

    return go
