"""A page in a browser that is watched: what it asks the network for, and what it complains of."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
ATTACK = "</script><img src=x onerror=window.run=1><script>window.run=1</script><svg onload=window.run=1>"
VIEWS = ("overview", "report", "kwic", "areas", "peers", "themes", "topics", "targets", "compare")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser of the machine, or a skip that says what is missing."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine: install the package chromium to test the page")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Watched:
    """A page of one file, opened from disk."""

    page: Page
    file: Path
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def go(self, address: str = "#/") -> Page:
        """Show a view, as an address inside the page names it, and wait for it."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + address)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the view stands."""
        self.page.wait_for_selector("main:not([aria-busy]) h1")

    def follow(self, selector: str) -> None:
        """Press a link and wait for the view that it leads to."""
        with self.step():
            self.page.locator(selector).first.click()

    @contextmanager
    def step(self) -> Iterator[None]:
        """Do what leads to another view, and wait for it."""
        before = self.page.url
        yield
        # The address changes before the page is told of it.
        self.page.wait_for_function("before => location.href !== before && window.toldOf === location.href", arg=before)
        self.settle()

    def saved(self, caption: str) -> list[dict[str, str]]:
        """The table of that caption as its CSV has it, without the units that its head names."""
        table = self.page.locator("div.table").filter(has=self.page.locator("caption", has_text=caption)).first
        with self.page.expect_download() as download:
            table.get_by_role("button", name="CSV").click()
        text = Path(download.value.path()).read_text(encoding="utf-8-sig")
        rows = csv.DictReader(io.StringIO(text))
        return [{name.split(" [")[0]: value for name, value in row.items()} for row in rows]


@contextmanager
def watched(browser: Browser, file: Path, *, beside: bool = False, **options: Any) -> Iterator[Watched]:
    """A page in a context of its own; fails when it complained, or asked for anything but, `beside`, files in its folder of reports."""
    context = browser.new_context(**{"locale": "en-GB", "viewport": {"width": 1280, "height": 900}} | options)
    context.add_init_script("addEventListener('hashchange', () => (window.toldOf = location.href))")
    page = context.new_page()
    seen = Watched(page, file)
    page.on("console", lambda message: seen.complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    # A request to anywhere but the file itself; blobs are what the page hands to the person.
    context.on("request", lambda request: seen.requests.append(request.url))
    yield seen
    context.close()
    assert not seen.complaints
    own = (seen.file.as_uri(), "about:blank", "blob:", *([f"{seen.file.parent.as_uri()}/reports/"] if beside else []))
    assert not [url for url in seen.requests if not url.startswith(own)]
