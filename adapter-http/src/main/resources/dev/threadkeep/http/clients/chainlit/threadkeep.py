"""Chainlit's data layer on a Threadkeep server: the whole of ``BaseDataLayer`` over HTTP.

    import chainlit as cl
    from threadkeep import ThreadkeepDataLayer

    @cl.data_layer
    def layer():
        return ThreadkeepDataLayer("http://127.0.0.1:8080", token="the server's service token")

It needs nothing but what Chainlit brings. What it keeps to:

- Steps and elements are written in the background, for each thread in the order of the calls. A step that changes many
  times while it streams is written at most every ``pause`` seconds, each time with all changes.
- Reads, and changes of a thread or a feedback, wait until what was written to that thread before has arrived.
- While the server is away (no connection, 408, 429, 502, 503, 504), writes wait and are repeated until it is back; all
  are safe to repeat. What waits is bounded by ``max_writes`` and ``max_bytes``; beyond them new writes are dropped.
  Calls that wait for an answer raise ``ThreadkeepUnavailable`` after ``patience`` seconds.
- What the server refuses, and what is dropped, is logged as an error that names it; the writes after it are made.
"""

import asyncio
import json
import os
import random
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Optional, TypeVar, cast
from urllib.parse import quote

import aiohttp
from yarl import URL

from chainlit.context import ChainlitContextException, context
from chainlit.data.base import BaseDataLayer
from chainlit.data.utils import queue_until_user_message
from chainlit.logger import logger
from chainlit.types import Feedback, PageInfo, PaginatedResponse, Pagination, ThreadDict, ThreadFilter
from chainlit.user import PersistedUser, User

if TYPE_CHECKING:
    from chainlit.element import Element, ElementDict
    from chainlit.step import StepDict

__all__ = ["ThreadkeepDataLayer", "ThreadkeepError", "ThreadkeepUnavailable"]

log = logger.getChild("threadkeep")

NAME_BYTES = 2_048  # of a thread's name, on the server
PAGE_SIZE = 100  # the server's largest page
CHUNK_BYTES = 256 * 1024  # of a file under way
OPEN_FILES = 64  # opened before their turn, so that they may be removed meanwhile
REMEMBERED = 10_000  # threads and steps that are known to have been stored
SPLITS = 10  # ways to read one feedback id

AWAY = {408, 429, 502, 503, 504}
FIRST_DELAY, LONGEST_DELAY, LONGEST_RETRY_AFTER = 0.2, 5.0, 60.0  # seconds
ATTEMPTS_AT_INTERNAL_ERROR = 3
SILENCE = 75.0  # seconds; the server gives up after 60
LONG_OUTAGE = 30.0  # seconds after which an outage is logged as an error, and between two such lines

# What the server keeps to itself, or has in the path.
RESERVED = {"id", "threadId", "feedback", "objectKey", "updatedAt", "PK", "SK", "UserThreadPK", "UserThreadSK"}
# What Chainlit and the apps on it expect in a dict, be it stored or not.
THREAD_DEFAULTS = {"name": None, "userId": None, "userIdentifier": None, "tags": None, "createdAt": ""}
STEP_DEFAULTS = {"name": "", "type": "undefined", "parentId": None, "input": "", "output": "", "createdAt": None}
STEP_NULLS = ("start", "end", "isError", "showInput", "language", "tags", "generation", "command", "modes", "feedback")
ELEMENT_DEFAULTS = {"name": "", "type": "file", "display": "inline"}
ELEMENT_NULLS = "url chainlitKey objectKey size language page props autoPlay playerConfig forId mime".split()

Json = dict[str, Any]


class ThreadkeepError(Exception):
    """The server refused something; ``status`` and ``code`` are those of its answer."""

    def __init__(self, message: str, status: int = 0, code: str = ""):
        super().__init__(message)
        self.status = status
        self.code = code


class ThreadkeepUnavailable(ThreadkeepError):
    """The server did not answer in time. A write that was being waited for is still going to be made."""


Function = TypeVar("Function", bound=Callable[..., Any])


def _waits_for_first_message(method: Function) -> Function:
    """Chainlit's own decorator, which has no types."""
    return cast(Function, queue_until_user_message()(method))  # type: ignore[no-untyped-call]


