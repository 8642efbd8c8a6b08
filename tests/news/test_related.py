"""Articles that belong together, and articles that are nearly the same."""

from vacatur.news.related import Filed, near_duplicates, related

XIAOMI = "A federal judge blocked the Pentagon from enforcing its listing of the phone maker Xiaomi, papers show. " * 3
ZTE = "The Commerce Department lifted the denial order against ZTE after the company put money into escrow. " * 3
COOKING = "Slice the onions, melt the butter and let the soup simmer for an hour before serving with bread. " * 3


def filed(id: str, text: str, *parties: str) -> Filed:
    return Filed(id, id, text, frozenset(parties))


def test_shared_parties_and_words_rank_first() -> None:
    others = [filed("zte", ZTE, "zte"), filed("soup", COOKING), filed("xiaomi-2", XIAOMI[:150], "xiaomi")]
    found = related(filed("xiaomi", XIAOMI, "xiaomi"), others)
    assert found[0].id == "xiaomi-2"
    assert all(item.score > 0 for item in found)


def test_an_article_is_not_related_to_itself() -> None:
    one = filed("a", XIAOMI)
    assert related(one, [one]) == []


def test_words_of_a_query_language_are_plain_words() -> None:
    assert related(filed("a", 'NEAR("x" AND) OR NOT * Pentagon'), [filed("b", XIAOMI)])[0].id == "b"


def test_near_duplicates() -> None:
    pairs = near_duplicates([filed("a", XIAOMI), filed("b", XIAOMI + " (Updates with shares.)"), filed("c", COOKING)])
    assert [(left, right) for left, right, _ in pairs] == [("a", "b")]
