"""Identifiers in a text are masked before anything else reads it.

The study anonymised individuals and kept the public handles of organisations (Ethical Considerations, p. 10-11); how
is not printed, so the forms are ours. Masking errs towards masking; quantities that are
told by their form stay (:mod:`evidence.listening.quantities`).
"""

from __future__ import annotations

import html
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Collection

from evidence.listening.quantities import kept
from evidence.listening.rules import Parameter, Rule
from evidence.listening.spelled import SAID_GAP, joined, without_spelled

LEAST_DIGITS = Parameter(
    "least_digits", 7, "ours", "the shortest telephone number with a prefix", "Digits in a run that is masked"
)
MASKS = Rule(
    "masks",
    "Identifiers in texts",
    "Links, e-mail addresses, mentions, accounts, number plates and every run of at least {least_digits} digits are "
    "masked, however they are spaced or spelled, and so is a Latin word that ends in digits, as handles do; dates, "
    "times, money and counts stay where their form tells them; names of persons, streets and houses are not found, "
    "so no text of a post is shown anywhere",
    "document",
    "Ethical Considerations, p. 10-11 (that individuals are anonymised; the forms are ours)",
    (LEAST_DIGITS,),
)

LINK, MAIL, MENTION, PHONE, IDENTITY, ACCOUNT, NUMBER = (
    f"⟨{name}⟩" for name in ("link", "mail", "mention", "phone", "id", "account", "number")
)
KINDS = (LINK, MAIL, MENTION, PHONE, IDENTITY, ACCOUNT, NUMBER)

# Letters that stand for digits in numbers that are meant to pass filters: Cyrillic and Latin look-alikes.
ALIKE = {
    "0": "ОоOoΟοθΘӨө",
    "1": "lIіІ|",
    "2": "Zz",
    "3": "ЗзЭэ",
    "4": "Чч",
    "5": "Ss",
    "6": "бG",
    "7": "ТT",
    "8": "ВB",
    "9": "g",
}
LOOK_ALIKES = str.maketrans({letter: digit for digit, letters in ALIKE.items() for letter in letters})
LOOK_ALIKE = "".join(ALIKE.values())
INVISIBLE = re.compile(
    "[\u00ad\u0332-\u0338\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3\U000e0000-\U000e007f]"
)
DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")

TAGS = re.compile(r"</?(?:(p|br|div|li|tr|td)|a|b|i|u|s|em|img|span|font|code|strong)(?:\s[^<>]{0,300})?/?>", re.I)
ESCAPED = re.compile(r"%(?:20|2[bBfF]|3[aAdDfF]|40)")
CODED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{2,5})\}|x([0-9a-fA-F]{2}))")
RINGED = re.compile("[\u24eb-\u24ff\u2776-\u2793\U0001f10b\U0001f10c〇一二三四五六七八九零壹贰叁肆伍陆柒捌玖]")