class ThreadkeepDataLayer(BaseDataLayer):
    """Chainlit's data layer on a Threadkeep server.

    :param url: the server's address, as this process reaches it
    :param token: the server's service token
    :param public_url: the server's address, as browsers reach it, when that is another one
    :param pause: seconds between two writes of one step
    :param patience: seconds that a call waits for the server; writes in the background wait on
    :param max_writes: how many writes may wait
    :param max_bytes: how many bytes may wait, about; files are streamed from disk and do not count
    :param close_timeout: seconds that ``close`` gives to what waits then
    """

    def __init__(
        self,
        url: str,
        token: str,
        *,
        public_url: str | None = None,
        pause: float = 0.2,
        patience: float = 10.0,
        max_writes: int = 10_000,
        max_bytes: int = 64 * 1024 * 1024,
        close_timeout: float = 10.0,
    ):
        self._server = _Server(url, token)
        self._outbox = _Outbox(max_writes, max_bytes, pause)
        self._public_url = (public_url or url).rstrip("/")
        self._patience = patience
        self._close_timeout = close_timeout
        self._stored = _Recent()  # paths of threads and steps: one that is gone was deleted
        self._deleted = _Recent()  # threads

    # Users

    async def get_user(self, identifier: str) -> PersistedUser | None:
        found = await self._read(_path("users", identifier))
        return _user(found) if found else None

    async def create_user(self, user: User) -> PersistedUser | None:
        """Creates the user, or merges its metadata into what is stored."""
        body = {"metadata": user.metadata or {}}
        return _user(await self._call("PUT", _path("users", user.identifier), body))

    # Threads

    async def get_thread(self, thread_id: str) -> ThreadDict | None:
        await self._settle(thread_id)
        thread = await self._read(_path("threads", thread_id))
        if thread is None:
            return None
        self._stored.add(_path("threads", thread_id))
        steps = [_step(step) for step in thread.get("steps", [])]
        elements = [self._element(element) for element in thread.get("elements", [])]
        return cast(ThreadDict, {**_thread(thread), "steps": steps, "elements": elements})

    async def get_thread_author(self, thread_id: str) -> str:
        """The author's identifier; empty when there is no such thread, or it has no owner."""
        await self._settle(thread_id)
        author = await self._read(_path("threads", thread_id) + "/author")
        return str(author["userIdentifier"]) if author else ""

    async def list_threads(self, pagination: Pagination, filters: ThreadFilter) -> PaginatedResponse[ThreadDict]:
        """A page of a user's threads, the last active first; ``createdAt`` is that time, as Chainlit's list has it."""
        if not filters.userId:
            raise ValueError("list_threads needs filters.userId")
        query = {"first": str(min(max(pagination.first, 1), PAGE_SIZE)), "details": "true"}
        if pagination.cursor:
            query["cursor"] = pagination.cursor
        if filters.search:
            query["search"] = _cut(filters.search)
        if filters.feedback is not None:
            query["feedback"] = str(filters.feedback)
        request = _Request("GET", _path("users", filters.userId) + "/threads", query=query)
        page = await self._server.call(request, self._patience)
        info = page["pageInfo"]
        threads = [
            {**_thread(it), "createdAt": it.get("updatedAt"), "steps": [], "elements": []} for it in page["data"]
        ]
        return PaginatedResponse(
            pageInfo=PageInfo(info["hasNextPage"], info.get("startCursor"), info.get("endCursor")),
            data=cast(list[ThreadDict], threads),
        )

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: Json | None = None,
        tags: list[str] | None = None,
    ) -> None:
        """Creates or changes the thread. What is None stays, metadata is merged, and a None in it removes a key.

        A thread that was stored once and is gone was deleted: only a call with ``user_id`` creates it again.
        """
        fields = _texts({"name": _cut(name or "") or None, "tags": tags, "metadata": metadata or None})
        if fields or user_id:
            await self._write(thread_id, _ThreadWrite(self, thread_id, fields, user_id))

    async def delete_thread(self, thread_id: str) -> None:
        """Deletes the thread with all that belongs to it; what is written to it later is dropped."""
        await self._write(thread_id, _ThreadDelete(self, thread_id))

    # Steps

    @_waits_for_first_message
    async def create_step(self, step_dict: "StepDict") -> None:
        self._hand_over_step(step_dict, creates=True)

    @_waits_for_first_message
    async def update_step(self, step_dict: "StepDict") -> None:
        """Changes the step, or creates one that is new. What is None stays, metadata is merged."""
        self._hand_over_step(step_dict, creates=False)

    @_waits_for_first_message
    async def delete_step(self, step_id: str) -> None:
        """Deletes the step with its elements. Chainlit does not say of which thread: it is the session's."""
        thread_id = context.session.thread_id
        self._outbox.add(thread_id, _Delete(self, thread_id, _path("threads", thread_id, "steps", step_id)))

    def _hand_over_step(self, step: "StepDict", creates: bool) -> None:
        thread_id = step.get("threadId") or context.session.thread_id
        path = _path("threads", thread_id, "steps", step["id"])
        try:
            fields = _texts(step)
        except (TypeError, ValueError) as error:
            log.error("%s is not written: %s", path, error)
            return
        self._outbox.add(thread_id, _StepWrite(self, thread_id, path, fields, creates))

    # Elements

    @_waits_for_first_message
    async def create_element(self, element: "Element") -> None:
        """Stores the element, then streams its file, if it has one. A URL stays a URL: nothing is fetched.

        Of custom elements the props are stored, which are all that they are made of.
        """
        thread_id = element.thread_id or context.session.thread_id
        path = _path("threads", thread_id, "elements", element.id)
        try:
            content = None if element.type == "custom" else self._content(element)
            fields = _texts(element.to_dict())
        except (OSError, TypeError, ValueError) as error:
            log.error("%s is not written: %s", path, error)
            return
        if content:
            fields.pop("url", None)
        self._outbox.add(thread_id, _ElementWrite(self, thread_id, path, fields, content))

    async def get_element(self, thread_id: str, element_id: str) -> Optional["ElementDict"]:
        await self._settle(thread_id)
        element = await self._read(_path("threads", thread_id, "elements", element_id))
        return self._element(element) if element else None

    @_waits_for_first_message
    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        thread = thread_id or context.session.thread_id
        self._outbox.add(thread, _Delete(self, thread, _path("threads", thread, "elements", element_id)))

    def _content(self, element: "Element") -> Optional["_Content"]:
        mime = element.mime or "application/octet-stream"
        if element.path:
            return _Content(mime, path=str(element.path), opens=self._outbox.files < OPEN_FILES)
        if element.content:
            data = element.content
            return _Content(mime, data=data.encode() if isinstance(data, str) else bytes(data))
        return None

    def _element(self, stored: Json) -> "ElementDict":
        element = {**dict.fromkeys(ELEMENT_NULLS), **ELEMENT_DEFAULTS, **stored}
        if element["objectKey"] and str(element["url"]).startswith("/"):  # a file that the server itself serves
            element["url"] = self._public_url + element["url"]
        return cast("ElementDict", element)

    # Feedback and favourites

    async def upsert_feedback(self, feedback: Feedback) -> str:
        """Sets the feedback of a step and gives its id, which Chainlit's ``on_feedback`` finds in the feedback, too."""
        if not feedback.forId or not feedback.threadId:
            raise ValueError("a feedback needs forId and threadId")
        await self._settle(feedback.threadId)
        path = _path("threads", feedback.threadId, "steps", feedback.forId) + "/feedback"
        body = {"value": feedback.value, **({"comment": feedback.comment} if feedback.comment is not None else {})}
        feedback.id = str((await self._call("PUT", path, body))["id"])
        return feedback.id

    async def delete_feedback(self, feedback_id: str) -> bool:
        """Deletes the feedback; False when there is no such step."""
        for thread_id, step_id in _feedback_targets(feedback_id):
            await self._settle(thread_id)
            try:
                await self._call("DELETE", _path("threads", thread_id, "steps", step_id) + "/feedback")
                return True
            except ThreadkeepError as error:
                if error.status != 404:
                    raise
        return False

    async def get_favorite_steps(self, user_id: str) -> list["StepDict"]:
        answer = await self._call("GET", _path("users", user_id) + "/favorites")
        return [_step(step) for step in answer["data"]]

    async def set_step_favorite(self, step_dict: "StepDict", favorite: bool) -> "StepDict":
        thread_id = step_dict.get("threadId") or context.session.thread_id
        step_dict["metadata"] = {**(step_dict.get("metadata") or {}), "favorite": favorite}
        await self._settle(thread_id)
        path = _path("threads", thread_id, "steps", step_dict["id"])
        await self._call("PUT" if favorite else "DELETE", path + "/favorite")
        return step_dict

    # Around it

    async def build_debug_url(self) -> str:
        return ""

    async def close(self) -> None:
        """Writes what waits, for at most ``close_timeout`` seconds; what is left then is lost, and logged."""
        await self._outbox.close(self._close_timeout)
        await self._server.close()

    async def _call(self, method: str, path: str, body: Json | None = None) -> Any:
        data = None if body is None else json.dumps(body, allow_nan=False).encode()
        return await self._server.call(_Request(method, path, data), self._patience)

    async def _read(self, path: str) -> Any:
        """What is there, or None."""
        try:
            return await self._call("GET", path)
        except ThreadkeepError as error:
            if error.status != 404:
                raise
            return None

    async def _write(self, thread_id: str, write: "_Write") -> None:
        """Writes in turn, and waits for it; a write that takes too long stays in its place."""
        write.watched = True
        if not self._outbox.add(thread_id, write):
            raise ThreadkeepUnavailable(f"{write.path} is not written: too much waits already")
        await self._settle(thread_id)
        if not write.done.done():
            write.watched = False
            raise ThreadkeepUnavailable(f"{write.path} is not written yet, it waits for the server")
        if error := write.done.result():
            raise error

    async def _settle(self, thread_id: str) -> None:
        await self._outbox.settle(thread_id, self._patience)


