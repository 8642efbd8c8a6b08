"""Text of any script in Latin letters, so that the same name of two scripts comes out alike.

`anyascii` (ISC) does most scripts well. What it does for Latin readers but not for names is done here: Arabic and
Hebrew letters that stand for vowels, Greek pairs of letters, kana as one word, Korean as lists write it, Han in words
that are known. A syllable
of Han or Hangul is written as its Latin reading with the character after it (`xi习`), so that two names in characters
are compared by characters, and one with a Latin name by its reading. A word of Arabic or Hebrew is marked behind its
reading (`mhmdʿ`), since most of its vowels are not written.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ٱ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j", "چ": "ch",
    "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "d",
    "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ڤ": "v", "ق": "q", "ک": "k", "ك": "k", "گ": "g", "ل": "l",
    "م": "m", "ن": "n", "ه": "h", "ة": "a", "و": "u", "ؤ": "u", "ی": "i", "ي": "i", "ى": "a", "ئ": "i", "ء": "",
    "ٹ": "t", "ڈ": "d", "ڑ": "r", "ں": "n", "ہ": "h", "ھ": "h", "ے": "e", "ۀ": "e", "ـ": "",
}  # fmt: skip
HEBREW = {
    "א": "a", "ב": "b", "ג": "g", "ד": "d", "ה": "h", "ו": "u", "ז": "z", "ח": "h", "ט": "t", "י": "i", "כ": "k",
    "ך": "kh", "ל": "l", "מ": "m", "ם": "m", "נ": "n", "ן": "n", "ס": "s", "ע": "a", "פ": "p", "ף": "f", "צ": "ts",
    "ץ": "ts", "ק": "k", "ר": "r", "ש": "sh", "ת": "t",
}  # fmt: skip
WITHOUT_VOWELS = "ʿ"
"""Stands behind the reading of an Arabic or Hebrew word (`mhmdʿ`): most of its vowels are not known."""

_ABJAD = re.compile(r"[a-z]?[\u05d0-\u05ea\u0621-\u064a\u066e-\u06d3]+")
_LETTERS = str.maketrans(ARABIC | HEBREW)
_FIRST_LETTERS = (
    (re.compile(r"(?<!\w)و(?=\w)"), "v"),
    (re.compile(r"(?<!\w)[يی](?=\w)"), "y"),
    (re.compile(r"(?<!\w)ו(?=\w)"), "v"),
    (re.compile(r"(?<!\w)י(?=\w)"), "y"),
    (re.compile(r"(?<!\w)الله(?!\w)"), "allah"),
    (re.compile(r"(?<!\w)ال(?=\w\w)"), "al "),
    (re.compile(r"(?<!\w)Μπ", re.IGNORECASE), "b"),
    (re.compile(r"ντ", re.IGNORECASE), "d"),
    (re.compile(r"ο[υύ]", re.IGNORECASE), "u"),
    (re.compile(r"[αά][υύ]", re.IGNORECASE), "av"),
    (re.compile(r"[εέ][υύ]", re.IGNORECASE), "ev"),
    (re.compile(r"γκ", re.IGNORECASE), "g"),
)
_MARKS = re.compile(
    r"[\u02be\u02bf\u0591-\u05c7\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\u30fc]+")
_CHARACTERS = re.compile(r"[\u3005\u3400-\u9fff\uf900-\ufaff]+")
_HANGUL = re.compile(r"[\uac00-\ud7a3]+")
_KEPT = re.compile(r"([\u02bf\u3005\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+)")
_ANY_CHARACTER = re.compile(r"[\u3005\u3041-\u30fc\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")

HAN_WORDS = {
    "科技": "keji", "技术": "jishu", "电子": "dianzi", "工业": "gongye", "实业": "shiye", "贸易": "maoyi",
    "投资": "touzi", "控股": "kongu", "集团": "jituan", "国际": "guoji", "信息": "xinxi", "通信": "tongxin",
    "通讯": "tongxun",
    "网络": "wangluo", "软件": "ruanjian", "机械": "jixie", "设备": "shebei", "装备": "zhuangbei", "银行": "yinhang",
    "研究所": "yanjiusuo", "研究院": "yanjiuyuan", "大学": "daxue", "工程": "gongcheng", "发展": "fazhan",
    "建筑": "jianzhu", "建设": "jianshe", "能源": "nengyuan", "石油": "shiyou", "航空": "hangkong", "航天": "hangtian",
    "航运": "hangyun", "海运": "haiyun", "制造": "zhizao", "管理": "guanli", "企业": "qiye", "制药": "zhiyao",
    "服务": "fuwu", "国家": "guojia", "中国": "zhongguo", "北京": "beijing", "上海": "shanghai", "深圳": "shenzhen",
    "广州": "guangzhou", "天津": "tianjin", "重庆": "chongqing", "武汉": "wuhan", "成都": "chengdu", "南京": "nanjing",
    "杭州": "hangzhou", "西安": "xian", "苏州": "suzhou", "大连": "dalian", "青岛": "qingdao", "沈阳": "shenyang",
    "哈尔滨": "harbin", "香港": "hongkong", "广东": "guangdong", "浙江": "zhejiang", "江苏": "jiangsu",
    "四川": "sichuan", "山东": "shandong", "河北": "hebei", "河南": "henan", "湖北": "hubei", "湖南": "hunan",
    "安徽": "anhui", "福建": "fujian", "中心": "zhongxin", "科学": "kexue", "人民": "renmin", "解放军": "jiefangjun",
}  # fmt: skip
"""Words of companies' names in simplified Han, with their reading: they are words, not syllables of a name."""
_LONGEST_WORD = 3

