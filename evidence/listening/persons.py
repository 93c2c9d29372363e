"""Who one author is: a name on one platform, or a name wherever it stands."""

from __future__ import annotations

import pandas as pd

from evidence.listening.rules import Parameter, Rule

ON_A_PLATFORM, ANYWHERE = "name on a platform", "name"
PERSON = Parameter(
    "person",
    ON_A_PLATFORM,
    "ours",
    "two people may bear one name on two platforms; one person on two is then two authors",
    "One author is one",
    (ON_A_PLATFORM, ANYWHERE),
)
PERSONS = Rule(
    "persons",
    "One author",
    "An author is a {person}; a handle that organisations.csv publishes is one author everywhere",
    "ours",
    "the study prints no rule",
    (PERSON,),
)


def with_persons(posts: pd.DataFrame, person: str = PERSON.default) -> pd.DataFrame:
    """Return posts whose ``author`` stands for one author: of a name on two platforms two, if so chosen.

    Published organisations, and posts without an author, stay as they are.
    """
    if person == ANYWHERE:
        return posts
    author, names = pd.factorize(posts["author"].astype(object))
    platform, platforms = pd.factorize(posts["platform"].astype(object))
    whole = {"", *posts.loc[posts["is_organisation"].astype(bool), "author"].unique()}
    pair, pairs = pd.factorize(author * len(platforms) + platform)
    told = [
        name if name in whole else f"{name} {platforms[one % len(platforms)]}"
        for one in pairs
        for name in [names[one // len(platforms)]]
    ]
    label, labels = pd.factorize(pd.Series(told, dtype=object))
    return posts.assign(author=pd.Categorical.from_codes(label[pair], labels))


def on_two_platforms(posts: pd.DataFrame) -> bool:
    """Return whether a name of a person stands on two platforms; ``author`` is the name wherever it stands."""
    known = posts[(posts["author"] != "") & ~posts["is_organisation"].astype(bool)]
    pairs = known[["author", "platform"]].drop_duplicates()
    return bool(pairs["author"].duplicated().any())
