"""Identifiers in a text are masked before anything else reads it.

The study anonymised individuals and kept the public handles of organisations (Ethical Considerations, p. 10-11); how
is not printed, so the forms are ours. Masking errs towards masking: a long sum of money goes as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection

from evidence.listening.rules import Parameter, Rule

LEAST_DIGITS = Parameter(
    "least_digits", 7, "ours", "the shortest telephone number with a prefix", "Digits in a run that is masked"
)
MASKS = Rule(
    "masks",
    "Identifiers in texts",
    "Links, e-mail addresses, mentions, account numbers and every run of at least {least_digits} digits are masked, "
    "however they are spaced or spelled; names of persons are not found, so no text of a post is shown anywhere",
    "document",
    "Ethical Considerations, p. 10-11 (that individuals are anonymised; the forms are ours)",
    (LEAST_DIGITS,),
)

LINK, MAIL, MENTION, PHONE, IDENTITY, ACCOUNT, NUMBER = (
    f"⟨{name}⟩" for name in ("link", "mail", "mention", "phone", "id", "account", "number")
)
KINDS = (LINK, MAIL, MENTION, PHONE, IDENTITY, ACCOUNT, NUMBER)

# Letters that stand for digits in numbers that are meant to pass filters: Cyrillic and Latin look-alikes.
LOOK_ALIKES = str.maketrans("ОоOoЗзЭэlIіІ|бЧчSsВвB", "0000333311111644558" + "88")
INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\u20e3]"
)
DASHES = re.compile("[\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d]")

ENDINGS = (
    "com|net|org|info|biz|edu|gov|kz|ru|рф|қаз|by|ua|kg|uz|su|me|io|co|tv|app|dev|site|online|shop|link|ly|gl|cc|to|be"
    "|ai|eu|de|uk|us|fm|pro|club|live|store|xyz|mobi|name"
)
DOT = r"(?:\s*[.。．]\s*|\s*[(\[]\s*(?:dot|точка|нүкте)\s*[)\]]\s*|\s+(?:dot|точка|нүкте)\s+)"
AT = r"(?:\s*@\s*|\s*[(\[]\s*(?:at|собака|dog)\s*[)\]]\s*|\s+(?:собака|собачка)\s+)"
# A word is tried from its beginning only: otherwise a long one without spaces would take minutes.
FIRST, HOST = r"(?<![\w.+-])", r"(?<![\w@-])(?<!\w\.)"
PLAIN_MAILS = re.compile(rf"{FIRST}[\w.+-]+@[\w-]+(?:\.[\w-]+)*")
MAILS = re.compile(rf"{FIRST}[\w.+-]{{2,}}{AT}[\w-]+(?:{DOT}[\w-]+)*{DOT}(?:{ENDINGS})\b", re.I)
LINKS = re.compile(
    rf"{FIRST}[a-zа-я][\w+.-]*\s?:\s?//\S+"
    rf"|\bwww\.\S+"
    rf"|\b(?:t|wa|vk|fb|ok|inst)\s*[.]\s*(?:me|com|cc|ru)\s*/\s*\S+"
    rf"|{HOST}[\w-]+(?:\.[\w-]+)*\.(?:{ENDINGS})\b(?:[:/?#]\S*)?"
    rf"|{HOST}[\w-]+(?:\.[\w-]+)+/\S+"
    rf"|(?<![\w-])[\w-]+\s*[(\[]\s*(?:dot|точка|нүкте)\s*[)\]]\s*(?:{ENDINGS})\b(?:\s*/\s*\S+)?",
    re.I,
)
BRACKETED = re.compile(r"\[(?:id|club|public)\d+\s*\|[^\]]*\]", re.I)  # how VK writes a mention
MENTIONS = re.compile(r"(?<!\w)@\s?(?P<handle>\w(?:[\w.]*\w)?(?:-[a-z0-9_.]+)*)", re.I)
ADDRESS = re.compile(r"@|\b(?:at|dog)\b|собак|собач", re.I)  # without one of these there is no address
LINK_SIGN = re.compile(r"[./]|dot|точка|нүкте", re.I)
NETWORKS = (
    r"instagram|инстаграм\w*|инста\w*|insta|тг|tg|телеграм\w*|telegram|вк|vk|whatsapp|ватсап\w*|вотсап\w*|ник\w{0,2}"
    r"|nickname|tiktok|тикток\w*|facebook|фейсбук\w*|аккаунт\w*|account|парақша\w*"
)
LABELLED = re.compile(
    rf"\b(?P<label>{NETWORKS})(?P<gap>\s*[:=\-–—]\s*|\s+)(?P<handle>(?=[\w.]*[a-z])[a-z0-9][\w.]{{2,}})", re.I
)
ACCOUNTS = re.compile(r"\bKZ\s?\d{2}(?:\s?[A-Z0-9]){16}\b", re.I)
PLATES = re.compile(r"\b\d{3}\s?[A-ZА-Я]{2,3}\s?\d{2}\b")
DATES = re.compile(
    r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}-\d{1,2}-\d{1,2}|(?:19|20)\d{2}\s?-\s?(?:19|20)\d{2})(?![\d./-])"
)
BEFORE = re.compile(r"\d[\s()-]{1,3}$")
DIGITS = re.compile(r"\d")
OTHER_DIGITS = re.compile(r"[^\D0-9]")  # Arabic and others
TOKEN = r"(?:[\dОоOoЗзЭэlIіІ|бЧчSsВвB]+)"
RUNS = re.compile(rf"(?:(?<!\w)[+(]*\s*|(?<!\d)(?=\d)){TOKEN}(?:[\W_]{{0,6}}{TOKEN}(?![^\W\dОоOoЗзЭэlIіІбЧчSsВвB_]))*")
LOCAL = re.compile(r"(?<!\d)\d{2,3}\s?-\s?\d{2}\s?-\s?\d{2}(?!\d)")
UNITS = (
    "ноль один одна два две три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать "
    "четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать двадцать тридцать сорок пятьдесят "
    "шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот шестьсот семьсот восемьсот "
    "девятьсот нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен тоқсан жүз"
).split()
LEAST_PARTS, LEAST_WORDS = 4, 2  # parts of a number, and words among them, from which it may be a telephone's
PART = rf"(?:\d+|(?:{'|'.join(UNITS)})\b)"
SPELLED = re.compile(rf"(?<!\w)(?:(?:плюс|қосу)\s+)?{PART}(?:[\W_]{{1,4}}{PART}){{{LEAST_PARTS - 1},}}", re.I)
IN_WORDS = re.compile(rf"\b(?:{'|'.join(UNITS)})\b", re.I)
BARE = re.compile(r"(?<![\w#@.])(?P<handle>(?=[a-z0-9_.]*[a-z])[a-z0-9][a-z0-9.]*_[a-z0-9_.]*\w)", re.I)  # a_handle


def folded(text: str) -> str:
    """Return a text without what hides an identifier: full width, invisible characters, digits of other scripts."""
    plain = DASHES.sub("-", INVISIBLE.sub("", unicodedata.normalize("NFKC", text)))
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

    ``organisations`` are handles (lower case, without ``@``) that stay. Dates stay; any other run of at least
    ``least_digits`` digits goes, with spaces, brackets or look-alike letters in it.
    """
    plain = folded(text)
    plain = BRACKETED.sub(MENTION, plain)
    if ADDRESS.search(plain):
        plain = PLAIN_MAILS.sub(MAIL, MAILS.sub(MAIL, plain))
    if LINK_SIGN.search(plain):
        plain = LINKS.sub(LINK, plain)
    if "@" in plain:
        plain = MENTIONS.sub(_kept(organisations, MENTION), plain)
    if DIGITS.search(plain):
        plain = _numbers(ACCOUNTS.sub(ACCOUNT, plain), least_digits)
    plain = LABELLED.sub(_labelled(organisations), plain)
    if "_" in plain:
        plain = BARE.sub(_kept(organisations, MENTION), plain)
    return SPELLED.sub(_spelled, plain)


def _spelled(found: re.Match) -> str:
    """Return the mask of a number with words in it: the number itself where they are few."""
    return NUMBER if len(IN_WORDS.findall(found.group())) >= LEAST_WORDS else found.group()


def _labelled(organisations: Collection[str]) -> Callable[[re.Match], str]:
    """Return the mask of a handle after the name of a network; without a colon it needs a digit, a dot or a stroke."""
    kept = _kept(organisations, MENTION)

    def masked(found: re.Match) -> str:
        is_a_word = found["gap"].isspace() and not re.search(r"[\d_.]", found["handle"].rstrip("."))
        return found.group() if is_a_word else kept(found)

    return masked


def _numbers(text: str, least: int) -> str:
    """Return a text without long numbers; dates are stepped over, unless digits before them make one number of both."""
    parts, end = [], 0
    for date in DATES.finditer(text):
        if BEFORE.search(text[end : date.start()]):
            continue
        parts += [_long(text[end : date.start()], least), date.group()]
        end = date.end()
    return "".join([*parts, _long(text[end:], least)])


def _long(text: str, least: int) -> str:
    return PLATES.sub(NUMBER, LOCAL.sub(PHONE, RUNS.sub(_run(least), text)))