# The shapes of Chainlit


def _path(*parts: str) -> str:
    """The path of something: names of collections and ids in turns. Whatever an id holds, it is one segment."""
    segments = (quote(part, safe="") for part in parts)
    return "/v1/" + "/".join({".": "%2E", "..": "%2E%2E"}.get(segment, segment) for segment in segments)


def _cut(text: str) -> str:
    """The text, cut to what a name may have, at the end of a character."""
    return text.encode("utf-8", "replace")[:NAME_BYTES].decode("utf-8", "ignore")


def _texts(members: Mapping[str, Any]) -> dict[str, str]:
    """Each member that says something as JSON text, as it is now; the caller may change it afterwards.

    :raises TypeError, ValueError: when one is no JSON, as NaN is not
    """
    named = {
        name: value for name, value in members.items() if name not in RESERVED and not name.startswith("threadkeep")
    }
    said = {
        name: value for name, value in named.items() if value is not None and not (value == "" and name.endswith("Id"))
    }
    texts = {name: json.dumps(value, ensure_ascii=False, allow_nan=False) for name, value in said.items()}
    for text in texts.values():
        text.encode()  # refuses half a surrogate pair
    return texts


def _object(texts: dict[str, str]) -> bytes:
    return ("{" + ",".join(f"{json.dumps(name)}:{text}" for name, text in texts.items()) + "}").encode()


