"""Exports of Telegram Desktop (``result.json``), read as a stream.

Only messages of public channels and groups are read. Contacts, sessions and private chats, which an export of a whole
account holds as well, are passed over without being kept. The study's organisations wrote there (Methodology, p. 7-8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from evidence.listening.extras import needed
from evidence.listening.masking import LINK, MAIL, MENTION, NUMBER, PHONE
from evidence.listening.reading.dates import from_unix
from evidence.listening.reading.posts import NO_WORDS, Raw, Settings, is_wordless
from evidence.listening.rules import Parameter, Rule
from evidence.toolkit.faults import BadInput, Fault

CHATS = Parameter(
    "chats",
    ("public_channel", "public_supergroup"),
    "document",
    "only publicly accessible data were used: Methodology, p. 7-8",
    "Kinds of chats that are read",
)
PUBLIC_CHATS = Rule(
    "public_chats",
    "Public chats only",
    "Of an export of Telegram only messages of public channels and public groups are read",
    "document",
    "Methodology, p. 7-8",
    (CHATS,),
)
CHUNK = 1 << 16
ESCAPE = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.S)
CUT = re.compile(rb"\\+.{0,2}\Z", re.S)  # a run of backslashes near the end
ENTITIES = {
    "phone": PHONE,
    "email": MAIL,
    "mention": MENTION,
    "mention_name": MENTION,
    "link": LINK,
    "bank_card": NUMBER,
}


class Mended:
    r"""A stream in which the exporter's ``\x0B``, which is not JSON, is written as JSON has it."""

    def __init__(self, source: BinaryIO):
        self.source, self.rest, self.ready, self.mended = source, b"", b"", 0

    def _fixed(self, found: re.Match[bytes]) -> bytes:
        if found[1] is None:
            return found[0]
        self.mended += 1
        return b"\\u00" + found[1]

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, none at the end; an escape that a chunk cuts waits for the next one."""
        while not self.ready:
            chunk = self.source.read(CHUNK)
            whole = self.rest + chunk
            if not whole:
                return b""
            cut = CUT.search(whole) if chunk else None
            end = cut.start() if cut else len(whole)
            self.ready, self.rest = ESCAPE.sub(self._fixed, whole[:end]), whole[end:]
        size = len(self.ready) if size is None or size < 0 else size
        given, self.ready = self.ready[:size], self.ready[size:]
        return given


def messages(stream: Mended) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield (chat, message) of an export of one chat or of an account; a chat has ``name``, ``type`` and ``id``.

    Nothing else of the file is built: personal data of an account passes by as single events.
    """
    ijson = needed("ijson")
    chat: dict[str, Any] = {}
    builder, place = None, ""
    for prefix, event, value in ijson.parse(stream, use_float=True):
        if builder is not None:
            builder.event(event, value)
            if prefix == place and event == "end_map":
                yield chat, builder.value
                builder = None
        elif prefix in ("messages.item", "chats.list.item.messages.item") and event == "start_map":
            builder, place = ijson.ObjectBuilder(), prefix
            builder.event(event, value)
        elif prefix == "chats.list.item" and event == "start_map":
            chat = {}
        elif prefix.removeprefix("chats.list.item.") in ("name", "type", "id"):
            chat[prefix.rpartition(".")[2]] = value


def text_of(message: dict[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the text of a message, a string or a list of strings and parts, and the parts that are identifiers."""
    content = message.get("text", "")
    parts = content if isinstance(content, list) else [content]
    words, masks = [], []
    for part in parts:
        text = str(part.get("text", "")) if isinstance(part, dict) else str(part)
        words.append(text)
        if isinstance(part, dict) and part.get("type") in ENTITIES:
            masks.append((text, ENTITIES[part["type"]]))
    for name in ("forwarded_from", "saved_from"):
        if message.get(name):
            masks.append((str(message[name]), MENTION))
    return "".join(words), tuple(masks)


def read_telegram(path: Path, settings: Settings) -> tuple[list[Raw], list[Fault], list[str]]:
    """Return the posts of an export, what is wrong with its other messages, and notes.

    Times come from ``date_unixtime``: ``date`` is the local time of the machine that exported, without its zone. The
    author of a post of a channel is the channel, by its name; of a group, the person. Rows are numbers of messages in
    the file. Raises :class:`BadInput` for a file that is no such export.
    """
    found, faults, passed, number = [], [], 0, 0
    with path.open("rb") as raw:
        stream = Mended(raw)
        try:
            for number, (chat, message) in enumerate(messages(stream), start=1):
                if chat.get("type") not in CHATS.default:
                    passed += 1
                    continue
                one = _post(path.name, number, chat, message)
                if isinstance(one, Fault):
                    faults.append(one)
                elif one is not None:
                    found.append(one)
        except needed("ijson").JSONError as error:
            what = str(error).splitlines()[0][:80].encode("ascii", "replace").decode()
            what = re.sub(r"[^a-zA-Z :,.-]", "", what.partition("(")[0]).strip()
            where = len(found) + len(faults) + passed + 1
            raise BadInput([Fault(path.name, where, "", "", f"is not JSON from this message on: {what}")]) from None
    if not number:
        rule = "holds no message of Telegram Desktop; JSON of another tool is read as a list of posts, or as JSONL"
        raise BadInput([Fault(path.name, None, "", "", rule)])
    notes = [
        f"{path.name}: Telegram Desktop; it holds no views and no forwards, so reach cannot be told from it; "
        "exports have lost the last day of the dates asked for, so look whether it is there"
    ]
    if stream.mended:
        notes.append(f"{path.name}: {stream.mended} control character(s) were written as no JSON, and were mended")
    if passed:
        notes.append(f"{path.name}: {passed} message(s) of chats that are not public were passed over unread")
    return found, faults, notes


def _post(file: str, number: int, chat: dict[str, Any], message: dict[str, Any]) -> Raw | Fault | None:
    """Return the post of a message, its fault, or None for a notice of the service."""
    if message.get("type") != "message":
        return None
    text, masks = text_of(message)
    if is_wordless(text):
        return Fault(file, number, "", "", NO_WORDS)
    moment = from_unix(message.get("date_unixtime", ""))
    if moment is None:
        rule = "is missing or no time; export again with a current version (date has no zone and is not used)"
        return Fault(file, number, "date_unixtime", "", rule)
    is_channel = chat.get("type") == "public_channel"
    author = str(chat.get("name") or "") if is_channel else str(message.get("from_id") or message.get("from") or "")
    return Raw(
        number,
        f"telegram/{chat.get('id')}/{message.get('id')}",
        moment,
        text,
        author,
        "Telegram",
        is_repost="forwarded_from" in message,
        masks=masks,
    )
