"""Kinds of words: what a word of a name can tell about who is meant."""

from enum import IntEnum

from rapidfuzz import process
from rapidfuzz.distance import OSA


class Kind(IntEnum):
    """What kind of word it is. The numbers are those of the index file."""

    NAME = 0
    FORM = 1
    STOP = 2
    TITLE = 3
    PARTICLE = 4
    GENERIC = 5
    PLACE = 6
    NUMBER = 7
    INITIAL = 8


STOPS = frozenset(
    """
    the of and for to in on at by a an with und fur der die das den dem des et les du aux y e i und dan und da do dos
    das o
    """.split()
)
"""Articles and conjunctions: people leave them out."""

FORM_WORDS = frozenset(
    """
    limited liability joint stock public private partnership proprietary incorporated corporation company
    responsabilidad responsabilite limitada gesellschaft haftung beschrankter aktiengesellschaft obshchestvo obschestvo
    ogranichennoi ogranichennoy otvetstvennostyu otvetstvennostiu aktsionernoe aktsionernoye publichnoe publichnoye
    zakrytoe otkrytoe
    sirketi anonim
    """.split()
)
"""Words of legal forms that stand apart or are misspelt: they tell nothing."""

SHORTEST_MISSPELT = 6
LONG_FORM_WORDS = tuple(sorted(word for word in FORM_WORDS if len(word) >= SHORTEST_MISSPELT))
_LONGEST_FORM_WORD = max(map(len, LONG_FORM_WORDS))

TITLES = frozenset(
    """
    mr mrs ms miss mister dr doctor prof professor sir dame sheikh shaykh shaikh sheik cheikh haji hajji hajj hadji
    mullah mulla maulavi mawlawi maulvi molvi mawlana maulana qari sayyid sayed syed sayyed seyed seyyed gen general
    col colonel capt captain maj major brig brigadier lt lieutenant sgt adm admiral president minister ustad ustaz
    ayatollah hojjatoleslam dipl honorable honourable rev monsieur madame mme herr frau senor senora dona signor
    marshal
    chairman secretary governor senator
    prasident predsjednik presedintele presiden presidente elnok prezident presidente shri smt
    jr sr phd md esq mv mt
    """.split()
)
"""Titles of persons, which people leave out or add."""

PARTICLES = frozenset(
    """
    al el ul ad ar as at az an ash ud ur us bin ben ibn bn bint abu abou abd umm um von van der den de del della di da
    dos das
    du la le lo los las ter ten zu zur af av bar ap oglu ogly kyzy qizi mac fitz st
    """.split()
)
"""Small words inside names of persons and places."""

FILIAL = frozenset("bin ben ibn bn bint oglu ogly kyzy qizi".split())
"""Particles that say whose child someone is: what stands before and after must not change places."""

GENERIC = frozenset(
    """
    group groupe gruppe grupo gruppo gruppa grup holding holdings jituan international intl global trading trade
    general
    enterprise enterprises industry industries industrial services service technology technologies tech import
    export commercial business center centre institute bank national state office foundation stiftung firma
    organization organisation
    association solutions systems system engineering development construction investment investments capital fund
    funds
    trust management consulting consultants konsalting logistics logistik logistika
    transport transportation shipping marine maritime energy power oil gas
    petroleum
    chemical chemicals electronics electronic electric electrical equipment machinery materials products production
    manufacturing factory plant works laboratory laboratories research science sciences scientific university college
    academy school department ministry government agency committee council commission corporation bureau branch
    subsidiary partners partnership associates ventures finance financial insurance securities exchange credit
    mortgage
    loan real estate properties property company co limited supply chain foods food agricultural agriculture textile
    medical health healthcare hospital pharmaceutical pharmaceuticals pharma aviation airlines air aerospace space
    defense defence military security information network networks communications communication telecommunications
    telecom telecommunication media digital data software computer computing internet online micro precision
    automation
    control instruments instrument metal metals steel mining minerals resources resource water environmental
    auto automotive motor motors vehicle vehicles parts tools building builders design new great united first
    public private joint stock society union federation club party front movement network organisation branch
    army forces force brigade battalion unit station service services
    banco banque banca bankasi invest investbank zavod kombinat fabrika predpriyatie predpriyatiye nauchno
    issledovatelskiy institut proizvodstvennoe obedinenie tsentr torgovyy dom kompleks
    keji jishu dianzi gongye maoyi shiye touzi kongu guoji xinxi tongxin wangluo ruanjian jixie shebei yinhang
    technical tekhnologii tekhnologiya technologie tecnologia tecnologias teknoloji teknologi texnologiya
    tekhnolodzhis tekhnolodzhi internacional internationale mezhdunarodnyy mezhdunarodnaya kokusai uluslararasi
    interneshnl interneshenl grupp sanayi industrie industria indastriz indastri traders ticaret torgovaya shangmao
    treyding treiding trejding elektronik elektronika elektroniks denshi yatirim investitsii inversiones konggu
    kholding tongxun svyaz zhuangbei machine jiqi softver yanjiu yanjiusuo yanjiuyuan instituto kexue nauka daxue
    universitet universitat universite universidad universiteti gongchang hangyun haiyun engineers gongcheng
    muhendislik inzhiniring developments fazhan razvitie jianzhu jianshe stroitelstvo insaat nengyuan energiya enerji
    energie energia shiyou neft hangkong hangtian zentrum centro zhongxin merkezi organizatsiya organizacion zhizao
    guanli menedzhment qiye zhiyao fuwu servis logistic logistiks lojistik logistica konsulting kapital airline
    airways avialinii strakhovanie strakhovaya guojia govt dept brigada ministerstvo
    """.split()
)
"""Words that tell little of who it is; a name that shares nothing else is no hit."""