def _is_empty(text: str | None) -> bool:
    return text in (None, '""', "[]", "{}")


def _user(stored: Json) -> PersistedUser:
    return PersistedUser(
        id=stored["id"],
        identifier=stored["identifier"],
        createdAt=stored.get("createdAt") or "",
        metadata=_metadata(stored),
    )


def _metadata(stored: Json) -> Json:
    metadata = stored.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _thread(stored: Json) -> Json:
    return {**THREAD_DEFAULTS, **stored, "metadata": stored.get("metadata") or {}}


def _step(stored: Json) -> "StepDict":
    step = {**dict.fromkeys(STEP_NULLS), **STEP_DEFAULTS, **stored, "metadata": stored.get("metadata") or {}}
    return cast("StepDict", step)


def _feedback_targets(feedback_id: str) -> list[tuple[str, str]]:
    """The steps that the id can stand for; an id of a thread or step may hold the separator itself."""
    separator = "::STEP#"
    if not feedback_id.startswith("THREAD#"):
        return []
    parts = feedback_id[len("THREAD#") :].split(separator, SPLITS)
    splits = [(separator.join(parts[:i]), separator.join(parts[i:])) for i in range(1, len(parts))]
    return [(thread, step) for thread, step in splits if thread and step]


# What is written


class _Content:
    """The content of an element: bytes, or a file, which is opened now or when its turn comes.

    :raises OSError: when the file cannot be opened
    """

    def __init__(self, mime: str, data: bytes = b"", path: str = "", opens: bool = False):
        self.mime = mime
        self.data = data
        self.path = path
        self.failure: OSError | None = None
        # An app may remove its file as soon as it is sent. To open a file takes no time worth a thread.
        self.file: BinaryIO | None = open(path, "rb") if path and opens else None

    async def size(self) -> int:
        if not self.path:
            return len(self.data)
        if self.file is None:
            self.file = await asyncio.to_thread(open, self.path, "rb")
        return os.fstat(self.file.fileno()).st_size

    async def chunks(self, size: int) -> AsyncIterator[bytes]:
        """The content from its beginning, so many bytes of it."""
        try:
            for start in range(0, size, CHUNK_BYTES):
                yield await self._chunk(start, min(CHUNK_BYTES, size - start))
        except OSError as failure:  # which is not one of the connection
            self.failure = failure
            raise

    async def _chunk(self, start: int, count: int) -> bytes:
        if self.file is None:
            return self.data[start : start + count]
        chunk = await asyncio.to_thread(_read_at, self.file, start, count)
        if len(chunk) < count:
            raise OSError(f"{self.path} became shorter while it was read")
        return chunk

    def release(self) -> None:
        if self.file:
            self.file.close()


