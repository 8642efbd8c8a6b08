"""Kinds of words: what a word of a name can tell about who is meant."""

from enum import IntEnum

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
    trust management consulting consultants konsalting logistics logistik logistika transport transportation shipping marine maritime energy power oil gas
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
    central middle
    beijing shanghai guangzhou shenzhen tianjin chongqing wuhan chengdu nanjing hangzhou xian suzhou dalian qingdao
    shenyang harbin hong kong guangdong zhejiang jiangsu sichuan shandong hebei henan hubei hunan anhui fujian
    moscow petersburg london paris berlin munich frankfurt zurich geneva vienna madrid barcelona rome milan amsterdam
    rotterdam brussels tokyo osaka seoul pyongyang delhi mumbai karachi tehran isfahan baghdad damascus beirut cairo
    istanbul ankara york angeles chicago boston atlanta houston dallas phoenix cleveland miami washington texas
    california
    florida minsk kiev kyiv sydney melbourne toronto vancouver
    """.split()
)
"""Countries, peoples and great cities: in names of companies they part one branch from another."""

SAME_WORDS = """
    technology technologies tech technical keji jishu tekhnologii technologie tecnologia teknoloji texnologiya tekhnolodzhis tekhnolodzhi tekhnolodzhiz tekhnologiya tekhnologiyi tecnologias teknologi
    international intl internacional internationale mezhdunarodnyy mezhdunarodnaya guoji kokusai uluslararasi interneshnl interneshenl
    bank banco banque banca bankasi yinhang ginko
    group groupe gruppe grupo gruppo gruppa grup grupp jituan
    industry industries industrial gongye shiye sanayi sanat industrie industria indastriz indastri
    trade trading traders maoyi ticaret torgovyy torgovaya shangmao treyding treiding trejding
    electronics electronic dianzi elektronik elektronika elektroniks denshi
    investment investments touzi yatirim investitsii inversiones
    holding holdings kongu konggu kholding
    information xinxi
    communications communication telecommunications telecommunication telecom tongxin tongxun svyaz
    network networks wangluo
    equipment shebei zhuangbei
    machinery machine jixie jiqi
    software ruanjian softver
    research issledovatelskiy yanjiu
    institute institut instituto yanjiusuo yanjiuyuan
    science sciences scientific kexue nauka nauchno
    university daxue universitet universitat universite universidad universiteti
    company kompaniya kompani kampani
    plant factory zavod fabrika gongchang works
    shipping marine maritime hangyun haiyun
    engineering engineers gongcheng muhendislik inzhiniring
    development developments fazhan razvitie
    construction building jianzhu jianshe stroitelstvo insaat
    energy nengyuan energiya enerji energie energia
    petroleum oil shiyou neft petrol
    aviation aerospace hangkong hangtian
    defense defence
    center centre zentrum centro tsentr zhongxin merkezi
    organization organisation organizatsiya organizacion
    laboratory laboratories labs lab
    manufacturing zhizao
    management guanli menedzhment
    enterprise enterprises predpriyatie qiye
    pharmaceutical pharmaceuticals pharma zhiyao
    service services fuwu servis
    logistics logistic logistik logistika logistiks lojistik logistica
    consulting consultants konsalting konsulting
    capital kapital
    system systems sistema sistemy sistemi sistems sistemas systeme
    air airlines airline airways avialinii
    insurance strakhovanie strakhovaya
    national guojia
    government govt gov
    department dept
    brothers bros
    china zhongguo kitay
    russia russian rossiya rossii rossiyskiy eluosi
    iran iranian irani
    beijing pekin peking pequim
    moscow moskva moscou moskau
    saint st san sankt
    united utd
    republic respublika gongheguo
    people peoples renmin
    army armed
    brigade brigada
    ministry ministerstvo
    president prasident predsjednik presedintele presiden presidente prezident
    north northern
    south southern
    east eastern
    west western
"""
"""Words that say the same, a line each; the first is the plain one."""

SAME_SMALL_WORDS = """
    bin ben ibn bn
    al el ul ad ar as at az an ash ud ur us
    abu abou
    von van
    and und y et e i
    de du del della di da
    sheikh shaykh shaikh sheik cheikh
    haji hajji hajj hadji
    mullah mulla
    maulavi mawlawi maulvi molvi
    maulana mawlana
    sayyid sayed syed sayyed seyed seyyed
    general gen
    colonel col
    captain capt
    major maj
    brigadier brig
    lieutenant lt
    admiral adm
    doctor dr
    professor prof
    oglu ogly
    kyzy qizi