PLACES = frozenset(
    """
    afghanistan albania algeria america american angola arab arabia arabian argentina armenia asia asian australia
    australian austria azerbaijan bahrain bangladesh belarus belgium bolivia bosnia brasil brazil britain british
    bulgaria
    burma cambodia cameroon canada canadian chad chile china chinese colombia congo croatia cuba cyprus czech denmark
    deutschland dubai ecuador egypt egyptian emirates england eritrea estonia ethiopia euro europe european finland
    france
    french georgia german germany ghana greece guatemala guinea haiti honduras hongkong hungary iceland india indian
    indonesia iran iranian iraq iraqi ireland irish israel italia italian italy jamaica japan japanese jordan
    kazakhstan
    kenya kingdom korea korean kuwait kyrgyzstan laos latvia lebanon lebanese liberia libya libyan lithuania
    luxembourg
    macau malaysia mali malta mexico moldova mongolia morocco myanmar namibia nepal netherlands nicaragua niger
    nigeria
    norway oman pakistan palestine panama paraguay peru philippines poland polska portugal qatar romania russia
    russian
    rwanda saudi senegal serbia singapore slovakia slovenia somalia spain srilanka sudan suisse sweden swiss
    switzerland
    syria syrian taiwan tajikistan tanzania thailand tunisia turkey turkiye turkmenistan uae uganda uk ukraine uruguay
    us usa uzbekistan venezuela vietnam yemen zambia zimbabwe north south east west northern southern eastern western
    central middle democratic
    beijing shanghai guangzhou shenzhen tianjin chongqing wuhan chengdu nanjing hangzhou xian suzhou dalian qingdao
    shenyang harbin hong kong guangdong zhejiang jiangsu sichuan shandong hebei henan hubei hunan anhui fujian
    moscow petersburg london paris berlin munich frankfurt zurich geneva vienna madrid barcelona rome milan amsterdam
    rotterdam brussels tokyo osaka seoul pyongyang delhi mumbai karachi tehran isfahan baghdad damascus beirut cairo
    istanbul ankara york angeles chicago boston atlanta houston dallas phoenix cleveland miami washington texas
    california
    zhongguo kitay rossiya rossii rossiyskiy eluosi pekin peking pequim moskva moscou moskau
    florida minsk kiev kyiv sydney melbourne toronto vancouver
    """.split()
)
"""Countries, peoples and great cities: in names of companies they part one branch from another."""

NUMERALS = {
    "i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "x": "10",
    "xi": "11", "xii": "12", "xiii": "13", "xiv": "14", "xv": "15", "xvi": "16", "xvii": "17", "xviii": "18",
    "xix": "19", "xx": "20",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine":
    "9",
    "ten": "10", "eleven": "11", "twelve": "12",
    "first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6", "seventh": "7", "eighth": "8",
    "ninth": "9", "tenth": "10",
    "eleventh": "11", "twelfth": "12", "thirteenth": "13", "fourteenth": "14", "fifteenth": "15", "sixteenth": "16",
    "seventeenth": "17", "eighteenth": "18", "nineteenth": "19", "twentieth": "20", "thirtieth": "30",
    "1st": "1", "2nd": "2", "3rd": "3", "4th": "4", "5th": "5", "6th": "6", "7th": "7", "8th": "8", "9th": "9",
    **{f"{number}th": str(number) for number in range(10, 21)}, "21st": "21", "22nd": "22", "23rd": "23", "30th": "30",
}  # fmt: skip
"""Numbers in Roman figures and words."""

TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90,
}  # fmt: skip


def number_of(token: str) -> str:
    """The number that a token writes in figures, Roman figures or words; empty when it writes none."""
    if token.isdigit():
        return token.lstrip("0") or "0"
    return NUMERALS.get(token, "")


def kind_of(token: str) -> Kind:
    """The kind of a token of folded text."""
    if token.startswith("§"):
        return Kind.FORM
    if len(token) == 1:
        return Kind.NUMBER if token.isdigit() else Kind.INITIAL
    if number_of(token):
        return Kind.NUMBER
    for kind, words in _KINDS:
        if token in words:
            return kind
    return Kind.STOP if _is_misspelt_form(token) else Kind.NAME


def _is_misspelt_form(token: str) -> bool:
    """Whether a word is one edit from a word of legal forms, both of six letters or more."""
    if len(token) < SHORTEST_MISSPELT or len(token) > _LONGEST_FORM_WORD + 1:
        return False
    return process.extractOne(token, LONG_FORM_WORDS, scorer=OSA.distance, score_cutoff=1) is not None


_KINDS = (
    (Kind.PARTICLE, PARTICLES),
    (Kind.STOP, STOPS | FORM_WORDS),
    (Kind.TITLE, TITLES),
    (Kind.GENERIC, GENERIC),
    (Kind.PLACE, PLACES),
)
"""In this order: a word that is in two lists counts as the kind that tells less."""
