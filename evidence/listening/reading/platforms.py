"""Platforms by one name, whatever an export calls them."""

from __future__ import annotations

import re

from evidence.listening.masking import masked

UNKNOWN, SITES, OTHERS = "unknown", "Websites", "Other platforms"
NETWORKS = {  # a word of the name or of the address, and the name
    "instagram": "Instagram",
    "инстаграм": "Instagram",
    "facebook": "Facebook",
    "фейсбук": "Facebook",
    "twitter": "X",
    "твиттер": "X",
    "x.com": "X",
    "t.me": "Telegram",
    "telegram": "Telegram",
    "телеграм": "Telegram",
    "vk": "VK",
    "вконтакте": "VK",
    "вк": "VK",
    "youtube": "YouTube",
    "youtu.be": "YouTube",
    "ютуб": "YouTube",
    "tiktok": "TikTok",
    "тикток": "TikTok",
    "threads": "Threads",
    "ok.ru": "Odnoklassniki",
    "одноклассники": "Odnoklassniki",
    "blog": "Blogs",
    "блог": "Blogs",
    "forum": "Forums",
    "форум": "Forums",
    "news": "News",
    "новост": "News",
    "сми": "News",
    "reddit": "Reddit",
    "linkedin": "LinkedIn",
    "whatsapp": "WhatsApp",
    "ватсап": "WhatsApp",
    "viber": "Viber",
    "pinterest": "Pinterest",
    "likee": "Likee",
    "snapchat": "Snapchat",
    "discord": "Discord",
    "twitch": "Twitch",
    "rutube": "Rutube",
    "dzen": "Dzen",
    "дзен": "Dzen",
    "мой мир": "My World",
    "livejournal": "LiveJournal",
    "2gis": "2GIS",
    "2гис": "2GIS",
}
LEAST = 4  # letters from which a name may stand inside a longer word; shorter ones are words of their own
WORDS = re.compile(r"[\w.]+")
HOST = r"^(?:https?://)?((?:[a-zA-Z0-9-]+\.)+[a-zA-Z]{2,})/"  # of a link, for Python and DuckDB
LINK = re.compile(HOST)
ADDRESS = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+\w{2,})(?:/\S*)?", re.I)


def network_in(text: str) -> str:
    """Return the name of the platform that a name, a domain or an address tells, "" where none is known."""
    plain = text.casefold().strip()
    if plain == "x":
        return "X"
    hosts = WORDS.findall(plain)
    words = {part for host in hosts for part in host.split(".")}
    for word, name in NETWORKS.items():
        if "." in word:
            is_there = any(f".{host}".endswith(f".{word}") for host in hosts)
        else:
            is_there = word in words or (len(word) >= LEAST and word in plain)
        if is_there:
            return name
    return ""


def platform_name(text: str) -> str:
    """Return the platform of a post as tables have it: one name for each network that is known, no other name.

    What else stands in such a column, the address of a site or the name of a page, may be a person's.
    """
    plain = text.strip()
    if not plain or plain.lower() == UNKNOWN:
        return UNKNOWN
    return network_in(plain) or (SITES if ADDRESS.fullmatch(plain) else OTHERS)


def site_of(identifier: str) -> str:
    """Return the site of a post whose identifier is a link, else "": it tells the platform where no cell does."""
    found = LINK.match(identifier)
    return found[1].lower() if found else ""


def platform_of(cell: str, shared: str) -> str:
    """Return the platform of a row; ``shared`` is what the mapping says of all posts, and stands as it is written."""
    return masked(shared) if shared and cell in ("", shared) else platform_name(cell)
