"""Legal forms of many countries, as words of folded text, by the kind of company that they stand for."""

SAME_FORM = {
    "§llc": """
        llc | l l c | s de r l de cv | limited liability company | limited liability co | gmbh | ges mbh
        gesellschaft mit beschrankter haftung
        gmbh co kg | ug | ug haftungsbeschrankt | sarl | s a r l | societe a responsabilite limitee | srl | s r l
        societa a responsabilita limitata | srls | s de rl de cv | s de r l de c v | s de rl
        sociedad de responsabilidad limitada
        sl | s l | slu | sociedad limitada | ltda | lda | limitada | ooo
        obshchestvo s ogranichennoi otvetstvennostyu
        obshchestvo s ogranichennoy otvetstvennostyu | obschestvo s ogranichennoy otvetstvennostyu
        obshchestvo s ogranichennoy otvetstvennostiu | tov | tzov
        tovarystvo z obmezhenoiu vidpovidalnistiu | tovarishchestvo s ogranichennoy otvetstvennostyu | too | mchj
        mchzhj
        sp z o o | spolka z ograniczona odpowiedzialnoscia | sp zoo | spzoo | sp zo o | doo | d o o | bv | b v
        besloten vennootschap | besloten vennootschap met beperkte aansprakelijkheid | bvba | sprl | kft
        korlatolt felelossegu tarsasag | sro | s r o | spol s r o | spol sro | eood | ood | uab | sia | ou | osauhing
        aps | anpartsselskab | oy | osakeyhtio | hb | fzc | fzco | fze | fz llc | fz llc co | dmcc | wll | w l l
        with limited liability | limited sirketi | ltd sirketi | ltd sti | limited sti | mmc | mmm
        mas uliyyetli cemiyyeti
        s de r l de cv | spolka z o o | eireli | ltda me | ltda epp | spolka z oo
        godo kaisha | gk | yuhan hoesa | xian de ze ren gong si | you xian ze ren gong si | smk
    """,
    "§llp": """
        llp | l l p | limited liability partnership | lp | l p | limited partnership | kg | kommanditgesellschaft
        ohg
        kgaa | sca | scs | snc | cv | ltd partnership | general partnership | gp
    """,
    "§ltd": """
        ltd | limited | co ltd | company limited | co limited | company ltd | corp ltd | corporation limited
        corporation ltd | pte ltd | pte limited | private limited company | pty ltd | pty limited
        proprietary limited
        pvt ltd | private limited | pvt limited | private ltd | p ltd | sdn bhd | sendirian berhad | you xian gong si
        gu fen you xian gong si | kabushiki kaisha | kabushikigaisha | kabushikikaisha | kk | k k | yugen kaisha
        yugengaisha | ju sik hoe sa | jusikhoesa | chusik hoesa | jusik hoesa | pte | pty | pvt | private
        cong ty tnhh
        zhu shi hui she | you xian hui she | gu fen gong si | gu fen you xian ze ren gong si | ltee | limitee | chmakad
        cong ty co phan | brisath | ltd co | limited company | ltd company | spa ltd
    """,
    "§corp": """
        corp | corporation | inc | incorporated | incorporation | gong si | company | co | cie | compagnie | compania
        companhia | compagnia | companies | kompaniya | kompania | korporatsiya | korporatsiia | sherkat | sharikat
        sharika | sharikah | shirkat | shirka | shirkah | shrka | shrkat | sirketi | sirket
        hoesa | kaisha | gaisha | unternehmen | private military company | pmc | chvk | chastnaya voennaya kompaniya
        neftyanaya kompaniya | nk | gruppa kompaniy | gk | npo | npp | npk | pkf
    """,
    "§jsc": """
        jsc | j s c | joint stock company | joint stock co | ojsc | open joint stock company | oao
        otkrytoe aktsionernoe obshchestvo | otkrytoye aktsionernoye obshchestvo | cjsc | closed joint stock company
        zao
        zakrytoe aktsionernoe obshchestvo | zakrytoye aktsionernoye obshchestvo | pjsc | p j s c | pao
        public joint stock company | private joint stock company | publichnoe aktsionernoe obshchestvo
        publichnoye aktsionernoye obshchestvo | aktsionernoe obshchestvo | aktsionernoye obshchestvo | nao | ao | ag
        a g | aktiengesellschaft | aktiengeselschaft | sa | s a | societe anonyme | sociedad anonima | sociedade anonima
        sa de cv | s a de c v | s a de cv | sab de cv | sapi de cv | sau | saoc | saog | sal | s a l | spa | s p a
        societa per azioni
        a b | s e
        nv | n v | naamloze vennootschap | plc | p l c | public limited company | public company limited | as | a s
        aksjeselskap | aktieselskab
        anonim sirketi | anonim sirket | asa | ab | aktiebolag | aktiebolaget | publ | oyj | tbk | pt
        perseroan terbatas
        pat | prat | vat | pjs | psc | p s c | pjsco | sas | s a s | societe par actions simplifiee | se
        societas europaea | bhd | berhad | ad | a d | akcionarsko drustvo | aktsionerno druzhestvo | ead | dd | d d
        dionicko drustvo | rt | nyrt | zrt | nyilvanosan mukodo reszvenytarsasag | reszvenytarsasag
        spolka akcyjna | akciova spolecnost | akcine bendrove | aktsiaselts | aktsiju sabiedriba | ab publ
        kollektivnoe predpriyatie | sicav | ae | a e | anonymi etaireia | anonymos etaireia | osc | qsc | q s c | qpsc
        ksc
        ksc public | bsc | b s c | ssc | sse | sak | shpk | sh p k | sha | sh a | oan | rao | gup | fgup
    """,
    "§ngo": "ev | e v | eingetragener verein | asbl | vzw | aisbl | ngo | anp",
}  # fmt: skip
"""Legal forms as their words, by the form that they count as; spellings are parted by `|` or a new line."""

FORMS: dict[tuple[str, ...], str] = {
    tuple(spelling.split()): form
    for form, spellings in SAME_FORM.items()
    for line in spellings.strip().splitlines()
    for spelling in line.split("|")
}
LONGEST_FORM = max(len(spelling) for spelling in FORMS)

AT_THE_END = frozenset(
    """
    sa ag as ab se ad dd ae ou ug sl cv gk hb rt sha smk lp gp spa sal sau too oan anp ev aps asa co
    cie
    private osc sse ssc publ ngo sak mmc mmm kg sca scs snc
    """.split()
)
"""Short forms that are also words of names: legal forms only where nothing but legal forms follows."""

AT_AN_END = frozenset(
    """
    pt ao oy kk sia ood ead pat vat nao rao tov nv bv doo sas
    pmc chvk nk gk npo npp npk pkf
    """.split()
)
"""The same, for those that also stand at the beginning of a name."""


GLUED_BEHIND = (
    "corporation", "limited", "company", "gmbh", "pjsc", "ojsc", "cjsc", "jsc", "llc", "ltd", "ltda", "inc", "eood",
    "fzco", "sprl", "sdn", "private", "joint", "limitada", "kompaniya", "sociedad",
)  # fmt: skip
GLUED_BEFORE = (
    "limited", "company", "gmbh", "pjsc", "ojsc", "cjsc", "llc", "jsc", "ooo", "oao", "fgup", "joint", "obshchestvo",
    "kompaniya", "korporatsiya",
)  # fmt: skip
SHORTEST_GLUED = 4
"""Forms in which, or with which, no word of four letters more ends or begins: they were written on to a word."""


def is_form(token: str) -> bool:
    """Whether a token stands for a legal form."""
    return token.startswith("§")