def _read_at(file: BinaryIO, start: int, count: int) -> bytes:
    file.seek(start)
    return file.read(count)


class _Write:
    """Something that is to be written once its turn has come.

    ``done`` completes with the error that it failed with, or None. Who waits for it is ``watched`` and told of the
    error; else the log is.
    """

    size = 0  # bytes, about
    files = 0  # open

    def __init__(self, layer: ThreadkeepDataLayer, thread_id: str, path: str):
        self.path = path
        self.watched = False
        self.done: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self._thread_id = thread_id
        self._server = layer._server
        self._stored = layer._stored
        self._deleted = layer._deleted

    async def perform(self) -> None:
        raise NotImplementedError

    def absorb(self, later: "_Write") -> bool:
        """Takes over what a later write of the same says; False when both have to be made."""
        return False

    def release(self) -> None:
        """Lets go of what it holds, written or not."""

    async def _send(self, method: str, texts: dict[str, str]) -> None:
        await self._server.call(_Request(method, self.path, _object(texts)))

    async def _change(self, texts: dict[str, str]) -> bool:
        """Changes what is stored; False when there is nothing and never was."""
        try:
            await self._send("PATCH", texts)
        except ThreadkeepError as error:
            if error.status != 404:
                raise
            if self.path not in self._stored:
                return False
            log.warning("%s is not changed: it was deleted meanwhile", self.path)
            self._was_deleted()
        return True

    def _was_deleted(self) -> None:
        """Is called when what it changes turns out to be deleted by somebody else."""

    def _comes_too_late(self) -> bool:
        if self._thread_id in self._deleted:
            log.warning("%s is not written: its thread was deleted meanwhile", self.path)
        return self._thread_id in self._deleted


class _ThreadWrite(_Write):
    def __init__(self, layer: ThreadkeepDataLayer, thread_id: str, fields: dict[str, str], user_id: str | None):
        super().__init__(layer, thread_id, _path("threads", thread_id))
        owner = user_id or _session_user(thread_id)
        self._creates = bool(user_id)
        self._fields = fields
        self._all_fields = {**fields, "userId": json.dumps(owner)} if owner else fields
        self.size = sum(map(len, fields.values()))

    async def perform(self) -> None:
        if self._creates or not await self._change(self._fields):
            await self._send("PUT", self._all_fields)
            self._deleted.discard(self._thread_id)
        self._stored.add(self.path)

    def _was_deleted(self) -> None:
        self._deleted.add(self._thread_id)


class _ThreadDelete(_Write):
    def __init__(self, layer: ThreadkeepDataLayer, thread_id: str):
        super().__init__(layer, thread_id, _path("threads", thread_id))

    async def perform(self) -> None:
        await self._server.delete(self.path)
        self._deleted.add(self._thread_id)
        self._stored.add(self.path)


