"""More forms of identifiers than the masks were written for: encodings times separators times groups, and how to tell
what is left of one without the code that masks. All are invented.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator
from typing import NamedTuple


class Form(NamedTuple):
    """An identifier as written, the pieces that betray it with how many signs each is worth, and what the form is."""

    written: str
    pieces: tuple[tuple[str, int], ...]
    name: str


def _moved(base: int) -> Callable[[str], str]:
    return lambda digits: "".join(chr(base + int(digit)) for digit in digits)


def _each(template: str) -> Callable[[str], str]:
    return lambda digits: "".join(template.format(code=ord(digit), digit=digit) for digit in digits)


def _words(words: str, mark: str = " ") -> Callable[[str], str]:
    return lambda digits: mark.join(words.split()[int(digit)] for digit in digits)


RU, KK, EN = (
    "ноль один два три четыре пять шесть семь восемь девять",
    "нөл бір екі үш төрт бес алты жеті сегіз тоғыз",
    "zero one two three four five six seven eight nine",
)
ENCODINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "full width": _moved(0xFF10),
    "Arabic": _moved(0x0660),
    "Persian": _moved(0x06F0),
    "Devanagari": _moved(0x0966),
    "Bengali": _moved(0x09E6),
    "Myanmar": _moved(0x1040),
    "Mongolian": _moved(0x1810),
    "bold": _moved(0x1D7CE),
    "double-struck": _moved(0x1D7D8),
    "sans": _moved(0x1D7E2),
    "monospace": _moved(0x1D7F6),
    "segmented": _moved(0x1FBF0),
    "subscript": _moved(0x2080),
    "superscript": lambda digits: "".join("⁰¹²³⁴⁵⁶⁷⁸⁹"[int(digit)] for digit in digits),
    "in rings": lambda digits: "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(digit)] for digit in digits),
    "in black rings": lambda digits: "".join("⓿❶❷❸❹❺❻❼❽❾"[int(digit)] for digit in digits),
    "in brackets": lambda digits: "".join("0⑴⑵⑶⑷⑸⑹⑺⑻⑼"[int(digit)] for digit in digits),
    "with stops": lambda digits: "".join("🄀⒈⒉⒊⒋⒌⒍⒎⒏⒐"[int(digit)] for digit in digits),
    "Chinese": lambda digits: "".join("〇一二三四五六七八九"[int(digit)] for digit in digits),
    "Chinese of banks": lambda digits: "".join("零壹贰叁肆伍陆柒捌玖"[int(digit)] for digit in digits),
    "keycaps": _each("{digit}\ufe0f\u20e3"),
    "keycaps of old": _each("{digit}\u20e3"),
    "zero width between": _each("{digit}\u200b"),
    "joiners between": _each("{digit}\u2060"),
    "soft hyphens between": _each("{digit}\u00ad"),
    "struck through": _each("{digit}\u0336"),
    "underlined": _each("{digit}\u0332"),
    "tags invisible": _each("{digit}\U000e0020"),
    "entities": _each("&#{code};"),
    "entities, hexadecimal": _each("&#x{code:x};"),
    "entities without their end": _each("&#{code}"),
    "entities twice": _each("&amp;#{code};"),
    "in an address": _each("%{code:x}"),
    "codes of JSON": _each("\\u{code:04x}"),
    "codes of Python": _each("\\x{code:02x}"),
    "codes with braces": _each("\\u{{{code:x}}}"),
    "bold of Markdown": _each("**{digit}**"),
    "bold of a page": _each("<b>{digit}</b>"),
    "О and З": lambda digits: digits.translate(str.maketrans("03", "ОЗ")),
    "o, l and з": lambda digits: digits.translate(str.maketrans("013", "olз")),
    "small о and б": lambda digits: digits.translate(str.maketrans("06", "об")),
    "I, Z and S": lambda digits: digits.translate(str.maketrans("125", "IZS")),
    "Ч, Т and В": lambda digits: digits.translate(str.maketrans("478", "ЧТВ")),
    "words": _words(RU),
    "words, Kazakh": _words(KK),
    "words, English": _words(EN),
    "words, hyphened": _words(RU, "-"),
    "words with commas": _words(RU, ", "),
    "words in lines": _words(KK, "\n"),
    "words with stops": _words(KK, "."),
    "words with dashes": _words(RU, " — "),
    "words glued": _words(RU, ""),
    "words glued, Kazakh": _words(KK, ""),
    "words in capitals": _words(RU.upper()),
    "words at the telephone": _words("ноль раз два три четыре пять шесть семь восемь девять"),
    "words misspelt": _words("ноль адын дыва тры чытыре пиать шэсть сэм восэм дэвять"),
    "words Kazakh, plain": _words("нол бир еки уш торт бес алты жети сегиз тогыз"),
    "words Kazakh, Latin": _words("nól bir eki úsh tórt bes alty jeti segiz toǵyz"),
    "words Kazakh, Turkish": _words("nöl bir eki üş tört bes altı jeti segiz toğyz"),
    "words Uzbek": _words("nol bir ikki uch toʻrt besh olti yetti sakkiz toʻqqiz"),
    "words Kyrgyz": _words("нөл бир эки үч төрт беш алты жети сегиз тогуз"),
    "words, Latin Russian": _words("nol' odin dva tri chetyre pyat' shest' sem' vosem' devyat'"),
    "words, letters between": _words(" ".join(" ".join(word).replace(" ", ".") for word in RU.split())),
    "pictures of dice": lambda digits: " ".join(f"{digit}🎲" for digit in digits),
}
SEPARATORS = {
    "nothing": "", "space": " ", "two spaces": "  ", "no-break": "\u00a0", "thin": "\u2009", "ideographic": "\u3000",
    "tab": "\t", "line": "\n", "empty line": "\n\n", "hyphen": "-", "spaced hyphen": " - ", "dash": "—",
    "figure dash": "‒", "stop": ".", "middle dot": "·", "bullet": " • ", "comma": ", ", "stroke": "/",
    "back stroke": "\\", "bar": " | ", "colon": ":", "semicolon": "; ", "star": "*", "line below": "_", "tilde": "~",
    "plus": "+", "equals": "=", "brackets": ")(", "square": "][", "braces": "}{", "sharp": "><", "quotes": '" "',
    "guillemets": "» «", "apostrophe": "'", "ellipsis": "…", "stops": "...", "arrow": "→", "picture": "📞",
    "hearts": " ❤️ ", "hash": "#", "at": "@", "caret": "^", "per cent": "%", "ampersand": "&", "dollar": "$",
    "a letter": "x", "a Russian letter": " т ", "break": "<br>", "break of XML": "<br/>", "minus": " минус ",
    "dash said": " тире ", "space said": " пробел ", "and": " и ", "and, Kazakh": " және ", "then": " потом ",
    "then, Kazakh": " содан соң ", "further": " дальше ", "stop said": " точка ", "zero width": "\u200b",
    "vertical": "⏐", "division": " ÷ ", "long space": " " * 12,
}  # fmt: skip
GROUPS = {"3-3-2-2": (3, 3, 2, 2), "3-7": (3, 7), "2-2-2-2-2": (2, 2, 2, 2, 2), "3-3-4": (3, 3, 4), "one": (1,) * 10}
PREFIXES = {
    "8": "8", "+7": "+7", "7": "7", "none": "", "00": "007", "bracket": "+7 (", "eight with a bracket": "8(",
    "labelled": "тел.: ", "WhatsApp": "ватсап ", "Kazakh label": "нөмірім ", "word": "плюс семь ", "words": "восемь ",
    "glued": "тел8", "Kazakh words": "қосу жеті ", "sign": "📱", "link": "tel:+7", "WhatsApp link": "wa.me/7",
}  # fmt: skip
COUNTRIES = {
    "Kyrgyzstan": ("+996", (3, 3, 3)), "Uzbekistan": ("+998", (2, 3, 2, 2)), "Tajikistan": ("+992", (2, 3, 4)),
    "Turkmenistan": ("+993", (2, 6)), "China": ("+86", (3, 4, 4)), "Mongolia": ("+976", (4, 4)),
    "Almaty": ("8 (727", (3, 2, 2)), "Astana": ("7172", (2, 2, 2)), "Turkey": ("+90", (3, 3, 2, 2)),
    "Germany": ("0049", (3, 8)), "seven": ("", (3, 2, 2)), "six after a label": ("тел. ", (2, 2, 2)),
}  # fmt: skip
IDENTITY = {
    "two": (6, 6), "three": (6, 2, 4), "four": (3, 3, 3, 3), "six": (2,) * 6, "each": (1,) * 12, "whole": (12,),
    "date first": (2, 2, 2, 6),
}  # fmt: skip


def _cut(digits: str, groups: tuple[int, ...]) -> list[str]:
    parts = []
    for size in groups:
        parts, digits = [*parts, digits[:size]], digits[size:]
    return parts


def _number(digits: str, groups: tuple[int, ...], encoding: str, mark: str, prefix: str, name: str) -> Form:
    parts = [ENCODINGS[encoding](part) for part in _cut(digits, groups)]
    sizes = [len(part) for part in _cut(digits, groups)]
    return Form(prefix + mark.join(parts), tuple(zip(parts, sizes)), name)


def numbers(chance: random.Random) -> Iterator[Form]:
    """Yield telephone and identity numbers: each encoding, separator, group, prefix and country at least once."""

    def some(count: int, first: str = "") -> str:
        return first + "".join(chance.choice("0123456789") for _ in range(count - len(first)))

    for encoding in ENCODINGS:
        mark = "" if encoding in ("words glued", "words glued, Kazakh") else " "
        yield _number(some(10, "70"), GROUPS["3-7"], encoding, mark, ENCODINGS[encoding]("8") + mark, encoding)
        yield _number(some(12, "98"), IDENTITY["two"], encoding, mark, "", f"identity number, {encoding}")
        yield _number(some(10, "77"), (10,), encoding, "", "", f"{encoding}, without a prefix")
    for name, mark in SEPARATORS.items():
        for groups in ("3-3-2-2", "one"):
            yield _number(some(10, "70"), GROUPS[groups], "plain", mark, f"8{mark}", f"{name} between, {groups}")
        yield _number(some(12, "98"), IDENTITY["four"], "plain", mark, "", f"identity number, {name} between")
    for name, prefix in PREFIXES.items():
        for groups in GROUPS:
            yield _number(some(10, "74"), GROUPS[groups], "plain", "-", prefix, f"after {name}, {groups}")
    for name, (prefix, groups) in COUNTRIES.items():
        for mark in ("", " ", "-"):
            if mark or sum(groups) > 6:
                yield _number(
                    some(sum(groups), "5"), groups, "plain", mark, prefix + mark.strip("-"), f"{name}, {mark!r}"
                )
    for name, groups in IDENTITY.items():
        for label in ("ИИН ", "ЖСН:", "№", ""):
            yield _number(some(12, "05"), groups, "plain", " ", label, f"identity number {name}, {label!r}")


AT = {
    "sign": "@", "spaced": " @ ", "wide": "＠", "small": "﹫", "entity": "&#64;", "entity named": "&commat;",
    "in an address": "%40", "code": "\\u0040", "bracket": "(at)", "square": "[at]", "brace": "{at}", "sharp": "<at>",
    "sign in brackets": "(@)", "sign in square": "[@]", "dog": " собака ", "dog short": " собачка ",
    "dog in brackets": "(собака)", "dog square": "[собака]", "dog, Kazakh": " ит ",
    "dog, Kazakh suffix": " ит белгісі ",
    "word": " at ", "Russian word": " эт ", "Russian word ат": " ат ", "capitals": " AT ", "hyphens": "-at-",
    "lines": "_at_", "stars": "*at*", "picture": "🐕", "picture spaced": " 🐶 ", "ringed": "ⓐ",
    "zero width": "\u200b@\u200b",
    "no sign": " ", "comma": " , ", "bracketed Russian": "(эт)", "Kazakh": " айқұлақ ",
}  # fmt: skip
DOTS = {
    "sign": ".", "spaced": " . ", "bracket": "(dot)", "square": "[.]", "word": " dot ", "said": " точка ",
    "said in Kazakh": " нүкте ", "said in brackets": "(точка)", "wide": "．", "ideographic": "。", "middle": "·",
    "comma": ",", "nothing": " ", "entity": "&period;", "hyphens": "-dot-", "one dot leader": "․",
}  # fmt: skip
LINKS = {
    "no scheme": "instagram.com/{}", "www": "www.site.kz/{}", "telegram": "t.me/{}", "telegram joined": "t.me/+{}",
    "telegram of old": "telegram.me/{}", "telegram long": "telegram.dog/{}", "telegram spaced": "t. me/{}",
    "telegram said": "t точка me слэш {}", "telegram Kazakh": "t нүкте me / {}", "telegram Cyrillic": "т.ме/{}",
    "telegram comma": "t,me/{}", "telegram back": "t.me\\{}", "telegram app": "tg://resolve?domain={}",
    "vk": "vk.com/{}",
    "vk Cyrillic": "вк.ком/{}", "vk said": "вк ком слэш {}", "vk short": "vk.cc/{}", "mobile": "m.vk.com/{}",
    "ok": "ok.ru/profile/{}", "tiktok": "tiktok.com/@{}", "tiktok short": "vt.tiktok.com/{}", "you": "youtu.be/{}",
    "fb": "fb.com/{}", "fb me": "m.me/{}", "insta said": "инстаграм точка ком слэш {}",
    "stop in brackets": "vk[.]com/{}",
    "hxxp": "hxxp://vk[.]com/{}", "scheme spaced": "https : / / vk.com / {}", "scheme broken": "https//vk.com/{}",
    "scheme missing": "://vk.com/{}", "wide": "ｖｋ．ｃｏｍ/{}", "upper": "VK.COM/{}",
    "zero width": "vk\u200b.\u200bcom/{}",
    "coded": "https%3A%2F%2Fvk.com%2F{}", "entity": "https:&#47;&#47;vk.com&#47;{}",
    "punycode": "xn--80ak6aa92e.com/{}",
    "Markdown": "[сюда](https://vk.com/{})",
    "page": '<a href="https://vk.com/{}">сюда</a>', "number": "http://192.168.1.1/{}",
    "docs": "docs.google.com/forms/d/{}", "forms": "forms.gle/{}", "link in bio": "linktr.ee/{}",
    "taplink": "taplink.cc/{}",
    "2gis": "2gis.kz/almaty/firm/{}", "kaspi": "kaspi.kz/pay/{}", "zoom": "us02web.zoom.us/j/{}", "own site": "{}.kz",
    "own site, Kazakh": "{}.қаз", "own site said": "{} точка кз", "file": "file:///home/{}", "mailto": "mailto:{}",
    "line broken": "instagram.com/\n{}", "query": "?startapp={}", "whatsapp": "chat.whatsapp.com/{}",
    "viber": "viber://chat?number={}",
}  # fmt: skip
HANDLES = {
    "sign": "@{}", "wide": "＠{}", "small": "﹫{}", "entity": "&#64;{}", "spaced": "@ {}", "square": "[@{}]",
    "comma": ",@{},", "no-break": "@\u00a0{}", "zero width": "@\u200b{}", "quoted": '"@{}"', "stop": "@{}.",
    "two signs": "@@{}", "look-alike а": "@а{}", "look-alike о": "@{}о", "Greek": "@α{}", "math": "@𝐚{}",
    "diacritics": "@é{}", "insta": "инста {}", "inst colon": "инст: {}", "insta dash": "инстаграм — {}",
    "insta mine": "мой инст {}", "insta Kazakh": "инстаграмым {}", "insta Kazakh two": "инста парақшам {}",
    "insta account": "аккаунт в инстаграм {}", "instagram Latin": "instagram: {}", "insta lines": "инста\n{}",
    "insta brackets": "инста ({})", "insta stroke": "инста/{}", "insta equals": "инста={}", "insta arrow": "инста → {}",
    "insta Kazakh case": "инстаграмда {}", "tg": "тг {}", "tg dash": "тг-{}", "tg colon": "tg: {}",
    "telegram": "телеграм {}",
    "telegram two m": "телеграмм {}", "telega": "в телеге {}", "telegram case": "в телеграме {}",
    "write to": "пишите в тг {}", "tg Kazakh": "телеграмға жазыңыз {}", "vk": "вк {}", "vk Latin": "vk: {}",
    "vkontakte": "вконтакте {}", "vkontakte Latin": "vkontakte {}", "vk mention": "[id123456|{}]",
    "vk club": "[club1|{}]",
    "vk star": "*id123456 ({})", "nick": "ник {}", "my nick": "мой никнейм {}", "login": "логин: {}",
    "whatsapp": "whatsapp {}",
    "threads": "threads: {}", "tiktok": "тикток {}", "tiktok Kazakh": "тиктокта {}", "youtube": "ютуб {}",
    "youtube channel": "youtube канал {}", "facebook": "фейсбук {}", "odnoklassniki": "одноклассники {}",
    "mail.ru": "мой мир {}",
    "discord": "{}#1234", "skype": "скайп live:{}", "reddit": "u/{}", "signature": "© {}", "camera": "📸 {}",
    "hand": "👉 {}",
    "plane": "✈️ {}", "stroke in it": "{}_kz", "dots in it": "{}.official", "stroke first": "_{}", "digits": "{}77",
    "via": "via @{}", "from": "от @{} через", "photo": "фото: @{}",
    "json": '{{"username": "{}"}}', "xml": "<user>{}</user>",
    "hyphened": "@{}-ке", "apostrophe": "@{}'ке", "my page": "моя страница {}", "my page, Kazakh": "парақшам: {}",
    "handle said": "собака {}", "profile": "профиль {}", "direct": "в директ {}", "email word": "почта {} на мейле",
    "imo": "имо: {}", "viber": "вайбер {}", "kaspi": "каспи {}", "gmail bare": "{} gmail com",
    "mail Cyrillic": "{} собака мейл ру",
}  # fmt: skip


def names(chance: random.Random) -> Iterator[Form]:
    """Yield addresses, links and handles in each form; the core is a Latin word nobody writes."""

    def core() -> str:
        return "zq" + "".join(chance.choice("bcdfghjklmnpqrstvwxz") for _ in range(7))

    def made(template: str, name: str) -> Form:
        word = core()
        return Form(template.format(word), ((word, len(word)),), name)

    for name, mark in AT.items():
        plain = mark.replace("{", "{{").replace("}", "}}")
        yield made(f"{{}}{plain}gmail.com", f"mail, {name}")
        yield made(f"{{}}{plain}mail.ru", f"mail.ru, {name}")
        if name not in ("no sign", "comma", "picture", "picture spaced", "ringed"):
            yield made(f"info{plain}{{}}.kz", f"mail of a domain, {name}")
    for name, mark in DOTS.items():
        yield made(f"{{}}@gmail{mark}com", f"mail, dot {name}")
        yield made(f"{{}} собака яндекс{mark}ру", f"mail said, dot {name}")
    for name, template in LINKS.items():
        yield made(template, f"link, {name}")
    for name, template in HANDLES.items():
        yield made(template, f"handle, {name}")


def every_form(seed: int = 11) -> list[Form]:
    """Return one identifier of every form."""
    chance = random.Random(seed)
    return [*numbers(chance), *names(chance)]


CODES = re.compile(r"\\u\{?([0-9a-fA-F]{2,6})\}?|\\x([0-9a-fA-F]{2})")
UNSEEN = {"Cf", "Mn", "Me", "Cc"}


def read(text: str, is_quoted: bool = False) -> str:
    """Return a text as a patient reader takes it: codes as letters, digits of any script as digits, marks away."""
    text = html.unescape(html.unescape(text))
    text = urllib.parse.unquote(text) if is_quoted else text
    text = CODES.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    text = unicodedata.normalize("NFKC", re.sub(r"</?[a-z]+/?>|\*\*", "", text))
    parts = (str(int(unicodedata.numeric(char))) if _is_digit(char) else char for char in text)
    return "".join(char for char in parts if char in "\n\t" or unicodedata.category(char) not in UNSEEN).casefold()


def _is_digit(char: str) -> bool:
    return unicodedata.numeric(char, -1) in range(10) and not char.isascii()


def left(masked: str, form: Form) -> int:
    """Return how many signs of an identifier a masked text still has, in their order."""
    bare = re.sub("⟨[^⟩]*⟩", " ", masked)
    return max(_in_order(bare, form, is_quoted) for is_quoted in (False, True))


def _in_order(text: str, form: Form, is_quoted: bool) -> int:
    rest, count = read(text, is_quoted), 0
    for piece, worth in form.pieces:
        wanted = read(piece, is_quoted)
        place = rest.find(wanted)
        if place >= 0:
            count, rest = count + worth, rest[place + len(wanted) :]
    return count


def is_betrayed(masked: str, form: Form) -> bool:
    """Return whether enough is left to find a person: five digits, or the whole name."""
    enough = len(form.pieces[0][0]) if form.pieces[0][0].startswith("zq") else 5
    return left(masked, form) >= enough
