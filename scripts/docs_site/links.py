"""Follow every link of a site that lies on disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

_FETCHED = {
    "script": "src",
    "img": "src",
    "link": "href",
    "iframe": "src",
    "source": "src",
    "use": "href",
    "object": "data",
}
"""Elements whose address a browser fetches by itself."""


def faults_of(site: Path) -> list[str]:
    """What is wrong with the links of a site, one line each.

    A link within the site leads to a file that is there and to an anchor that the page has. What a browser fetches by itself, from a page or a
    style sheet, is on the site: it opens from disk and without a network.

    Parameters
    ----------
    site : Path
        The folder of the site.
    """
    return [fault for page in sorted(site.rglob("*")) for fault in _faults(page, site)]


def _faults(page: Path, site: Path) -> Iterator[str]:
    name = page.relative_to(site)
    if page.suffix == ".css":
        for address in re.findall(
            r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')\s]+)", page.read_text(encoding="utf-8")
        ):
            yield f"{name}: fetches {address}"
    if page.suffix != ".html":
        return
    for tag, attribute, address in _addresses(page):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if parts.scheme != "data" and _FETCHED.get(tag) == attribute:
                yield f"{name}: fetches {address}"
            continue
        to = (page.parent / unquote(parts.path)).resolve() if parts.path else page
        if not to.is_file() or not to.is_relative_to(site.resolve()):
            yield f"{name}: a link to {address}, which is not there"
        elif parts.fragment and to.suffix == ".html" and unquote(parts.fragment) not in _anchors(to):
            yield f"{name}: a link to {address}, a page without this anchor"


@cache
def _tree(page: Path) -> LexborHTMLParser:
    return LexborHTMLParser(page.read_text(encoding="utf-8"))


@cache
def _anchors(page: Path) -> set[str]:
    return {str(node.attributes["id"]) for node in _tree(page).css("[id]")}


def _addresses(page: Path) -> Iterator[tuple[str, str, str]]:
    for node in _tree(page).css("[href], [src], object[data]"):
        for attribute in ("href", "src", "data"):
            if (address := node.attributes.get(attribute)) and not (address == "#" and node.tag == "a"):
                yield str(node.tag), attribute, address
