"""Platforms by one name, whatever an export calls them."""

from __future__ import annotations

import re

from evidence.listening.masking import masked

UNKNOWN, SITES = "unknown", "Websites"
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
}
LEAST = 4  # letters from which a name may stand inside a longer word; shorter ones are words of their own
WORDS = re.compile(r"[\w.]+")
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
    """Return the platform of a post as tables have it: one name for each network, any other name as it is written.

    A site that is no known network is one of the websites: its address would name who runs it.
    """
    known = network_in(text)
    if known or not text.strip():
        return known or UNKNOWN
    return SITES if ADDRESS.fullmatch(text.strip()) else masked(text.strip()) or UNKNOWN