FIRST_SOUNDS = ("k", "kk", "n", "t", "tt", "r", "m", "p", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h")
VOWELS = (
    "a", "ae", "ya", "yae", "o", "e", "yo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi", "yu", "u", "ui",
    "i",
)  # fmt: skip
LAST_SOUNDS = (
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t", "ng",
    "t", "t", "k", "t", "p", "t",
)  # fmt: skip
"""Korean sounds in the order of Unicode's Hangul syllables."""


def to_latin(text: str) -> str:
    """Any text in Latin letters, digits and signs, with Han and Hangul characters kept behind their reading."""
    from anyascii import anyascii  # noqa: PLC0415 - Latin names do without it

    text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    if _ANY_CHARACTER.search(text):
        text = _CHARACTERS.sub(lambda run: f" {' '.join(_characters(run.group()))} ", text.translate(simplified()))
        text = _HANGUL.sub(lambda run: f" {' '.join(_hangul(c) + c for c in run.group())} ", text)
        text = _KANA.sub(lambda run: f" {anyascii(run.group().replace('ー', ''))} ", text)
    for pattern, letters in _FIRST_LETTERS:
        text = pattern.sub(letters, text)
    text = _ABJAD.sub(rf"\g<0>{WITHOUT_VOWELS}", text)
    parts = _KEPT.split(text.translate(_LETTERS))
    return "".join(part if place % 2 else anyascii(part) for place, part in enumerate(parts))


def _characters(run: str) -> list[str]:
    """Han as known words and single syllables, each with its characters: `keji科技`, `xi习`."""
    from anyascii import anyascii  # noqa: PLC0415

    found: list[str] = []
    place = 0
    while place < len(run):
        for length in range(_LONGEST_WORD, 1, -1):
            word = run[place : place + length]
            if word in HAN_WORDS:
                found.append(HAN_WORDS[word] + word)
                place += length
                break
        else:
            found.append(anyascii(run[place]) + run[place])
            place += 1
    return found


def _hangul(syllable: str) -> str:
    """A Hangul syllable as lists write Korean names (`kim`, `jong`, `chol`): its first sound, its vowel, its last."""
    number = ord(syllable) - 0xAC00
    first, vowel, last = number // 588, number % 588 // 28, number % 28
    return FIRST_SOUNDS[first] + VOWELS[vowel] + LAST_SOUNDS[last]


@cache
def simplified() -> dict[int, str]:
    """The table from traditional Chinese and Japanese characters to simplified Chinese ones."""
    lines = resources.files("vacatur.names").joinpath("traditional.txt").read_text(encoding="utf-8").splitlines()
    old, new = (line for line in lines if not line.startswith("#"))
    return {ord(before): after for before, after in zip(old, new, strict=True)}
