"""Which column of a table of posts is what: by the mapping of the user, else by the names that tools give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

REQUIRED = ("text", "time")
ACCEPTED: Mapping[str, tuple[str, ...]] = {  # plain names in English, Russian and Kazakh; of several the first counts
    "text": (
        "text", "post text", "message", "caption", "body", "content", "comment", "post", "текст", "текст публикации",
        "текст сообщения", "текст поста", "текст комментария", "сообщение", "публикация", "комментарий", "пост",
        "содержание", "контент", "мәтін", "мәтіні", "хабарлама", "жазба", "пікір",
    ),
    "time": (
        "datetime", "date time", "timestamp", "created at", "published at", "posted at", "taken at", "created time",
        "created utc", "date", "published", "created", "post date", "дата и время", "дата публикации", "дата",
        "дата создания", "опубликовано", "время публикации", "жарияланған күні", "күні", "күн", "time", "время",
        "уақыты", "уақыт",
    ),
    "clock": ("time", "время", "уақыты", "уақыт"),
    "identifier": (
        "url", "link", "permalink", "post url", "ссылка", "ссылка на публикацию", "ссылка на пост", "адрес", "сілтеме",
        "post id", "message id", "comment id", "id",
    ),
    "author": (
        "author handle", "username", "user name", "screen name", "handle", "author", "author name", "user", "account",
        "channel", "channel name", "nickname", "from", "автор", "имя автора", "автор публикации", "пользователь",
        "имя пользователя", "аккаунт", "ник", "никнейм", "канал", "авторы", "пайдаланушы", "арна",
    ),
    "platform": (
        "platform", "network", "social network", "source type", "source", "site", "площадка", "платформа", "соцсеть",
        "социальная сеть", "тип источника", "источник", "сайт", "платформасы", "желі", "әлеуметтік желі", "дереккөз",
    ),
    "region": (
        "region", "state", "city", "location", "place", "регион", "область", "город", "населенный пункт",
        "населённый пункт", "локация", "место", "география", "аймақ", "облыс", "өңір", "қала",
    ),
    "country": ("country", "страна", "ел"),
    "kind": ("content type", "post type", "kind", "type", "тип публикации", "тип сообщения", "тип", "түрі"),
    "query": (),
}  # fmt: skip
PARTS = tuple(ACCEPTED)
OPTIONAL = tuple(part for part in PARTS if part not in REQUIRED)


def columns_of(heads: Sequence[str], mapping: Mapping[str, str]) -> dict[str, str]:
    """Return the column of each part of a post that a file has; ``mapping`` goes before the accepted names.

    A column is one part only, but a mapping may give it to several.
    """
    found = {part: column for part, column in mapping.items() if column in heads}
    for part, names in ACCEPTED.items():
        free = [name for name in names if name in heads and name not in found.values()]
        if part not in found and free:
            found[part] = free[0]
    return found


def accepted(part: str) -> str:
    """Return the names that a part is known by, for a message."""
    return ", ".join(ACCEPTED[part])
