"""Numbers in words: digits, tens and hundreds in Russian, Kazakh and their neighbours, as they are heard.

People spell them so that filters pass them by, and not always by the dictionary: each letter stands for those that
sound like it. The words are ours.
"""

from __future__ import annotations

import re
from functools import lru_cache

from evidence.listening.letters import one_script

UNITS = (
    "ноль нуль нол нолик один одна адин раз два две дыва три четыре читыре пять пиать шесть семь восемь девять "
    "десять одиннадцать двенадцать тринадцать четырнадцать пятнадцать шестнадцать семнадцать восемнадцать девятнадцать "
    "двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто сто двести триста четыреста пятьсот "
    "шестьсот семьсот восемьсот девятьсот единичка единица двойка тройка четверка пятерка шестерка семерка "
    "восьмерка девятка нөл бір екі үш төрт бес алты жеті сегіз тоғыз он жиырма отыз қырық елу алпыс жетпіс сексен "
    "тоқсан жүз эки үч беш жети тогуз "
    "nol odin dva tri chetyre pyat shest sem vosem devyat bir eki ush üş tort bes alty altı jeti zheti segiz togyz "
    "ikki uch besh olti yetti sakkiz toʻqqiz "
    "zero one two three four five six seven eight nine"
).split()
HEARD = {  # letters that are written for each other
    **dict.fromkeys("оа", "[оа]"), **dict.fromkeys("еэёиы", "[еэёиый]"), "я": "(?:я|иа)", "ь": "ь?", "қ": "[қк]",
    "ғ": "[ғг]", "ө": "[өо]", "ү": "[үуұ]", "і": "[іи]", "ж": "[жд]",
    "o": "[oóö]", "u": "[uúü]", "i": "[iıí]", "ı": "[ıiy]", "y": "[yı]", "g": "[gǵğ]", "a": "[aáä]", "e": "[eé]",
    "ʻ": "[ʻʼ'’`]?",
}  # fmt: skip
KAZAKH_ONLY = frozenset("әғқңөұүһі")
LEAST_PARTS, LEAST_WORDS = 4, 2  # parts of a number, and words among them, from which it may be a telephone's
MOST_COUNTED = 5  # one, two, three, four, five is counting
COUNTED = {
    word: number
    for words in (
        "один два три четыре пять шесть семь восемь девять",
        "бір екі үш төрт бес алты жеті сегіз тоғыз",
        "one two three four five six seven eight nine",
    )
    for number, word in enumerate(words.split(), 1)
} | {"раз": 1}


def heard(word: str) -> str:
    """Return a word as a pattern of all that sounds like it."""
    return "".join(HEARD.get(letter, letter) for letter in word)


WORDS = "|".join(dict.fromkeys(heard(word) for word in sorted(UNITS, key=len, reverse=True)))
WORD, WHOLE = re.compile(WORDS, re.I), re.compile(rf"(?:\d|{WORDS})*(?:{WORDS})", re.I)
SAID_GAP = (
    "тире|дефис|пробел|сызықша|dash|минус|плюс|точка|нүкте|запятая|үтір|сл[эе]ш|потом|затем|дальше|далее|сосын"
    "|содан кейін|содан соң|then"
)  # between parts of a number
PART = rf"(?:\d|{WORDS})+(?![^\W_])"
GAP = rf"[\W_]{{1,4}}(?:(?:{SAID_GAP})[\W_]{{1,4}})?"
SPELLED = re.compile(rf"(?<!\w)(?:(?:плюс|қосу)\s+)?{PART}(?:{GAP}{PART}){{{LEAST_PARTS - 1},}}", re.I)
LEAST_GLUED = 12  # letters of six words
GLUED = re.compile(rf"(?<!\w)(?:{WORDS}){{6,}}", re.I)  # words without spaces
BY_LETTERS = re.compile(r"(?<!\w)[^\W\d_](?:([.·*_])[^\W\d_])(?:\1[^\W\d_])*(?!\w)")  # в.о.с.е.м.ь
LETTER = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=100_000)
def is_unit(word: str) -> bool:
    """Return whether a word in lower case says a number or several, Latin look-alikes among its letters or none."""
    return WHOLE.fullmatch(one_script(word)) is not None


def without_spelled(text: str, words: list[str], mask: str) -> str:
    """Return a text with a mask for each number that has words in it; ``words`` are its words in lower case."""
    if any(map(is_unit, words)):
        text = _without_runs(text, mask)
    if any(len(word) >= LEAST_GLUED and GLUED.match(one_script(word)) for word in words):
        text = GLUED.sub(mask, text)
    return text


def joined(text: str) -> str:
    """Return a text with words that were written letter by letter, where they say numbers, in one piece."""

    def whole(found: re.Match) -> str:
        word = "".join(LETTER.findall(found.group()))
        return word if is_unit(word.lower()) else found.group()

    return BY_LETTERS.sub(whole, text)


def _without_runs(text: str, mask: str) -> str:
    alike = re.sub(r"[^\W_]+", lambda found: one_script(found.group().lower()), text)
    read = alike if len(alike) == len(text) else text  # a letter whose small form is two would shift the others
    parts, end = [], 0
    for found in SPELLED.finditer(read):
        said = WORD.findall(found.group())
        if len(said) >= LEAST_WORDS and not _is_counting(found.group()):
            parts += [text[end : found.start()], mask]
            end = found.end()
    return "".join([*parts, text[end:]])


def _is_counting(text: str) -> bool:
    """Return whether words count on from one to the next: two, three, four."""
    numbers = [COUNTED.get(word.lower(), -9) for word in re.findall(r"[^\W_]+", text)]
    return len(numbers) <= MOST_COUNTED and all(later - one == 1 for one, later in zip(numbers, numbers[1:]))
