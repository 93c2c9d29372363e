"""Synthetic exports of every kind that the toolkit reads, so that one sees what comes out. Nothing is real."""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from evidence.listening.pseudonyms import pseudonym
from evidence.listening.reading.posts import ZONE
from evidence.listening.synthetic import BARRIERS, ORGANISATIONS, REGIONS, Made, corpus
from evidence.listening.validation import TOPIC

NOTE = "SYNTHETIC DATA, made by `evidence listening demo`: no post, person or organisation in these files is real.\n"
KEY = bytes(range(32))  # known to everybody: for synthetic data only
LOCAL = ZoneInfo(ZONE.default)
OLD = (
    "Date", "Headline", "URL", "Opening Text", "Hit Sentence", "Source", "Influencer", "Country", "Subregion", "State",
    "City", "Language", "Reach", "Sentiment", "Key Phrases", "Input Name", "Keywords", "Hashtags",
)  # fmt: skip
NEW = (
    "Date", "Time", "Document ID", "URL", "Input Name", "Keywords", "Source Type", "Source Name", "Source Domain",
    "Content Type", "Author Name", "Author Handle", "Title", "Opening Text", "Hit Sentence", "Country", "Region",
    "State", "City", "Language", "Sentiment", "Reach",
)  # fmt: skip
LABELLED = 300  # posts that two synthetic coders labelled
CODER_ERRS = (0.03, 0.05)


def _table(
    path: Path, heads: Sequence[str], rows: Iterable[Sequence[object]], encoding="utf-8", mark=",", above=""
) -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write(above)
        writer = csv.writer(stream, delimiter=mark, lineterminator="\n")
        writer.writerow(heads)
        writer.writerows(rows)


def identifier(post: Made) -> str:
    """Return the identifier that the export gives a post: copies by another export share it, a bot's do not."""
    return f"synthetic-{post.number}"


def _local(time: datetime) -> datetime:
    return time.astimezone(LOCAL)


def _old(post: Made) -> tuple:
    """Return a row of the old generation; the text stands in one of its three columns."""
    where = post.number % 3
    texts = [post.text if place == where else "" for place in range(3)]
    address = f"https://synthetic.example/{post.platform.lower()}/{identifier(post)}"
    when = f"{_local(post.time):%d-%b-%Y %I:%M%p}"
    return (when, texts[0], address, texts[1], texts[2], post.platform, post.author, "Kazakhstan", "", post.region,
            "", "", 0, "Not Rated", "", "synthetic", "", "")  # fmt: skip


def _new(post: Made) -> tuple:
    """Return a row of the new generation."""
    moment = _local(post.time)
    return (f"{moment:%Y-%m-%d}", f"{moment:%H:%M:%S}", identifier(post), "", "synthetic", "", post.platform, "", "",
            "post", "", post.author, "", post.text, "", "Kazakhstan", post.region, "", "", "", "", 0)  # fmt: skip


def _telegram(posts: list[Made]) -> dict:
    """Return an export of a whole account, with contacts and a private chat that no reader may touch."""
    chats = []
    for place, name in enumerate(ORGANISATIONS):
        own = [_message(post) for post in posts if post.author == name]
        chats.append({"name": name, "type": "public_channel", "id": 1000 + place, "messages": own})
    private = [{"id": 1, "type": "message", "date_unixtime": "1650000000", "from": "synthetic friend",
                "from_id": "user1", "text": "инклюзивное образование, но это личное"}]  # fmt: skip
    chats.append({"name": "synthetic friend", "type": "personal_chat", "id": 5, "messages": private})
    contacts = [{"first_name": "synthetic contact", "phone_number": "+7 700 000 00 00"}]
    return {"about": NOTE.strip(), "contacts": {"list": contacts}, "chats": {"list": chats}}


def _message(post: Made) -> dict:
    """Return a message; every other text is a list of parts, as exports have it."""
    text = post.text if post.number % 2 else [post.text[:5], {"type": "bold", "text": post.text[5:9]}, post.text[9:]]
    return {"id": post.number, "type": "message", "date": "2000-01-01T00:00:00",
            "date_unixtime": str(int(post.time.timestamp())), "from": post.author, "text": text}  # fmt: skip