class _Delete(_Write):
    async def perform(self) -> None:
        await self._server.delete(self.path)


class _StepWrite(_Write):
    def __init__(self, layer: ThreadkeepDataLayer, thread_id: str, path: str, fields: dict[str, str], creates: bool):
        super().__init__(layer, thread_id, path)
        self._fields = fields
        self._creates = creates
        self.size = sum(map(len, fields.values()))

    async def perform(self) -> None:
        if self._comes_too_late():
            return
        changes = {name: text for name, text in self._fields.items() if name != "createdAt"}
        if self._creates or not await self._change(changes):
            await self._send("PUT", self._fields)
        self._stored.add(self.path)

    def absorb(self, later: _Write) -> bool:
        if not isinstance(later, _StepWrite) or not self._takes(later):
            return False
        for name, text in later._fields.items():
            before = self._fields.get(name)
            if name == "metadata" and before:
                self._fields[name] = json.dumps({**json.loads(before), **json.loads(text)}, ensure_ascii=False)
            elif not (later._creates and _is_empty(text)):  # a late create wipes nothing
                self._fields[name] = text
        self.size = sum(map(len, self._fields.values()))
        return True

    def _takes(self, later: "_StepWrite") -> bool:
        """A create empties nothing that is stored, an update does: then it has to remain one."""
        if later._creates or not self._creates:
            return later._creates == self._creates
        return not any(
            _is_empty(text) and not _is_empty(self._fields.get(name))
            for name, text in later._fields.items()
            if name != "metadata"
        )


class _ElementWrite(_Write):
    def __init__(
        self,
        layer: ThreadkeepDataLayer,
        thread_id: str,
        path: str,
        fields: dict[str, str],
        content: _Content | None,
    ):
        super().__init__(layer, thread_id, path)
        self._take(fields, content)

    async def perform(self) -> None:
        if self._comes_too_late():
            return
        await self._send("PUT", self._fields)
        if self._content is None:
            return
        try:
            await self._server.call(_Request("PUT", self.path + "/content", content=self._content))
        except ThreadkeepError as error:
            if error.status != 501:
                raise
            log.warning("%s is stored without its file: %s", self.path, error)

    def absorb(self, later: _Write) -> bool:
        """A later write says all of the element."""
        if not isinstance(later, _ElementWrite):
            return False
        self.release()
        self._take(later._fields, later._content)
        return True

    def release(self) -> None:
        if self._content:
            self._content.release()

    def _take(self, fields: dict[str, str], content: _Content | None) -> None:
        self._fields = fields
        self._content = content
        self.size = sum(map(len, fields.values())) + (len(content.data) if content else 0)
        self.files = 1 if content and content.file else 0


def _session_user(thread_id: str) -> str | None:
    """Whose session the thread is of, where there is one: the user may not have been stored when it began."""
    try:
        session = context.session
    except ChainlitContextException:
        return None
    return session.user.identifier if session.user and session.thread_id == thread_id else None


# In which order, and how much of it


@dataclass
class _Lane:
    """The writes of one thread, one after the other."""

    waiting: deque[_Write] = field(default_factory=deque)
    latest: dict[str, _Write] = field(default_factory=dict)  # by path: which a later write can join
    under_way: _Write | None = None
    resting: str = ""  # the path that was just written
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    worker: "asyncio.Task[None] | None" = None

    def last(self) -> _Write | None:
        return self.waiting[-1] if self.waiting else self.under_way