"""
"""Spellings of one particle or title, a line each."""

SAME_GIVEN_NAMES = """
    abdul abdel abdal abdur abdus abdoul abdool abdoel abdol abdu abd
    alexander aleksandr alexandr aleksander alexandre aleksandar oleksandr alex alyaksandr aliaksandr alejandro alessandro iskander alec
    alexandra aleksandra oleksandra alejandra alessandra
    alexey aleksei alexei aleksey oleksiy aliaksei alyaksey aleksej alexej alexis oleksii alex
    andrey andrei andriy andrej andriej andrii andrzej andre andrew
    andrew andy
    anthony tony antony
    william bill billy will willy
    charles charlie chuck
    karl carl
    christopher chris kristofer christophe christof christoph kristof kristoffer khristofor
    christian cristian kristian christiaan
    christina kristina cristina christine kristin
    daniel dan danny daniil danil
    danielle daniela daniella
    david dave davide dawid
    dmitry dmitri dmitriy dimitri dmytro dzmitry dmitrij dimitrij dimitry dmitrii dmytri
    donald don
    edward ed eddie
    elizabeth liz beth betty elisabeth
    yevgeny evgeny evgeni evgenii yevgeniy yevgenii evgeniy evgenij evgueni jewgeni jewgenij eugene eugen eugenio yauhen yevhen
    evgenia yevgenia evgeniya yevgeniya jewgenija eugenia
    frederick fred frederic friedrich
    gregory greg
    grigory grigori hryhoriy grigoriy grigorij grigorii ryhor hryhorii gregory
    george georgy georgiy georgios giorgi georgi georgii georgij georges georg heorhii
    hussein husayn hussain husain hossein hosein hoseyn hussien houssein huseyin hossain khusein hussin husein husen
    igor ihor
    john johnny jon jack
    ivan iwan
    james jim jimmy jamie
    jeffrey jeff geoffrey
    joseph joe josef iosif jozef josip
    giuseppe guiseppe
    yusuf youssef yousef yosef yusef yousuf youssouf yusif yousif yusup yosif
    kenneth ken kenny
    lawrence larry laurence
    louis luis luiz lewis
    mahmoud mahmud mahmood mehmood mahmut
    matthew matt
    michael mike mikhail mikhael mykhailo mikhailo michail mihail mihael mikhal mikael michal michel micheal mick mickey mykhaylo
    michelle michele
    mohammed muhammad mohammad mohamed mohamad mohamud muhammed muhamad mehmet mohd magomed md muhammet muhammed mochammad mochamad muhamed mohammod mohammadu mahomed mahomet muh
    nicholas nick nicolas nicola nikolas nikolaos niklas nicolo nicky nikolai
    nicole nicoletta
    nikolai nikolay mykola mikalai nikolaj
    osama usama oussama
    patrick patricio
    pavel pavlo paul pawel
    paula paola
    peter petr pyotr petro piotr petar pete petros
    philip phil philippe
    richard rick dick
    robert bob rob bobby
    ronald ron ronnie
    samuel sam
    sergey sergei sergii serhiy siarhei sergiy sergej serguei serhii sergi
    stephen steven steve stefan stephan stepan stefano stephane stjepan
    stephanie stefanie stefania
    susan sue
    theodore ted
    fyodor fedor feodor
    thomas tom tommy tomas
    timothy tim
    valery valeri valeriy valerii valerij
    valeria valeriya valerie
    vasily vasiliy vasili vasilii vasyl vassily vassili wassili wassily vasilij vasil basil
    vitaly vitali vitaliy vitalii vitalij witali
    gennady gennadi gennadiy gennadii gennadij guennadi hennadiy hennadii
    arkady arkadi arkadiy arkadii arkadij
    semyon semion semen
    timofey timofei timofej
    matvey matvei
    fyodor fedor feodor fjodor fiodor
    yegor egor jegor
    ilya ilia ilja illia
    artem artyom artemy artemiy
    maxim maksim maksym maxime
    ruslan rouslan
    rustam rustem roustam
    timur temur taimur teymur
    yaroslav iaroslav jaroslav
    igor ihor
    oleg oleh
    olga olha
    anna ana anne ann
    elena yelena olena helena jelena alena ielena
    irina iryna irena
    ksenia ksenija ksenya xenia kseniya
    lyudmila ludmila liudmila ljudmila ludmilla
    lyubov lubov liubov
    tatyana tatiana tetiana tatjana
    zinaida zinayda
    vadim vadym wadim
    roman romain
    denis dennis denys
    konstantin constantine konstantyn constantin kostyantyn
    leonid leonyd
    anatoly anatoliy anatoli anatolii anatolij anatole
    vyacheslav viacheslav vjatscheslaw wjatscheslaw vycheslav
    stanislav stanislaw stanislaus
    svetlana svitlana swetlana
    carla karla
    francesca francisca francoise
    jeanne jane
    joanna johanna ioanna
    henry henri
    henrik heinrich hendrik
    gerhard gerard gerardo gerhardt
    eric erik erich
    philip filip filipp
    mark marc marko
    marcus markus
    martin martyn marten
    matthias mathias
    mathieu matthieu
    lukas lucas
    anton antoni
    edward edouard eduard
    raul raoul
    maria marie mary mariya
    mariam maryam miriam
    marina maryna
    margarita margarete margaretha
    catherine katarina katharina catalina caterina
    elizaveta yelizaveta elisaveta
    sophia sofia sofya sophie
    victoria viktoria viktoriya
    jibril jibreel gibril djibril
    gabriela gabrielle gabriella
    david davit dawit
    dawood dawud daud daoud davud davood
    rafael raphael rafail
    victor viktor
    vladimir volodymyr uladzimir wladimir vladimer volodimir
    vyacheslav viacheslav
    yulia julia yuliya iuliia
    yuri yury iurii yuriy iuri yurii
    katherine catherine kate kathryn
    ekaterina yekaterina kateryna
    natalia natalya nataliya natalie
    tatiana tatyana tetiana tatjana
    omar umar omer
    osman uthman othman usman
    ahmad ahmed ahmet akhmed akhmad akhmat achmad
    hassan hasan hassen khasan hasaan hacen
    ibrahim ibraheem ebrahim
    ismail esmail esmaeil ismael
    yaqub yacoub yakub yaqoub
    suleiman sulayman soleiman sulaiman soleyman suleyman
    musa moussa mousa
    khalid khaled halid chalid
    khalil halil chalil khaleel
    hamid hameed
    hamza hamzah hamzeh
    rahim raheem rakhim
    karim kareem kerim
    kabir kabeer
    rashid rasheed rachid rashed
    salim saleem selim
    jamal gamal djamal cemal djamel
    jamil jameel djamil cemil
    kamal kemal kamel
    kamil kameel
    nasser nasir naser nassir naseer
    nasim naseem nassim
    bashar bachar baschar
    bashir bachir basheer beshir
    tariq tarek tarik tareq tareck
    faisal faysal feisal faycal
    fahd fahad
    fuad fouad
    majid majeed madjid
    mustafa mostafa mustapha moustafa mustafo moustapha
    mansur mansour mansoor
    mukhtar mokhtar mochtar muhtar
    munir mounir muneer
    nur noor nour
    nuri noori nouri
    jalal djalal celal jelal
    hadi hady
    iskandar iskander eskandar
    jafar jaafar djafar cafer jafer
    abbas abas
    adnan adnen
    amin ameen amine
    amir ameer emir
    anwar anwer enver anvar
    ashraf achraf eshraf
    ayman aiman aymen
    aziz azeez
    badr badar bedr
    bilal belal
    dawlat daulat
    fadil fadel fazil fadhil
    farid fareed ferid
    ghulam gholam gulam golam
    habib habeeb
    hafiz hafez hafeez
    haidar haydar heydar haider hyder
    hakim hakeem
    hisham hicham hesham
    idris idrees driss
    imran emran
    isa issa eisa iesa
    ishaq ishak isaac eshaq
    jawad javad cevad jawwad
    latif lateef
    mahdi mehdi mahdy
    marwan marouan
    masud masoud massoud masood mesut
    mubarak mobarak mubarek
    murtaza morteza murtada mortada
    nabil nabeel
    naim naeem
    najib najeeb nadjib necip
    najim najm
    qadir kader qader kadir gadir
    ramadan ramazan ramzan ramadhan ramezan ramdan
    reza rida riza raza ridha
    riyad riyadh riad
    saddam sadam
    saif sayf seif
    salah saleh salih sallah salekh
    salman selman
    samir sameer
    shafiq shafik chafik
    sharif sherif cherif shareef
    siraj seraj
    talib taleb
    umar omar
    usama ossama
    walid waleed oualid velid
    yahya yehia yahia yihya
    yasin yassin yaseen yassine
    yasir yasser yaser
    yunus younis younes yunis younus
    zaid zayd zeid zayed
    zain zayn zein zine
    zakaria zakariya zakariyya zechariah
    zubair zubayr zoubair zobair
    fatima fatemeh fatma fatimah fatoumata
    aisha ayesha aicha aysha ayse
    khadija khadijah hatice
    zaynab zainab zeinab zeynep
    laila leila layla leyla
    ghazi gazi
    haqqani hakkani
    gaddafi qaddafi qadhafi gadhafi kadhafi khadafy gadafi ghadafi ghaddafi ghathafi qadhdhafi kaddafi kadafi
    assad asad
    hafez hafiz
    qasim qassem kasim kassem qasem ghasem ghassem
    said saeed saeid saied sayid
    abdullah abdallah abdulla abdoullah abdollah
    rahman rehman rakhman rahmon
    vladimir vova volodya vovka
    alexander aleksandr sasha shura
    alexandra aleksandra sasha shura
    dmitry dmitri dmitriy dima mitya
    mikhail mikhael misha
    nikolai nikolay kolya
    konstantin kostya constantine
    yevgeny evgeny evgeniy yevgeniy zhenya
    alexey aleksei alexei aleksey lyosha alyosha lyokha
    sergey sergei seryozha serge
    anatoly anatoliy tolya
    viktor victor vitya
    petr pyotr petya
    ivan vanya
    yuri yury iurii yuriy yura
    vyacheslav yaroslav stanislav svyatoslav slava
    grigory grigori grigoriy grisha
    pavel pasha
    boris borya
    andrey andrei andriy andryusha
    ilya ilia ilyusha
    leonid lyonya
    natalia natalya natasha
    ekaterina yekaterina katya
    tatiana tatyana tanya
    maria mariya masha
    olga olya
    elena yelena lena
    anastasia anastasiya nastya
    svetlana sveta
    yulia yuliya yulya
    irina ira
    albert al bert
    alfred alf fred
    arthur art
    benjamin ben benny benji
    bernard bernie
    catherine katherine kathryn cathy kathy kate katie kitty
    cynthia cindy
    deborah debra debbie deb
    douglas doug
    dorothy dot dottie
    elizabeth liz lizzie beth betsy betty eliza
    eugene gene
    gerald gerry jerry
    gabriel gabe
    harold harry hal
    henry harry hank
    jacob jake
    janet jan
    jennifer jen jenny
    jessica jess jessie
    jonathan jon johnny
    joshua josh
    judith judy
    leonard leo len lenny
    margaret maggie meg peggy marge margie
    martin marty
    nathaniel nathan nate nat
    nancy nan
    pamela pam
    patricia pat patty trish
    peter pete
    raymond ray
    randolph randall randy
    russell russ
    sandra sandy
    stanley stan
    terrence terence terry
    theodore ted teddy theo
    theresa teresa terry tess
    timothy tim timmy
    vincent vince vinny
    virginia ginny
    walter walt wally
    zachary zach zack
    francisco paco pancho
    jose pepe
    jesus chuy
    ignacio nacho
    guadalupe lupe
    enrique quique kike
    antonio tono toni
    eduardo lalo
    roberto beto
    johannes hans johann
    heinrich heinz
    friedrich fritz
    josef joseph sepp jupp
    wilhelm willi willy
    gim kim
    jeong jong chong jung chung
    eun un
    lee li yi ri rhee
    bak pak park
    choe choi
    gang kang
    jang chang
    no ro roh noh
    wong wang huang hwang
    chan chen tan
    cheung zhang chang
    tsai cai choi
    chou zhou chow chau
    kuo guo kwok
    hsu xu hui
    hsieh xie tse
    ng wu woo
    lau liu
    leung liang
    lam lin lim
    yeung yang young
    ho he
    cheng zheng cheang
    chiang jiang
    tsang zeng tseng
    mao mo
    zhao chao chiu
    zhu chu
    xiao hsiao siu
    deng teng tang
    xi hsi
    xin hsin
    xian hsien
    xiang hsiang
    xiong hsiung
    xue hsueh
    jin chin
    jie chieh
    jian chien
    jing ching
    zhong chung
    zhi chih
    shi shih
    zi tzu
    si szu
    ren jen
    rong jung
    guang kuang
    gui kuei
    bei pei
    bao pao
    dong tung
    ding ting
    hong hung
    yong yung
    long lung
    song sung
    gong kung
"""
"""Forms of one given name and its short names, a line each."""

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


def _senses(lines: str, first: int) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(lines.split("\n"), start=first):
        for word in dict.fromkeys(line.split()):
            found[word] = (*found.get(word, ()), number)
    return found


SENSES: dict[str, tuple[int, ...]] = _senses(SAME_WORDS + SAME_SMALL_WORDS + SAME_GIVEN_NAMES, 1)
"""By word, the numbers of what it says: two words that share one say the same."""


BY_SENSE: dict[int, tuple[str, ...]] = {}
"""By the number of what is said, the words that say it."""
for _word, _numbers in SENSES.items():
    for _number in _numbers:
        BY_SENSE[_number] = (*BY_SENSE.get(_number, ()), _word)


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
    return any(
        abs(len(word) - len(token)) <= 1 and OSA.distance(word, token, score_cutoff=1) <= 1 for word in LONG_FORM_WORDS
    )


_KINDS = (
    (Kind.PARTICLE, PARTICLES),
    (Kind.STOP, STOPS | FORM_WORDS),
    (Kind.TITLE, TITLES),
    (Kind.GENERIC, GENERIC),
    (Kind.PLACE, PLACES),
)
"""In this order: a word that is in two lists counts as the kind that tells less."""
