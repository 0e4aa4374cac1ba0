"""The page of a review in a real browser: nothing is asked of the network, and it is read in the dark and on paper."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.formats.chromium import Chromium, chromium
from tests.formats.hard_reviews import adjudication, feedback, written

pytestmark = pytest.mark.chromium

CONTRASTS = """
(() => {
  const shade = colour => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map(each => each / 255)
      .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = shade(getComputedStyle(document.documentElement).backgroundColor);
  const against = colour => {
    const other = shade(colour);
    return (Math.max(paper, other) + 0.05) / (Math.min(paper, other) + 0.05);
  };
  const found = [];
  for (const each of document.querySelectorAll('body *')) {
    const style = getComputedStyle(each);
    const words = [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    if (words || each.matches('.n')) found.push(['words', each.className || each.tagName, against(style.color)]);
    if (each.matches('[class*="u1"]')) found.push(['line', each.className, against(style.borderBottomColor)]);
    if (each.matches('[class*="o1"]')) found.push(['line', each.className, against(style.borderTopColor)]);
  }
  return found;
})()
"""
"""How much every text and line stands out from the paper (WCAG 2.2, contrast ratio of relative luminances)."""

TEXT = """
[...document.querySelectorAll('.text')].map(each => {
  const copy = each.cloneNode(true);
  copy.querySelectorAll('aside').forEach(note => note.remove());
  return copy.textContent;
})
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chromium]:
    """The page of the hard values, opened."""
    folder = tmp_path_factory.mktemp("chromium")
    page = folder / "review.html"
    page.write_bytes(written(adjudication(), "html"))
    with chromium(folder / "profile") as browser:
        browser.open(page)
        yield browser


def told(browser: Chromium, method: str) -> list[dict[str, Any]]:
    return [values for name, values in browser.events if name == method]


def test_the_browser_complains_of_nothing_and_asks_nothing_of_the_network(browser: Chromium) -> None:
    assert told(browser, "Log.entryAdded") == []
    assert told(browser, "Runtime.consoleAPICalled") == []
    assert told(browser, "Runtime.exceptionThrown") == []
    asked = [values["request"]["url"] for values in told(browser, "Network.requestWillBeSent")]
    assert [url.rpartition("/")[2] for url in asked] == ["review.html"]


def test_what_is_read_there_are_the_articles(browser: Chromium) -> None:
    assert browser.value(TEXT) == [article.text for article in adjudication().articles]
    assert browser.value("document.title") == "Review of 2 articles"
    assert browser.value("getComputedStyle(document.querySelector('.u1')).borderBottomStyle") == "solid"
    assert browser.value("getComputedStyle(document.querySelectorAll('.text p')[2]).direction") == "rtl"


@pytest.mark.parametrize("medium, scheme", [("screen", "light"), ("screen", "dark"), ("print", "dark")])
def test_everything_stands_out_from_the_paper(browser: Chromium, medium: str, scheme: str) -> None:
    features = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.ask("Emulation.setEmulatedMedia", media=medium, features=features)
    paper = browser.value("getComputedStyle(document.documentElement).backgroundColor")
    assert paper == {"light": "rgb(253, 252, 249)", "dark": "rgb(22, 24, 28)"}[scheme] or medium == "print"
    found = browser.value(CONTRASTS)
    assert len(found) > 100
    browser.ask("Emulation.setEmulatedMedia", media="", features=[])
    assert [each for each in found if each[2] < (4.5 if each[0] == "words" else 3)] == []


@pytest.mark.parametrize("width", [320, 800, 1400])
def test_nothing_is_wider_than_the_window(browser: Chromium, width: int) -> None:
    browser.ask("Emulation.setDeviceMetricsOverride", width=width, height=800, deviceScaleFactor=1, mobile=False)
    assert browser.value("document.documentElement.scrollWidth") <= width


def test_a_number_leads_to_its_entry_and_back(browser: Chromium) -> None:
    for number in range(1, 10):
        browser.value(f"document.querySelector('#t1-{number}').click()")
        assert browser.value("document.querySelector(':target').id") == f"d1-{number}"
        browser.value("document.querySelector(':target .no').click()")
        assert browser.value("document.querySelector(':target').id") == f"t1-{number}"


def test_it_can_be_printed(browser: Chromium) -> None:
    sheet = base64.b64decode(browser.ask("Page.printToPDF")["data"])
    assert sheet.startswith(b"%PDF-")
    assert len(sheet) > 10_000


def test_a_policy_that_is_broken_would_be_told(browser: Chromium, tmp_path: Path) -> None:
    """So that the silence of the first test says something."""
    page = tmp_path / "broken.html"
    page.write_bytes(written(feedback(), "html").replace(b"<main>", b"<main style='color: red'>", 1))
    with chromium(tmp_path / "profile") as other:
        other.open(page)
        assert "Content Security Policy" in told(other, "Log.entryAdded")[0]["entry"]["text"]