class _Outbox:
    """What waits to be written, bounded by a number of writes and of bytes."""

    def __init__(self, max_writes: int, max_bytes: int, pause: float):
        self._max_writes = max_writes
        self._max_bytes = max_bytes
        self._pause = pause
        self._lanes: dict[str, _Lane] = {}
        self._closed = False
        self.writes = 0
        self.bytes = 0
        self.files = 0

    def add(self, thread_id: str, write: _Write) -> bool:
        """Puts the write behind the others of its thread, or into one that waits; False when there is no room.

        Nothing is awaited here, so the order is that of the calls.
        """
        lane = self._lanes.get(thread_id) or _Lane()
        obstacle = self._obstacle(write)
        if not obstacle and self._join(lane, write):
            return True
        if obstacle or self.writes >= self._max_writes:
            log.error("%s is lost: %s", write.path, obstacle or f"{self.writes} writes wait already")
            write.release()
            return False
        self._append(lane, write)
        if lane.worker is None:
            self._lanes[thread_id] = lane
            lane.worker = asyncio.create_task(self._work(thread_id, lane))
        return True

    async def settle(self, thread_id: str, seconds: float) -> None:
        """Waits until all that waits for the thread now is written, or for so many seconds."""
        lane = self._lanes.get(thread_id)
        last = lane.last() if lane else None
        if lane and last:
            lane.wake.set()
            await asyncio.wait([last.done], timeout=seconds)

    async def close(self, seconds: float) -> None:
        """Takes no more, and gives what waits so many seconds."""
        self._closed = True
        workers = [lane.worker for lane in self._lanes.values() if lane.worker]
        for lane in self._lanes.values():
            lane.wake.set()
        if workers:
            await asyncio.wait(workers, timeout=seconds)
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
        for lane in self._lanes.values():
            for write in [*([lane.under_way] if lane.under_way else []), *lane.waiting]:
                log.error("%s is lost: it was not written before the end", write.path)
                write.release()

    def _obstacle(self, write: _Write) -> str:
        if self._closed:
            return "the layer is closed"
        if self.bytes + write.size > self._max_bytes and self.writes > 0:  # alone, one of any size may wait
            return f"{self.bytes} bytes wait already"
        return ""

    def _join(self, lane: _Lane, write: _Write) -> bool:
        before = lane.latest.get(write.path)
        if before is None:
            return False
        self._count(before, -1)
        joined = before.absorb(write)
        self._count(before, 1)
        return joined

    def _append(self, lane: _Lane, write: _Write) -> None:
        if isinstance(write, (_Delete, _ThreadDelete)):
            lane.latest.clear()  # it may take others along, so none is written before it that came after
        lane.waiting.append(write)
        lane.latest[write.path] = write
        self._count(write, 1)
        if write.path != lane.resting:
            lane.wake.set()

    def _count(self, write: _Write, sign: int) -> None:
        self.writes += sign
        self.bytes += sign * write.size
        self.files += sign * write.files

    async def _work(self, thread_id: str, lane: _Lane) -> None:
        while lane.waiting:
            write = lane.under_way = lane.waiting.popleft()
            if lane.latest.get(write.path) is write:
                del lane.latest[write.path]
            error = await self._perform(write)
            self._count(write, -1)
            write.release()
            lane.under_way = None
            write.done.set_result(error)
            await self._rest(lane, write)
        del self._lanes[thread_id]

    async def _perform(self, write: _Write) -> Exception | None:
        try:
            await write.perform()
            return None
        except Exception as error:  # whatever it is, the next write has its turn
            if not write.watched:
                log.error("%s is lost: %s", write.path, error)
            return error

    async def _rest(self, lane: _Lane, written: _Write) -> None:
        """Lets changes of the step that was just written gather, unless something else is to be done."""
        if not isinstance(written, _StepWrite) or any(write.path != written.path for write in lane.waiting):
            return
        lane.resting = written.path
        lane.wake.clear()
        try:
            if not self._closed:
                await asyncio.wait_for(lane.wake.wait(), self._pause)
        except asyncio.TimeoutError:
            pass
        finally:
            lane.resting = ""


class _Recent:
    """The last so many names."""

    def __init__(self) -> None:
        self._names: OrderedDict[str, None] = OrderedDict()

    def add(self, name: str) -> None:
        self._names[name] = None
        self._names.move_to_end(name)
        if len(self._names) > REMEMBERED:
            self._names.popitem(last=False)

    def discard(self, name: str) -> None:
        self._names.pop(name, None)

    def __contains__(self, name: str) -> bool:
        return name in self._names


# Over the wire


@dataclass(frozen=True)
class _Request:
    method: str
    path: str
    body: bytes | None = None
    content: _Content | None = None
    query: dict[str, str] | None = None


