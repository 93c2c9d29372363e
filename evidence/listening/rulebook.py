"""Every rule of the toolkit, in one list."""

from __future__ import annotations

from evidence.listening import (
    analyses,
    bots,
    correction,
    gender,
    hashtags,
    intervals,
    languages,
    masking,
    nearness,
    persons,
    pseudonyms,
    sensitivity,
    suppression,
    topics,
    validation,
)
from evidence.listening.queries import matching
from evidence.listening.reading import leaving_out, posts, telegram
from evidence.listening.rules import Rule

RULEBOOK: tuple[Rule, ...] = (
    masking.MASKS,
    pseudonyms.KEYED,
    posts.TWO_CORPORA,
    telegram.PUBLIC_CHATS,
    leaving_out.DUPLICATES,
    nearness.NEAR_TEXTS,
    persons.PERSONS,
    bots.REPEATING,
    matching.WORDS_IN_FORMS,
    languages.LANGUAGE,
    validation.VALIDATION,
    correction.CORRECTION,
    intervals.KAPPA,
    *analyses.RULES,
    hashtags.HASHTAGS,
    gender.GENDER,
    topics.TOPICS,
    sensitivity.SENSITIVITY,
    intervals.WILSON,
    suppression.SMALL_CELLS,
)
LIMITS = (  # the document's own, p. 10-11, in our words
    "Posts speak for those who post. They stand neither for the country nor for any group in it.",
    "Views on the topic were not known beforehand, so no hypothesis is tested and no effect is sized.",
    "Platforms keep posts for a limited time: a little more than a year says nothing of longer developments.",
    "Cleaning texts by machine can shift the meaning of words, above all of words tied to a culture.",
)