ENDINGS = (
    "com|net|org|info|biz|edu|gov|kz|ru|рф|қаз|by|ua|kg|uz|su|me|io|co|tv|app|dev|site|online|shop|link|ly|gl|cc|to|be"
    "|ai|eu|de|uk|us|fm|pro|club|live|store|xyz|mobi|name"
)
SAID_ENDINGS = f"{ENDINGS}|ру|кз|ком|нет|орг|инфо"
PROVIDERS = (
    "gmail|mail|yandex|ya|bk|list|inbox|outlook|hotmail|icloud|yahoo|rambler|proton"
    "|джимейл|гмейл|гмаил|жмаил|мейл|маил|мэйл|яндекс|рамблер|аутлук"
)
SAID_DOT = r"(?:dot|точка|нүкте)"
DOT = rf"(?:\s*[.。．]\s*|\s*[(\[{{<]\s*(?:{SAID_DOT}|[.,])\s*[)\]}}>]\s*|\s+{SAID_DOT}\s+)"
AT = (
    r"(?:\s*@\s*|\s*[-_]?[(\[{<]\s*(?:at|эт|ат|собака|собачка|dog|@)\s*[)\]}>]\s*|[*_~|]{1,2}(?:at|эт|ат|собака|собачка)[*_~|]{1,2}"
    r"|\s+(?:собака|собачка|at|эт|ат)\s+|AT\s)"
)
# what people put for the sign, or nothing, between a Latin name and the domain of a provider
NEAR_AT = r"\s*(?:[^\w\s@]{1,4}|[(\[{<]?[^\W\d_]{2,7}[)\]}>]?(?:\s[^\W\d_]{3,7})?)?\s+|[^\w\s@.,:;/]{1,4}"
# A word is tried from its beginning only: otherwise a long one without spaces would take minutes.
FIRST, HOST = r"(?<![\w.+-])", r"(?<![\w@-])(?<!\w\.)"
PLAIN_MAILS = re.compile(rf"{FIRST}(?:[\w.+-]+|[\"«'][\w.+-]+[\"»'])@[\w-]+(?:\.[\w-]+)*")
MAILS = re.compile(
    rf"{FIRST}[\w.+-]{{2,}}?{AT}[\w-]+(?:{DOT}[\w-]+)*{DOT}(?:{SAID_ENDINGS})\b"
    rf"|{FIRST}[\w.+-]{{2,}}{AT}(?:{PROVIDERS})\b(?:(?:{DOT}|\s+)(?:{SAID_ENDINGS})\b)?"
    rf"|{FIRST}[\w.+-]{{2,}}[*#&%$!]{{1,2}}(?:{PROVIDERS})\.(?:{ENDINGS})\b"
    rf"|{FIRST}[a-z0-9][a-z0-9._-]{{2,}}(?:{NEAR_AT})(?:{PROVIDERS})(?:\.|\s+)(?:{ENDINGS})\b",
    re.I,
)
STROKE = r"(?:\s*[/\\]\s*|\s+(?:сл[эе]ш|slash|дробь)\s+)"
LINKS = re.compile(
    rf"{FIRST}[a-zа-я][\w+.-]*\s?:\s?//\S+"
    rf"|\bwww\.\S+"
    rf"|\b(?:t|wa|vk|fb|ok|inst)(?:{DOT}|\s*[.,]\s*|\s+)(?:me|com|cc|ru){STROKE}\S+"
    rf"|(?<![\w/])(?:/?u|vk|fb|ig|insta|instagram|tg|tiktok)/\s?[\w.]{{3,}}"
    rf"|{HOST}[\w-]+(?:\.[\w-]+)*\.(?:{ENDINGS})\b(?:[:/?#\\]\S*(?:(?<=/)\n[a-z0-9][\w.]{{2,}})?)?"
    rf"|{HOST}[\w-]+(?:\.[\w-]+)+/\S+"
    rf"|{HOST}[a-z0-9-]{{2,}}(?:\.[a-z0-9-]+)*\.[a-z][a-z0-9-]+\b"
    rf"|{HOST}[\w-]{{2,}}\s+[.]\s+(?:com|net|org|kz|ru|рф|қаз)\b(?:\s*/\s*\S+)?"
    r"|[?&][a-z_]+=[\w.-]+"
    rf"|(?<![\w-])[\w-]+(?:\s*[(\[{{<]\s*(?:{SAID_DOT}|[.,])\s*[)\]}}>]\s*|\s+{SAID_DOT}\s+)"
    rf"(?:{SAID_ENDINGS})\b(?:{STROKE}\S+)?"
    r"|(?<!\w)(?:сл[эе]ш|slash|дробь)\s+[a-z0-9][\w.]{2,}",
    re.I,
)
BRACKETED = re.compile(  # how VK writes a mention
    r"\[(?:id|club|public)\d+\s*\|[^\]]*\]|[@*](?:id|club|public)\d+(?:\s*\([^)]{0,80}\))?", re.I
)
MENTIONS = re.compile(r"(?<!\w)@\s{0,3}[(\[{<«\"]?(?P<handle>\w(?:[\w.]*\w)?(?:-[a-z0-9_.]+)*)[)\]}>»\"]?", re.I)
# Without one of these, in lower case, there is no address or link. Each begins with a letter or sign of its own: fast.
ADDRESS = re.compile(
    rf"mail\s|yandex\s|\.(?:{ENDINGS})\b|@|at\b|at[)\]}}>]|dog\b|собак|собач|эт\b|\sат\s|\*\w|#\w|&\w|%\w|\$\w|!\w"
)
LINK_SIGN = re.compile(r"\.\S|слэш|слеш|slash|дробь|=|/| \.|\n\.|www|\([.,]|\[[.,]|\{[.,]|<[.,]|t[ ,]|dot|точка|нүкте")
NETWORKS = (
    r"instagram|инст\w*|insta|inst|ig|тг|tg|телеграм\w*|телег\w{0,3}|telegram|вк|vk|вконтакте|vkontakte|фб|fb|whatsapp|ватсап\w*"
    r"|вотсап\w*|вацап\w*|ник\w{0,2}|никнейм\w*|nickname|nick|tiktok|тикток\w*|тт|tt|facebook|фейсбук\w*|threads|аккаунт\w*|account"
    r"|парақша\w*|канал\w*|страниц\w*|профил\w*|юзер\w*|username|user|логин\w*|login|скайп\w*|skype|viber|вайбер\w*|zoom"
    r"|зум\w*|discord|дискорд\w*|steam|jabber|dm|директ(?!ор|рис)\w*|снап\w*|snap|snapchat|имо|imo|лс|личк\w*|ютуб\w*|ютюб\w*|почт\w*|пошта\w*|e-?mail|мейл\w*|парол\w*|password"
    r"|mailto|wechat|вичат\w*|likee|лайки"
)
MINE = r"(?:мо[яйюе]|моей|моём|моем|менің)\s+"
ASKED = r"id|айди|жаз\w*|пиш\w*|напиш\w*|найд\w*|мен|мо[йяюе]|под|ником|это"  # between a network and a handle
CYRILLIC_NETWORK = re.compile(
    r"(?:инст|тг|телег|вк|фб|фейсб|в[ао]тс|вац|тик|ют[уюь]б|скайп|вайб|дир|снап|имо|лс|личк|лог|ник(?:нейм\w*|у|ом|е)?\b|парол|парақшам|вич"
    r"|диск|wechat|likee|vkontakte|мо[яйюе]|менің)",
    re.I,
)  # a Latin word after it is a handle
LABELLED = re.compile(
    rf"\b(?P<label>(?:{MINE})?(?:{NETWORKS})(?:\s+(?:{NETWORKS}|{ASKED})){{0,2}})"
    r"(?P<gap>[\"'»]?\s*[:=(→➡>/-]{1,2}\s*[\"'«]?|\s+[\"'«]?)(?:live:)?"
    rf"(?P<handle>(?!(?:{NETWORKS})\b)(?=[\w.]*[a-z])[a-z0-9][\w.]{{2,}})",
    re.I,
)
PICTURED = re.compile(  # a handle after a picture of a camera, a plane, a telephone, a letter or a hand
    r"(?P<label>[📷📸🎥✈📲📱📩✉💬👉➡]\s*:?)(?P<gap>\s*)(?P<handle>[a-z0-9][a-z0-9_.]{2,})", re.I
)
TAGGED = re.compile(r"(?<![\w#])[\w.]{2,32}#\d{4}\b")  # name#1234
ACCOUNTS = re.compile(r"\b(?:KZ|КЗ)[\s-]?\d{2}(?:[\s-]?[A-Z0-9]){16}\b", re.I)
PLATES = re.compile(r"\b\d{3}\s?[A-ZА-Я](?:\s?[A-ZА-Я]){1,2}\s?\d\s?\d\b")
OLD_PLATES = re.compile(r"\b[A-Z]\s?\d{3}\s?[A-Z]{2,3}\b")
DIGITS = re.compile(r"\d")
SOME_DIGITS = re.compile(r"(?:\d\D*){4}")  # with fewer there is no number that is masked
LATIN = re.compile("[a-zA-Z]")
WORD = re.compile(r"[^\W_]+")
OTHER_DIGITS = re.compile(r"[^\D0-9]")  # Arabic and others
TOKEN = rf"(?:[\d{LOOK_ALIKE}]+)"
GAP = rf"(?:[\W_]{{0,3}}(?:{SAID_GAP})[\W_]{{0,3}}|[\W_]{{0,6}}|\s{{7,80}}+)"  # between digits of one number
# A further part of a number is no beginning of a word: of letters only as a whole, with digits up to the last of them.
PARTS = rf"(?:(?!(?:so|go|zoo)\b){TOKEN}(?![^\W_])|[\d{LOOK_ALIKE}]*\d)"
RUNS = re.compile(rf"(?:(?<!\w)[+(]*\s*|(?<!\d)(?=\d)){TOKEN}(?:{GAP}{PARTS})*")
CONNECTED = re.compile(  # four numbers or more with one and the same word between them
    r"\d{1,4}\s+(?P<word>и|да|т|х|x|және|and|plus|ещё|еще|тағы|соң|содан соң|запятая|үтір)\s+\d{1,4}"
    r"(?:\s+(?P=word)\s+\d{1,4}){2,}"
)
MIXED = re.compile(r"(?<![\w#])(?=(?:[^\W\d_]*\d){5})\w{6,}")  # a word with many digits in it
LOCAL = re.compile(r"(?<!\d)\d{2,3}\s?-\s?\d{2}\s?-\s?\d{2}(?!\d)")
CALLED = re.compile(  # a number without its code, after the word for a telephone
    r"\b(?P<label>(?:тел|моб|сот|звон|нөмір|номер|ватсап|вотсап|whatsapp|хабарлас|байланыс)\w*\W{1,4})(?:\d[\s.-]{0,2}){4,5}\d(?!\d)",
    re.I,
)
IN_NAMES = re.compile(  # of files; twelve digits from 202 on are a time: no identity number begins so
    r"(?<!\d)(?:(?P<phone>(?:\+?[78][\s(_-]*)?7[0-7]\d[\s)_-]*\d{3}[\s_-]*\d\d[\s_-]*\d\d)|(?!202)\d{6}[\s_-]?\d{6})(?!\d)"
)
BARE = re.compile(  # a_handle, _handle, handle_, handle77
    r"(?<![\w#@.])(?P<handle>(?=[a-z0-9_.]*[a-z])(?=[a-z0-9.]*_)[a-z0-9_.]{3,}|(?!covid)[a-z][a-z.]{3,}\d{2,}[a-z0-9]*)",
    re.I,
)


