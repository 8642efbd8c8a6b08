"""Kinds of words: legal forms of many countries, titles, words that tell nothing, numbers."""

SAME_FORM = {
    "§llc": (
        "llc", "l l c", "limited liability company", "ooo", "obshchestvo s ogranichennoi otvetstvennostyu",
        "obshchestvo s ogranichennoy otvetstvennostyu", "gmbh", "gesellschaft mit beschrankter haftung", "sarl",
        "srl", "s r l", "s de rl de cv", "s de rl", "sp z o o", "spolka z ograniczona odpowiedzialnoscia", "too",
        "mchj", "doo", "d o o", "bv", "besloten vennootschap", "bvba", "sprl", "kft", "sro", "s r o", "eood", "ood",
        "uab", "sia", "ou", "limited liability partnership", "llp", "tov", "lda", "ltda", "limitada", "fzc", "fzco",
        "fze", "fz llc", "wll",
    ),
    "§ltd": (
        "ltd", "limited", "co ltd", "company limited", "co limited", "company ltd", "pte ltd", "pte limited",
        "pty ltd", "pvt ltd", "private limited", "pvt limited", "sdn bhd", "you xian gong si",
        "you xian ze ren gong si", "gu fen you xian gong si", "kabushiki kaisha", "kk", "k k", "godo kaisha",
        "yugen kaisha", "ju sik hoe sa", "pte", "pty", "pvt", "private",
    ),
    "§corp": (
        "corp", "corporation", "inc", "incorporated", "gong si", "company", "co", "cie", "compagnie", "compania",
    ),
    "§jsc": (
        "jsc", "joint stock company", "ojsc", "open joint stock company", "oao",
        "otkrytoe aktsionernoe obshchestvo", "cjsc", "closed joint stock company", "zao",
        "zakrytoe aktsionernoe obshchestvo", "pjsc", "pao", "public joint stock company",
        "publichnoe aktsionernoe obshchestvo", "aktsionernoe obshchestvo", "ao", "ag", "aktiengesellschaft", "sa",
        "s a", "societe anonyme", "sociedad anonima", "sociedade anonima", "sa de cv", "spa", "s p a",
        "societa per azioni", "nv", "naamloze vennootschap", "plc", "public limited company", "as",
        "anonim sirketi", "asa", "ab", "aktiebolag", "oyj", "oy", "tbk", "pt", "tov", "pat", "prat", "pjs", "psc",
        "pjsco", "sas", "kgaa", "se", "bhd", "berhad",
    ),
}  # fmt: skip
"""Legal forms as their words, by the form that they count as."""

FORMS: dict[tuple[str, ...], str] = {
    tuple(spelling.split()): form for form, spellings in SAME_FORM.items() for spelling in spellings
}
LONGEST_FORM = max(len(spelling) for spelling in FORMS)

TITLES = frozenset(
    """
    mr mrs ms miss dr prof sir dame lord sheikh shaykh shaikh haji hajji hajj mullah maulavi mawlawi qari
    sayyid sayed gen general col colonel capt captain maj major brig lt lieutenant adm admiral president
    minister ustad al el bin ibn ben abu abd umm
    """.split()
)
"""Titles of persons and particles of names, which people leave out or add."""

GENERIC = frozenset(
    """
    the of and for de la le les du des da do di del der die das und et y a an in on at group groupe gruppe
    holding holdings ji tuan international intl global trading trade general company enterprise enterprises
    industry industries industrial services service technology technologies tech limited import export
    commercial business center centre institute bank national state office foundation organization
    organisation association
    """.split()
)
"""Words that tell little of who it is; a name that shares nothing else is no hit."""

NUMERALS = {
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11", "xii": "12",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "first": "1", "second": "2", "third": "3",
}  # fmt: skip


def is_form(token: str) -> bool:
    """Whether a token stands for a legal form."""
    return token.startswith("§")


def number_of(token: str) -> str | None:
    """The number that a token writes in figures, Roman numerals or words; None when it writes none."""
    if token.isdigit():
        return token.lstrip("0") or "0"
    return NUMERALS.get(token)