def _labels(posts: list[Made], chance: random.Random) -> list[tuple]:
    """Return labels of synthetic coders; posts by the names that the known key gives.

    Two say what is on the topic, and err at known rates; a third, who never errs, says which barriers are mentioned.
    """
    drawn = chance.sample([post for post in posts if post.copy_of is None and post.corpus == "public"], LABELLED)
    rows = []
    for coder, errs in enumerate(CODER_ERRS, start=1):
        for post in drawn:
            label = post.relevant != (chance.random() < errs)
            name = pseudonym(KEY, "post", export_identifier(post))
            rows.append((name, "public", TOPIC, f"synthetic-coder-{coder}", int(label), ""))
    rows += [
        (pseudonym(KEY, "post", export_identifier(post)), "public", f"barriers/{code}", "synthetic-coder-3",
         int(post.barrier == code), "")
        for post in drawn if post.relevant for code in BARRIERS["public"] if code
    ]  # fmt: skip
    return rows


def export_identifier(post: Made) -> str:
    """Return what a reader takes as the identifier of a public post: the address in the old generation."""
    if post.time.year < 2023:
        return f"https://synthetic.example/{post.platform.lower()}/{identifier(post)}"
    return identifier(post)


def write_demo(folder: Path, public: int = 3000, organisations: int = 900, seed: int = 2023) -> list[Path]:
    """Write synthetic exports into a folder and return them; the same numbers and seed give the same files.

    Meltwater in both generations (posts before 2023 in the old one), Telegram, a table with a mapping, the list of
    organisations, places, labels of two coders, the key, and ``truth-synthetic.csv``, which no command reads.
    """
    posts = corpus(public, organisations, seed)
    for name in ("public", "organisations"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    old = [post for post in posts if post.corpus == "public" and post.time.year < 2023]
    new = [post for post in posts if post.corpus == "public" and post.time.year >= 2023]
    channel = [post for post in posts if post.platform == "Telegram"]
    others = [post for post in posts if post.corpus == "organisations" and post.platform != "Telegram"]
    above = "SYNTHETIC DATA\n\n"
    _table(folder / "public/meltwater-old-synthetic.csv", OLD, map(_old, old), "utf-16", "\t", above)
    _table(folder / "public/meltwater-new-synthetic.csv", NEW, map(_new, new), "utf-8-sig")
    text = json.dumps(_telegram(channel), ensure_ascii=False, indent=1)
    text = text.replace("SYNTHETIC DATA", r"SYNTHETIC\x0BDATA")  # as the exporter writes a control character
    (folder / "organisations/telegram-synthetic.json").write_text(text, encoding="utf-8")
    with (folder / "organisations/instagram-synthetic.jsonl").open("w", encoding="utf-8") as stream:
        for post in others:
            taken = int(post.time.timestamp())
            row = {
                "id": identifier(post),
                "caption": post.text,
                "taken": taken,
                "user": post.author,
                "place": post.region,
            }
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    mapping = '[columns]\nidentifier = "id"\ntext = "caption"\ntime = "taken"\nauthor = "user"\nregion = "place"\n'
    (folder / "organisations/mapping.toml").write_text(f'{mapping}\n[constants]\nplatform = "Instagram"\n', "utf-8")
    _table(folder / "organisations.csv", ("handle",), ((name,) for name in ORGANISATIONS))
    places = (
        (name, f"{name}; {name.replace('Synthetic ', '')}", int(1000 * people)) for name, (_, people) in REGIONS.items()
    )
    _table(folder / "places.csv", ("region", "names", "base"), places)
    _table(
        folder / "labels.csv",
        ("post", "corpus", "about", "coder", "label", "text"),
        _labels(posts, random.Random(seed)),
    )
    _table(folder / "truth-synthetic.csv", Made._fields, (post._replace(text="") for post in posts))
    (folder / "synthetic.key").write_text(KEY.hex() + "\n", encoding="ascii")
    (folder / "SYNTHETIC.md").write_text(NOTE, encoding="utf-8")
    return sorted(path for path in folder.rglob("*") if path.is_file())