def folded(text: str) -> str:
    """Return a text without what hides an identifier: full width, invisible characters, digits of other scripts."""
    if "&" in text or "<" in text:
        text = TAGS.sub(lambda found: " " if found[1] else "", html.unescape(html.unescape(text)))
    if "%" in text:
        text = ESCAPED.sub(lambda found: urllib.parse.unquote(found.group()), text)
    if "\\u" in text or "\\x" in text:
        text = CODED.sub(lambda found: chr(int(found[1] or found[2] or found[3], 16)), text)
    plain = DASHES.sub("-", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
    plain = RINGED.sub(lambda found: str(int(unicodedata.numeric(found.group()))), plain)
    return OTHER_DIGITS.sub(lambda found: str(unicodedata.decimal(found.group())), plain)


def _run(least: int) -> Callable[[re.Match], str]:
    """Return the mask of a run of digits: the run itself where it is short."""

    def masked(found: re.Match) -> str:
        run = found.group()
        if len(DIGITS.findall(run)) < max(3, least - 3):  # mostly letters: a word
            return run
        digits = "".join(DIGITS.findall(run.translate(LOOK_ALIKES)))
        if len(digits) < least:
            return run
        space = " " if run[0].isspace() else ""
        if len(digits) == 12 and "+" not in run:
            return space + IDENTITY
        is_phone = len(digits) in (10, 11) and digits[0] in "78" or "+" in run
        return space + (PHONE if is_phone else NUMBER)

    return masked


def _kept(organisations: Collection[str], mask: str) -> Callable[[re.Match], str]:
    """Return the mask of a handle; that of an organisation on the list stays."""

    def masked(found: re.Match) -> str:
        handle = found["handle"].casefold().rstrip(".")
        if handle in organisations:
            return found.group()
        return f"{found['label']}{found['gap']}{mask}" if "label" in found.groupdict() else mask

    return masked


def masked(text: str, organisations: Collection[str] = (), least_digits: int = LEAST_DIGITS.default) -> str:
    """Return a text in which identifiers are masked, in NFKC form.

    ``organisations`` are handles (lower case, without ``@``) that stay. Dates and other quantities stay; any
    other run of at least ``least_digits`` digits goes, with spaces, brackets or look-alike letters in it.
    """
    plain = joined(folded(text))
    if "|" in plain or "@" in plain or "*" in plain:
        plain = BRACKETED.sub(MENTION, plain)
    low = plain.lower()
    if ADDRESS.search(low):
        plain = PLAIN_MAILS.sub(MAIL, MAILS.sub(MAIL, plain))
    if LINK_SIGN.search(low):
        plain = LINKS.sub(LINK, plain)
    if "@" in plain:
        plain = MENTIONS.sub(_kept(organisations, MENTION), plain)
    latin = LATIN.search(plain)
    if latin:
        plain = OLD_PLATES.sub(NUMBER, ACCOUNTS.sub(ACCOUNT, plain))
    if SOME_DIGITS.search(plain):
        plain = CONNECTED.sub(_run(least_digits), plain)
        plain = _numbers(plain, least_digits)
    if latin:
        kept = _kept(organisations, MENTION)
        plain = BARE.sub(kept, PICTURED.sub(kept, LABELLED.sub(_labelled(organisations), TAGGED.sub(MENTION, plain))))
    return without_spelled(plain, WORD.findall(low), NUMBER)


def masked_name(name: str) -> str:
    """Return the name of a file without a telephone, identity number, address or mention in it; other numbers stay.

    Names of exports are full of dates and counts, and lower case with strokes: what a text may not hold, they may.
    """
    plain = MENTIONS.sub(MENTION, PLAIN_MAILS.sub(MAIL, folded(name)))
    return IN_NAMES.sub(lambda found: PHONE if found["phone"] else IDENTITY, plain)


def _labelled(organisations: Collection[str]) -> Callable[[re.Match], str]:
    """Return the mask of a handle after the name of a network; without a colon it needs a digit, a dot or a stroke."""
    kept = _kept(organisations, MENTION)

    def masked(found: re.Match) -> str:
        is_named = CYRILLIC_NETWORK.match(found["label"])
        is_a_word = found["gap"].isspace() and not is_named and not re.search(r"[\d_.]", found["handle"].rstrip("."))
        return found.group() if is_a_word else kept(found)

    return masked


def _numbers(text: str, least: int) -> str:
    """Return a text without long numbers; quantities are stepped over."""
    parts, end = [], 0
    for start, after in kept(text):
        parts += [_long(text[end:start], least), text[start:after]]
        end = after
    return "".join([*parts, _long(text[end:], least)])


def _long(text: str, least: int) -> str:
    text = RUNS.sub(_run(least), text)
    if not SOME_DIGITS.search(text):  # what follows looks for numbers of five digits or more
        return text
    text = PLATES.sub(NUMBER, LOCAL.sub(PHONE, MIXED.sub(NUMBER, text)))
    return CALLED.sub(rf"\g<label>{PHONE}", text)
