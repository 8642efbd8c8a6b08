"""Feeds in their three forms, and what is refused as one."""

from datetime import date

import pytest

from vacatur.news.feeds import read_feed
from vacatur.news.page import PageError

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>News</title><item><title>ZTE &amp; friends</title><link>https://example.com/zte</link><guid>g1</guid>
<pubDate>Fri, 13 Jul 2018 12:00:00 +0000</pubDate><description>short</description>
<content:encoded><![CDATA[<p>The denial order was lifted.</p><script>x</script>]]></content:encoded></item>
<item></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Xiaomi</title><id>urn:1</id>
<link rel="self" href="https://example.com/self"/><link href="https://example.com/xiaomi"/>
<published>2021-03-12T18:00:00Z</published><summary>Enjoined.</summary></entry></feed>"""


def test_rss_prefers_the_whole_text() -> None:
    (item,) = read_feed(RSS)
    assert (item.id, item.link, item.article.title) == ("g1", "https://example.com/zte", "ZTE & friends")
    assert item.article.text == "The denial order was lifted."
    assert item.article.published is not None
    assert item.article.published.first == date(2018, 7, 13)


def test_atom_takes_the_alternate_link() -> None:
    (item,) = read_feed(ATOM.encode())
    assert (item.id, item.link, item.article.text) == ("urn:1", "https://example.com/xiaomi", "Enjoined.")


@pytest.mark.parametrize(
    "feed",
    ["<rss><channel>", "no feed", '<!DOCTYPE x [<!ENTITY a "b">]><rss></rss>', ""],
    ids=["cut off", "text", "entities", "empty"],
)
def test_what_is_no_feed_is_refused(feed: str) -> None:
    with pytest.raises(PageError, match="feed"):
        read_feed(feed)
