"""Random lists and queries of words that meet in every way that the scorer knows."""

from hypothesis import strategies as st

from vacatur.matching.model import IndexedName, IndexedParty, Query

WORDS = """
    huawei khuavey hua wei xiaomi xiao mi mohammed muhammad mohamed ali aly khan kahn bank banks mellat melat group
    trading co ltd llc ooo sa al bin abu j p m seven 7 vii v x new york china smic petr pyotr aven smith smyth jon john
    johnny joint stock company of the and technologies tech otaibi asiri ab abc abcd abdul abd 12 one twenty two sheikh
    dr ibn omar umar tehran north northern iran zed zeda rosneft rosnef lada as kim se un 小米 华为 习 近平 Хуавэй علي
""".split()
"""No word is so long that three edits could count: such are found only where other words lead to the name."""

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
versions = st.builds(
    IndexedName,
    names,
    st.sampled_from(["name", "alias", "weakAlias"]),
    known_from=st.sampled_from([-(2**62), 1_000, 2_000]),
    recorded=st.sampled_from([0, 5]),
    retracted=st.sampled_from([None, 7]),
)
identifiers = st.sampled_from([("isin", "US 123"), ("isin", "us-124"), ("leiCode", "X9"), ("taxNumber", "US123")])
parties = st.lists(
    st.builds(
        IndexedParty,
        st.uuids().map(str),
        st.sampled_from(["Person", "Company", "LegalEntity", "Vessel"]),
        st.lists(versions, min_size=1, max_size=3).map(tuple),
        st.sampled_from([(), ("cn",), ("ir", "ru")]),
        st.sampled_from([(), ("1980",), ("1980-05-01", "1981-02")]),
        st.sampled_from([(), ("male",)]),
        st.lists(identifiers, max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda party: party.id,
)
queries = st.builds(
    Query,
    names | st.just(""),
    st.sampled_from([None, "Person", "Company", "Vessel", "Thing"]),
    st.sampled_from([(), ("cn",), ("us", "ru")]),
    st.sampled_from([None, "1980-05", "1981", "1990-01-01"]),
    st.sampled_from([None, "male", "female"]),
    st.lists(identifiers | st.just(("", "us123")), max_size=1).map(tuple),
    known=st.sampled_from([0, 1_500, 2**62]),
    recorded=st.sampled_from([2, 6, 9]),
)