class _Server:
    """The server: repeats what it could not take, and says when it is away."""

    def __init__(self, url: str, token: str):
        if URL(url).scheme not in ("http", "https"):
            raise ValueError(f"the address of the server must begin with http:// or https://, is {url}")
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "User-Agent": "threadkeep-chainlit"}
        self._session: aiohttp.ClientSession | None = None
        self._away_since: float | None = None
        self._told_at = 0.0

    async def call(self, request: _Request, patience: float | None = None) -> Any:
        """The answer's JSON. While the server is away the request is repeated, without a bound if no patience is given.

        :raises ThreadkeepUnavailable: when patience is over
        :raises ThreadkeepError: when the server refuses the request
        """
        end = None if patience is None else time.monotonic() + patience
        attempt = 0
        while True:
            attempt += 1
            delay = min(FIRST_DELAY * 2**attempt, LONGEST_DELAY) * random.uniform(0.5, 1)
            try:
                status, headers, body = await self._once(request, patience)
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, asyncio.TimeoutError) as error:
                if request.content and request.content.failure:
                    raise request.content.failure
                problem = f"{type(error).__name__}: {error}"
            else:
                if status < 300:
                    self._note_back()
                    return json.loads(body) if body else None
                refusal = _refusal(request, status, headers, body)
                if status not in AWAY and not (status == 500 and attempt < ATTEMPTS_AT_INTERNAL_ERROR):
                    self._note_back()
                    raise refusal
                problem = str(refusal)
                delay = max(delay, _retry_after(headers))
            if end is not None and time.monotonic() + delay > end:
                raise ThreadkeepUnavailable(f"{request.method} {request.path}: {problem}")
            self._note_away(problem)
            await asyncio.sleep(delay)

    async def delete(self, path: str) -> None:
        """Deletes what may be gone already."""
        try:
            await self.call(_Request("DELETE", path))
        except ThreadkeepError as error:
            if error.status != 404:
                raise

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def _once(self, request: _Request, patience: float | None) -> tuple[int, Mapping[str, str], bytes]:
        if self._session is None:  # which needs the loop that runs
            self._session = aiohttp.ClientSession(headers=self._headers, connector=aiohttp.TCPConnector(limit=32))
        url = URL(self._url + request.path, encoded=True)
        if request.query:
            url = url.update_query(request.query)
        silence = SILENCE if patience is None else min(patience, SILENCE)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=10, sock_read=silence)
        headers, data = await _payload(request)
        async with self._session.request(
            request.method, url, data=data, headers=headers, timeout=timeout, allow_redirects=False
        ) as response:
            return response.status, response.headers, await response.read()

    def _note_away(self, problem: str) -> None:
        now = time.monotonic()
        if self._away_since is None:
            self._away_since = self._told_at = now
            log.warning("the server is away, writes wait for it: %s", problem)
        elif now - self._told_at > LONG_OUTAGE:
            self._told_at = now
            log.error("the server has been away for %.0f s, writes wait for it: %s", now - self._away_since, problem)

    def _note_back(self) -> None:
        if self._away_since is not None:
            log.warning("the server is back after %.0f s", time.monotonic() - self._away_since)
            self._away_since = None


async def _payload(request: _Request) -> tuple[dict[str, str], None | bytes | AsyncIterator[bytes]]:
    if request.content is None:
        return ({"Content-Type": "application/json"} if request.body is not None else {}), request.body
    size = await request.content.size()
    return {"Content-Type": request.content.mime, "Content-Length": str(size)}, request.content.chunks(size)


def _refusal(request: _Request, status: int, headers: Mapping[str, str], body: bytes) -> ThreadkeepError:
    """The error that an answer tells of: a problem of the server, or whatever stands before it."""
    try:
        problem = json.loads(body)
        code, detail = str(problem["code"]), str(problem["detail"])
    except (ValueError, TypeError, KeyError):
        code, detail = "", body[:200].decode("utf-8", "replace")
    place = f"{request.method} {request.path}"
    return ThreadkeepError(
        f"{place}: {status} {code}: {detail} (request {headers.get('X-Request-Id', '?')})", status, code
    )


def _retry_after(headers: Mapping[str, str]) -> float:
    try:
        return min(max(float(headers.get("Retry-After", "0")), 0), LONGEST_RETRY_AFTER)
    except ValueError:  # a date
        return 0
