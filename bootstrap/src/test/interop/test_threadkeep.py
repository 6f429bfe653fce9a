"""The data layer that the server gives away, on the server, within the real Chainlit.

``THREADKEEP_URL`` and ``THREADKEEP_TOKEN`` say which server; ``THREADKEEP_COMMAND`` is the command that starts another,
as a JSON list.
"""

import asyncio
import contextlib
import json
import os
import pathlib
import socket
import sys
import tempfile
import tracemalloc
import unittest
import urllib.request
import uuid

import aiohttp
from aiohttp import web
from yarl import URL

SERVER = os.environ["THREADKEEP_URL"]
TOKEN = os.environ["THREADKEEP_TOKEN"]
SCRATCH = tempfile.TemporaryDirectory()
os.environ["CHAINLIT_APP_ROOT"] = SCRATCH.name

with urllib.request.urlopen(SERVER + "/clients/chainlit/threadkeep.py") as served:
    pathlib.Path(SCRATCH.name, "threadkeep.py").write_bytes(served.read())
sys.path.insert(0, SCRATCH.name)

import chainlit as cl  # noqa: E402
import chainlit.data  # noqa: E402
import threadkeep  # noqa: E402
from chainlit.chat_context import chat_context  # noqa: E402
from chainlit.config import config  # noqa: E402
from chainlit.context import init_http_context, init_ws_context  # noqa: E402
from chainlit.element import TaskList  # noqa: E402
from chainlit.session import WebsocketSession  # noqa: E402
from chainlit.socket import fetch_favorites, message_favorite, persist_user_session, resume_thread  # noqa: E402
from chainlit.types import Feedback, Pagination, ThreadFilter  # noqa: E402
from chainlit.user import PersistedUser, User  # noqa: E402
from threadkeep import ThreadkeepDataLayer, ThreadkeepError, ThreadkeepUnavailable  # noqa: E402

LOG = "chainlit.threadkeep"
HOSTILE_IDS = ["a/b", "..", "%2F", "THREAD#x::STEP#y", "é 🧵", "?q=1&r#s", "a+b;c"]


def new_id() -> str:
    return str(uuid.uuid4())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


class Proxy:
    """Stands before the server, remembers what was asked, and answers in its place when it is told to."""

    def __init__(self, port: int = 0):
        self.asked: list[tuple[str, str, object]] = []  # method, path below /v1, JSON
        self.answers: list[web.Response] = []  # instead of the server's, one for each request
        self.loses_replies = 0  # how many requests are done and not answered
        self.gates: dict[str, asyncio.Event] = {}  # requests whose path has this in it wait
        self._port = port

    async def __aenter__(self) -> "Proxy":
        self._client = aiohttp.ClientSession(auto_decompress=False)
        await self.begin()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.end()
        await self._client.close()

    async def begin(self) -> None:
        app = web.Application(client_max_size=2**30)
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self._port}"

    async def end(self) -> None:
        await self._runner.cleanup()

    def said(self, what: str = "") -> list[str]:
        """Which writes came, in order."""
        return [f"{method} {path}" for method, path, _ in self.asked if method != "GET" and what in path]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        is_json = request.content_type == "application/json" and not request.path.endswith("/content")
        self.asked.append((request.method, request.raw_path, json.loads(body) if body and is_json else None))
        for part, gate in self.gates.items():
            if part in request.raw_path:
                await gate.wait()
        if self.answers:
            return self.answers.pop(0)
        headers = {name: value for name, value in request.headers.items() if name != "Host"}
        url = URL(SERVER + request.raw_path, encoded=True)
        async with self._client.request(request.method, url, headers=headers, data=body) as reply:
            answer = await reply.read()
            if self.loses_replies:
                self.loses_replies -= 1
                request.transport.abort()
            kept = {name: reply.headers[name] for name in ("Content-Type", "Retry-After") if name in reply.headers}
            return web.Response(status=reply.status, body=answer, headers=kept)


class LayerCase(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self) -> None:
        self.proxy = await self.enterAsyncContext(Proxy())
        self.layer = self.new_layer(pause=0.01)
        self.user = "user-" + new_id()
        self.thread = new_id()
        init_http_context(thread_id=self.thread)
        for name, value in {"FIRST_DELAY": 0.01, "LONGEST_DELAY": 0.05}.items():
            before = getattr(threadkeep, name)
            setattr(threadkeep, name, value)
            self.addCleanup(setattr, threadkeep, name, before)

    def new_layer(self, url: str = "", **options: object) -> ThreadkeepDataLayer:
        layer = ThreadkeepDataLayer(url or self.proxy.url, TOKEN, **options)
        self.addAsyncCleanup(layer.close)
        return layer

    async def create_thread(self, **fields: object) -> None:
        await self.layer.update_thread(self.thread, **{"name": "Trip", "user_id": self.user, **fields})

    def step(self, step_id: str, **fields: object) -> dict:
        return {"id": step_id, "threadId": self.thread, "type": "assistant_message", "name": "bot", **fields}

    async def load(self) -> dict:
        thread = await self.layer.get_thread(self.thread)
        self.assertIsNotNone(thread)
        return thread

    async def load_step(self, step_id: str) -> dict:
        return next(step for step in (await self.load())["steps"] if step["id"] == step_id)

    async def load_element(self, element_id: str) -> dict:
        element = await self.layer.get_element(self.thread, element_id)
        self.assertIsNotNone(element)
        return element

    async def until(self, condition) -> None:
        async with asyncio.timeout(30):
            while not condition():
                await asyncio.sleep(0.01)

    async def download(self, url: str) -> tuple[bytes, str]:
        async with aiohttp.ClientSession() as nobody, nobody.get(URL(url, encoded=True)) as reply:
            self.assertEqual(200, reply.status)
            return await reply.read(), reply.content_type

    async def start_server(self, port: int, **settings: str) -> asyncio.subprocess.Process:
        """Another server, on a store in a folder."""
        folder = pathlib.Path(SCRATCH.name, f"server-{port}")
        folder.mkdir(exist_ok=True)
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("THREADKEEP", "CHAINLIT"))
        }
        command = json.loads(os.environ["THREADKEEP_COMMAND"])
        server = await asyncio.create_subprocess_exec(
            *command, "serve", "--port", str(port),
            cwd=folder, env={**environment, "THREADKEEP_SERVICE_TOKEN": TOKEN, **settings},
            stdout=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        self.addAsyncCleanup(self.end_server, server)
        return server

    async def end_server(self, server: asyncio.subprocess.Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            server.kill()
        await server.wait()


class Users(LayerCase):
    async def test_a_user_that_comes_again_keeps_what_it_had(self) -> None:
        first = await self.layer.create_user(User(identifier=self.user, metadata={"role": "admin", "plan": "free"}))
        again = await self.layer.create_user(User(identifier=self.user, metadata={"plan": None, "team": "red"}))

        self.assertIsInstance(again, PersistedUser)
        self.assertEqual((self.user, self.user, first.createdAt), (again.id, again.identifier, again.createdAt))
        self.assertEqual({"role": "admin", "team": "red"}, (await self.layer.get_user(self.user)).metadata)

    async def test_a_user_that_never_came_is_none(self) -> None:
        self.assertIsNone(await self.layer.get_user(self.user))

    async def test_whatever_an_id_holds_it_is_that_id(self) -> None:
        for hostile in HOSTILE_IDS:
            with self.subTest(hostile):
                user, self.thread, step = (f"{new_id()} {hostile}" for _ in range(3))
                for name in ("..", ".") if hostile == ".." else ():
                    self.assertEqual(name, (await self.layer.create_user(User(identifier=name))).id)
                self.assertEqual(user, (await self.layer.create_user(User(identifier=user))).id)
                await self.layer.update_thread(self.thread, user_id=user, name="x")
                await self.layer.create_step(self.step(step, output="y"))
                rating = await self.layer.upsert_feedback(Feedback(forId=step, threadId=self.thread, value=1))

                self.assertEqual(user, await self.layer.get_thread_author(self.thread))
                self.assertEqual(rating, (await self.load_step(step))["feedback"]["id"])
                self.assertTrue(await self.layer.delete_feedback(rating))
                self.assertIsNone((await self.load_step(step))["feedback"])


class Threads(LayerCase):
    async def test_metadata_is_merged_and_none_removes_a_key(self) -> None:
        await self.create_thread(metadata={"is_shared": True, "draft": "x"})
        await self.layer.update_thread(self.thread, metadata={"draft": None, "chat_profile": "fast"})
        await self.layer.update_thread(self.thread, name="Trip to Rome")
        await self.layer.update_thread(self.thread, metadata={})

        thread = await self.load()
        self.assertEqual({"is_shared": True, "chat_profile": "fast"}, thread["metadata"])
        self.assertEqual(
            ("Trip to Rome", self.user, self.user), (thread["name"], thread["userId"], thread["userIdentifier"])
        )

    async def test_metadata_alone_makes_a_thread_that_a_first_message_completes(self) -> None:
        await self.layer.update_thread(self.thread, metadata={"lang": "de"})
        await self.create_thread()

        thread = await self.load()
        self.assertEqual(({"lang": "de"}, "Trip", self.user), (thread["metadata"], thread["name"], thread["userId"]))

    async def test_an_empty_name_overwrites_nothing(self) -> None:
        await self.create_thread(tags=["a"])
        await self.layer.update_thread(self.thread, name="", metadata={"x": 1})

        thread = await self.load()
        self.assertEqual(("Trip", ["a"]), (thread["name"], thread["tags"]))

    async def test_a_name_that_is_too_long_is_cut_at_a_character(self) -> None:
        await self.create_thread(name="x" + "🧵" * 1_000)

        self.assertEqual("x" + "🧵" * 511, (await self.load())["name"])

    async def test_an_update_that_says_nothing_asks_nothing(self) -> None:
        await self.layer.update_thread(self.thread)

        self.assertEqual([], self.proxy.asked)

    async def test_an_unknown_thread_is_none_and_has_no_author(self) -> None:
        self.assertIsNone(await self.layer.get_thread(self.thread))
        self.assertEqual("", await self.layer.get_thread_author(self.thread))

    async def test_another_owners_thread_is_not_taken_over(self) -> None:
        await self.create_thread()
        with self.assertRaises(ThreadkeepError) as refused:
            await self.layer.update_thread(self.thread, name="Mine", user_id="mallory")

        self.assertEqual((409, "CONFLICT"), (refused.exception.status, refused.exception.code))
        self.assertEqual(
            ("Trip", self.user), ((await self.load())["name"], await self.layer.get_thread_author(self.thread))
        )

    async def test_a_deleted_thread_stays_deleted_whatever_comes_late(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s1", output="x"))
        await self.layer.delete_thread(self.thread)
        with self.assertLogs(LOG, "WARNING") as logs:
            await self.layer.update_step(self.step("s1", output="xy"))
            await self.layer.create_step(self.step("s2", output="z"))
            await self.layer.create_element(cl.CustomElement(name="c", props={"a": 1}, for_id="s1"))
            await self.layer.update_thread(self.thread, metadata={"chat_profile": "x"})

        self.assertIsNone(await self.layer.get_thread(self.thread))
        self.assertEqual(4, sum("deleted meanwhile" in line for line in logs.output))
        await self.create_thread()  # which would show what had come late
        self.assertEqual(([], []), ((await self.load())["steps"], (await self.load())["elements"]))

    async def test_a_thread_that_somebody_else_deleted_is_not_brought_back_by_a_session_that_ends(self) -> None:
        await self.create_thread()
        await self.new_layer().delete_thread(self.thread)
        with self.assertLogs(LOG, "WARNING"):
            await self.layer.update_thread(self.thread, metadata={"chat_profile": "x"})
            await self.layer.create_step(self.step("late", output="x"))

        self.assertIsNone(await self.layer.get_thread(self.thread))
        await self.create_thread()  # which would show what had come late
        self.assertEqual([], (await self.load())["steps"])

    async def test_deleting_an_unknown_thread_is_no_error(self) -> None:
        await self.layer.delete_thread(self.thread)

        self.assertEqual([f"DELETE /v1/threads/{self.thread}"], self.proxy.said())

    async def test_pages_are_as_long_as_asked_and_go_on(self) -> None:
        made = []
        for number in range(3):
            self.thread = new_id()
            await self.create_thread(name=f"Zürich {number}", metadata={"is_shared": True})
            made.insert(0, self.thread)
        first = await self.layer.list_threads(Pagination(first=2), ThreadFilter(userId=self.user))
        rest = await self.layer.list_threads(
            Pagination(first=500, cursor=first.pageInfo.endCursor), ThreadFilter(userId=self.user)
        )

        self.assertEqual(made, [thread["id"] for thread in first.data + rest.data])
        self.assertEqual((True, False), (first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage))
        self.assertEqual({"is_shared": True}, first.to_dict()["data"][0]["metadata"])

    async def test_a_list_says_when_a_thread_was_last_active(self) -> None:
        await self.create_thread()
        page = await self.layer.list_threads(Pagination(first=1), ThreadFilter(userId=self.user))
        self.thread, earlier = new_id(), page.data[0]
        await self.create_thread()
        page = await self.layer.list_threads(Pagination(first=1), ThreadFilter(userId=self.user))

        self.assertGreater(page.data[0]["createdAt"], earlier["createdAt"])
        self.assertEqual((self.user, [], []), tuple(earlier[name] for name in ("userIdentifier", "steps", "elements")))

    async def test_search_finds_whatever_the_case(self) -> None:
        await self.create_thread(name="ZÜRICH in May")
        found = await self.layer.list_threads(Pagination(first=9), ThreadFilter(userId=self.user, search="zürich"))
        none = await self.layer.list_threads(Pagination(first=9), ThreadFilter(userId=self.user, search="rome"))

        self.assertEqual(([self.thread], []), ([thread["id"] for thread in found.data], none.data))


class Steps(LayerCase):
    async def test_a_late_create_wipes_no_newer_output(self) -> None:
        await self.create_thread()
        await self.layer.update_step(self.step("s", output="Rome.", metadata={"tokens": 2}))
        await self.load()
        await self.layer.create_step(self.step("s", output="", input="", metadata={}))

        step = await self.load_step("s")
        self.assertEqual(("Rome.", {"tokens": 2}), (step["output"], step["metadata"]))

    async def test_none_in_an_update_is_absent_and_metadata_is_merged(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x", tags=["a"], parentId="p", metadata={"a": 1, "b": 2}))
        await self.load()
        await self.layer.update_step(self.step("s", output="y", tags=None, parentId=None, metadata={"b": None, "c": 3}))

        step = await self.load_step("s")
        self.assertEqual(("y", ["a"], "p"), (step["output"], step["tags"], step["parentId"]))
        self.assertEqual({"a": 1, "c": 3}, step["metadata"])

    async def test_an_update_may_empty_a_text(self) -> None:
        await self.create_thread()
        for waits in (True, False):
            step = f"waits {waits}"
            await self.layer.create_step(self.step(step, output="draft"))
            await (self.load() if waits else asyncio.sleep(0))
            await self.layer.update_step(self.step(step, output=""))

            self.assertEqual("", (await self.load_step(step))["output"])

    async def test_an_update_creates_a_step_that_was_only_streamed(self) -> None:
        await self.create_thread()
        await self.layer.update_step(self.step("s", output="x", createdAt="2026-03-01T00:00:42Z"))

        step = await self.load_step("s")
        self.assertEqual(("x", "2026-03-01T00:00:42.000000Z"), (step["output"], step["createdAt"]))

    async def test_a_late_update_brings_no_deleted_step_back(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x"))
        await self.layer.delete_step("s")
        with self.assertLogs(LOG, "WARNING") as logs:
            await self.layer.update_step(self.step("s", output="y"))
            self.assertEqual([], (await self.load())["steps"])

        self.assertIn(f"{self.thread}/steps/s is not changed", logs.output[0])

    async def test_a_deleted_step_takes_its_elements_along(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s"))
        await self.layer.create_element(cl.CustomElement(name="c", props={"a": 1}, for_id="s"))
        await self.layer.delete_step("s")

        thread = await self.load()
        self.assertEqual(([], []), (thread["steps"], thread["elements"]))

    async def test_what_was_read_may_be_written_again(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x", later={"kept": [1, 2.5, 12345678901234567890]}))
        await self.layer.upsert_feedback(Feedback(forId="s", threadId=self.thread, value=0, comment="no"))
        await self.layer.update_step({**await self.load_step("s"), "output": "y"})

        step = await self.load_step("s")
        self.assertEqual(("y", {"kept": [1, 2.5, 12345678901234567890]}), (step["output"], step["later"]))
        self.assertEqual(
            (0, "no", int), (step["feedback"]["value"], step["feedback"]["comment"], type(step["feedback"]["value"]))
        )

    async def test_a_step_has_what_apps_look_for_when_a_chat_is_resumed(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s"))

        step = await self.load_step("s")
        self.assertEqual((None, "", "", {}), tuple(step[name] for name in ("parentId", "input", "output", "metadata")))
        self.assertEqual("", cl.Message.from_dict(step).content)

    async def test_what_is_refused_is_logged_and_the_next_write_is_made(self) -> None:
        await self.create_thread()
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_step(self.step("nan", metadata={"score": float("nan")}))
            await self.layer.create_step(self.step("half", output="secret \ud83e"))
            await self.layer.create_step(self.step("object", metadata={"o": object()}))
            await self.layer.create_step(self.step("large", name="secret" * 1_000))
            await self.layer.create_step(self.step("good", output="x"))
            steps = (await self.load())["steps"]

        self.assertEqual(["good"], [step["id"] for step in steps])
        self.assertEqual(4, len(logs.output))
        for name, line in zip(("nan", "half", "object", "large"), logs.output):
            self.assertIn(f"/v1/threads/{self.thread}/steps/{name} is ", line)
            self.assertNotIn("secret", line)

    async def test_what_is_handed_over_is_what_was_said_then(self) -> None:
        await self.create_thread()
        metadata = {"stage": "draft"}
        self.proxy.gates["steps/s1"] = asyncio.Event()
        await self.layer.create_step(self.step("s1"))
        await self.layer.create_step(self.step("s2", metadata=metadata))
        metadata["stage"] = "changed"
        self.proxy.gates["steps/s1"].set()

        self.assertEqual({"stage": "draft"}, (await self.load_step("s2"))["metadata"])


class Elements(LayerCase):
    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        await self.create_thread()

    async def test_bytes_are_stored_and_read_by_whoever_has_the_address(self) -> None:
        await self.layer.create_element(cl.Image(id="e", name="cat", content=b"\x89PNG", mime="image/png", for_id="s"))

        element = (await self.load())["elements"][0]
        self.assertEqual((b"\x89PNG", "image/png"), await self.download(element["url"]))
        names = ("id", "type", "name", "forId", "mime", "display", "props")
        self.assertEqual(
            ("e", "image", "cat", "s", "image/png", "inline", None), tuple(element[name] for name in names)
        )

    async def test_a_text_is_stored_as_utf_8(self) -> None:
        await self.layer.create_element(
            cl.Text(id="e", name="note", content="Grüezi 🧵", mime="text/plain", for_id="s")
        )

        content, _ = await self.download((await self.load_element("e"))["url"])
        self.assertEqual("Grüezi 🧵", content.decode())

    async def test_a_file_may_be_removed_as_soon_as_it_is_sent(self) -> None:
        path = pathlib.Path(SCRATCH.name, new_id())
        path.write_bytes(b"soon gone")
        self.proxy.gates["steps/s"] = asyncio.Event()
        await self.layer.create_step(self.step("s"))
        await self.layer.create_element(cl.File(id="e", name="f", path=str(path), for_id="s"))
        path.unlink()
        self.proxy.gates["steps/s"].set()

        self.assertEqual(b"soon gone", (await self.download((await self.load_element("e"))["url"]))[0])

    async def test_more_files_than_may_be_open_wait_all_the_same(self) -> None:
        before, threadkeep.OPEN_FILES = threadkeep.OPEN_FILES, 1
        self.addCleanup(setattr, threadkeep, "OPEN_FILES", before)
        self.proxy.gates["steps/s"] = asyncio.Event()
        await self.layer.create_step(self.step("s"))
        for number in range(3):
            path = pathlib.Path(SCRATCH.name, new_id())
            path.write_text(str(number))
            await self.layer.create_element(cl.File(id=f"e{number}", name="f", path=str(path), for_id="s"))
        self.proxy.gates["steps/s"].set()

        for element in (await self.load())["elements"]:
            self.assertEqual(element["id"][1:].encode(), (await self.download(element["url"]))[0])

    async def test_a_large_file_is_never_whole_in_memory(self) -> None:
        path = pathlib.Path(SCRATCH.name, new_id())
        with path.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        layer = self.new_layer(SERVER, patience=300)
        tracemalloc.start()
        self.addCleanup(tracemalloc.stop)
        await layer.create_element(cl.File(id="e", name="f", path=str(path), for_id="s"))
        element = await layer.get_element(self.thread, "e")

        self.assertLess(tracemalloc.get_traced_memory()[1], 30 * 1024 * 1024)
        async with aiohttp.ClientSession() as nobody, nobody.get(URL(element["url"], encoded=True)) as reply:
            self.assertEqual(200 * 1024 * 1024, reply.content_length)

    async def test_a_file_that_is_not_there_is_logged_and_the_next_write_is_made(self) -> None:
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_element(cl.File(id="gone", name="f", path="no/such/file", for_id="s"))
            await self.layer.create_step(self.step("s"))
            self.assertEqual(["s"], [step["id"] for step in (await self.load())["steps"]])

        self.assertIn("elements/gone is not written", logs.output[0])

    async def test_a_file_that_becomes_shorter_is_logged_and_the_next_write_is_made(self) -> None:
        path = pathlib.Path(SCRATCH.name, new_id())
        path.write_bytes(b"x" * 1_000_000)
        size = threadkeep._Content.size

        async def size_before(content: threadkeep._Content) -> int:
            return await size(content) + 1

        threadkeep._Content.size = size_before
        self.addCleanup(setattr, threadkeep._Content, "size", size)
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_element(cl.File(id="short", name="f", path=str(path), for_id="s"))
            await self.layer.create_step(self.step("next"))
            self.assertEqual(["next"], [step["id"] for step in (await self.load())["steps"]])

        self.assertRegex(logs.output[0], "elements/short is lost: .* became shorter")
        self.assertEqual(1, len(logs.output))

    async def test_a_server_without_files_stores_the_element_without_its_file(self) -> None:
        port = free_port()
        await self.start_server(port, THREADKEEP_FILES="none")
        self.layer = self.new_layer(f"http://127.0.0.1:{port}", patience=120)
        await self.create_thread()
        with self.assertLogs(LOG, "WARNING") as logs:
            await self.layer.create_element(cl.Image(id="e", name="cat", content=b"\x89PNG", for_id="s"))
            await self.layer.create_step(self.step("s"))
            thread = await self.load()

        self.assertEqual(["s"], [step["id"] for step in thread["steps"]])
        element = thread["elements"][0]
        self.assertEqual(("e", "image", "cat", "s"), tuple(element[name] for name in ("id", "type", "name", "forId")))
        self.assertFalse(element["url"] or element["objectKey"])
        self.assertEqual(1, len(logs.output))
        self.assertRegex(logs.output[0], "WARNING.*elements/e is stored without its file: .* 501 NOT_CONFIGURED")

    async def test_an_address_stays_as_it_is_and_is_not_fetched(self) -> None:
        for number, url in enumerate(("http://127.0.0.1:1/cat.png", "/public/cat.png")):
            await self.layer.create_element(cl.Image(id=f"e{number}", name="cat", url=url, for_id="s"))

            self.assertEqual(url, (await self.load_element(f"e{number}"))["url"])

    async def test_of_a_custom_element_the_newest_props_are_kept(self) -> None:
        element = cl.CustomElement(id="e", name="Form", props={"a": 1}, for_id="s")
        await self.layer.create_element(element)
        await self.load()
        element.props = {"b": [None, {"c": 2}]}
        await self.layer.create_element(element)

        self.assertEqual({"b": [None, {"c": 2}]}, (await self.load_element("e"))["props"])
        self.assertEqual([], self.proxy.said("/content"))

    async def test_a_task_list_that_changes_is_stored_as_it_became(self) -> None:
        tasks = TaskList(id="e")
        tasks.for_id = ""
        self.proxy.gates["steps/s"] = asyncio.Event()
        await self.layer.create_step(self.step("s"))
        for status in ("Ready", "Running", "Done"):
            tasks.status = status
            await tasks.preprocess_content()
            await self.layer.create_element(tasks)
        self.proxy.gates["steps/s"].set()

        content, _ = await self.download((await self.load_element("e"))["url"])
        self.assertEqual("Done", json.loads(content)["status"])
        self.assertEqual(1, len(self.proxy.said("elements/e/content")))

    async def test_a_deleted_element_is_gone_with_its_file(self) -> None:
        await self.layer.create_element(cl.Text(id="e", name="note", content="x", for_id="s"))
        url = (await self.load_element("e"))["url"]
        await self.layer.delete_element("e", self.thread)
        await self.layer.delete_element("e")

        self.assertIsNone(await self.layer.get_element(self.thread, "e"))
        async with aiohttp.ClientSession() as nobody, nobody.get(URL(url, encoded=True)) as reply:
            self.assertEqual(404, reply.status)


class Feedbacks(LayerCase):
    async def test_a_feedback_is_set_again_and_deleted(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x"))
        first = Feedback(forId="s", threadId=self.thread, value=1, comment="good")
        await self.layer.upsert_feedback(first)
        second = await self.layer.upsert_feedback(Feedback(forId="s", threadId=self.thread, value=0))

        self.assertEqual((f"THREAD#{self.thread}::STEP#s", first.id), (second, second))
        self.assertEqual(0, (await self.load_step("s"))["feedback"]["value"])
        self.assertTrue(await self.layer.delete_feedback(second))
        self.assertIsNone((await self.load_step("s"))["feedback"])

    async def test_threads_are_found_by_their_feedback(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x"))
        await self.layer.upsert_feedback(Feedback(forId="s", threadId=self.thread, value=1))
        found = {
            value: await self.layer.list_threads(Pagination(first=9), ThreadFilter(userId=self.user, feedback=value))
            for value in (0, 1)
        }

        self.assertEqual([], found[0].data)
        self.assertEqual([self.thread], [thread["id"] for thread in found[1].data])

    async def test_a_favourite_is_marked_listed_and_unmarked(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x", metadata={"tokens": 6}))
        marked = await self.layer.set_step_favorite(await self.load_step("s"), True)

        self.assertEqual({"tokens": 6, "favorite": True}, marked["metadata"])
        self.assertEqual([await self.load_step("s")], await self.layer.get_favorite_steps(self.user))
        await self.layer.set_step_favorite(marked, False)
        self.assertEqual([], await self.layer.get_favorite_steps(self.user))

    async def test_a_step_that_is_written_as_a_favourite_is_one(self) -> None:
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="x", metadata={"favorite": True}))
        await self.layer.get_thread(self.thread)

        self.assertEqual(["s"], [step["id"] for step in await self.layer.get_favorite_steps(self.user)])

    async def test_a_feedback_on_nothing_is_refused(self) -> None:
        await self.create_thread()
        with self.assertRaises(ThreadkeepError) as unknown:
            await self.layer.upsert_feedback(Feedback(forId="none", threadId=self.thread, value=1))
        with self.assertRaises(ValueError):
            await self.layer.upsert_feedback(Feedback(forId="s", value=1))

        self.assertEqual(404, unknown.exception.status)
        self.assertEqual([], (await self.load())["steps"])
        for feedback_id in (f"THREAD#{self.thread}::STEP#none", "nonsense", "THREAD#::STEP#", ""):
            self.assertFalse(await self.layer.delete_feedback(feedback_id))


class Order(LayerCase):
    async def test_writes_of_a_thread_arrive_in_the_order_of_the_calls(self) -> None:
        await self.create_thread()
        for number in range(10):
            await self.layer.create_step(self.step(f"s{number}"))
            await self.layer.create_element(cl.CustomElement(id=f"e{number}", name="c", props={"a": 1}, for_id="s"))
        await self.layer.delete_step("s0")
        await self.layer.update_thread(self.thread, name="Done")

        thread = f"/v1/threads/{self.thread}"
        pairs = [(f"PUT {thread}/steps/s{n}", f"PUT {thread}/elements/e{n}") for n in range(10)]
        expected = [f"PUT {thread}", *sum(pairs, ()), f"DELETE {thread}/steps/s0", f"PATCH {thread}"]
        self.assertEqual(expected, self.proxy.said())

    async def test_a_step_that_streams_is_written_a_few_times_and_in_the_end_whole(self) -> None:
        self.layer = self.new_layer(pause=0.2)
        await self.create_thread()
        text = ""
        await self.layer.create_step(self.step("s", output=text, createdAt="2026-03-01T00:00:42Z"))
        for number in range(500):
            text += f"token {number} "
            await self.layer.update_step(self.step("s", output=text, metadata={f"m{number % 3}": number}))
            await asyncio.sleep(0)

        step = await self.load_step("s")
        self.assertEqual((text, {"m0": 498, "m1": 499, "m2": 497}), (step["output"], step["metadata"]))
        self.assertLess(len(self.proxy.said("steps/s")), 50)

    async def test_changes_of_one_step_gather_while_it_rests_and_something_else_goes_on_at_once(self) -> None:
        self.layer = self.new_layer(pause=3600)  # nothing ends that in the time of a test
        await self.create_thread()
        await self.layer.create_step(self.step("s", output="a"))
        await self.until(lambda: len(self.proxy.said("steps/s")) == 1)
        await self.layer.update_step(self.step("s", output="ab"))
        await self.layer.update_step(self.step("s", output="abc"))
        await self.layer.create_step(self.step("t"))
        await self.until(lambda: self.proxy.said("steps/t"))

        bodies = [body["output"] for _, path, body in self.proxy.asked if path.endswith("steps/s")]
        self.assertEqual(["a", "abc"], bodies)

    async def test_nothing_joins_a_write_that_waits_before_a_delete(self) -> None:
        await self.create_thread()
        self.proxy.gates["steps/first"] = asyncio.Event()
        await self.layer.create_step(self.step("first"))
        await self.layer.create_step(self.step("s", output="old"))
        await self.layer.delete_step("s")
        await self.layer.create_step(self.step("s", output="new"))
        self.proxy.gates["steps/first"].set()

        self.assertEqual("new", (await self.load_step("s"))["output"])
        self.assertEqual(["PUT", "DELETE", "PUT"], [it.split()[0] for it in self.proxy.said("steps/s")])

    async def test_one_thread_does_not_wait_for_another(self) -> None:
        slow = self.thread
        await self.create_thread()
        gate = self.proxy.gates[f"{slow}/steps/s"] = asyncio.Event()
        await self.layer.create_step(self.step("s"))
        self.thread = new_id()
        await self.create_thread()
        await self.layer.create_step(self.step("s"))

        self.assertEqual(["s"], [step["id"] for step in (await self.load())["steps"]])
        self.assertFalse(gate.is_set())
        gate.set()

    async def test_a_read_sees_what_was_written_before_it(self) -> None:
        await self.create_thread()
        for number in range(20):
            await self.layer.update_step(self.step("s", output=str(number)))
            self.assertEqual(str(number), (await self.load_step("s"))["output"])


class Outages(LayerCase):
    async def test_what_was_written_while_the_server_was_away_arrives_in_order(self) -> None:
        await self.create_thread()
        await self.proxy.end()
        with self.assertLogs(LOG, "WARNING") as logs:
            await self.layer.create_step(self.step("s1", output="1"))
            await self.layer.create_step(self.step("s2", output="2"))
            await self.layer.update_step(self.step("s1", output="1, changed"))
            await self.layer.create_element(cl.Text(id="e", name="n", content="kept", mime="text/plain", for_id="s1"))
            await self.until(lambda: logs.output)
            await self.proxy.begin()
            thread = await self.load()

        self.assertEqual({"s1": "1, changed", "s2": "2"}, {step["id"]: step["output"] for step in thread["steps"]})
        self.assertEqual(b"kept", (await self.download(thread["elements"][0]["url"]))[0])
        self.assertRegex(logs.output[0], "WARNING.*away")
        self.assertRegex(logs.output[-1], "WARNING.*back")

    async def test_a_server_that_is_busy_is_asked_again(self) -> None:
        await self.create_thread()
        for status in (429, 503, 502, 504, 408, 500):
            with self.subTest(status), self.assertLogs(LOG, "WARNING"):
                self.proxy.asked.clear()
                self.proxy.answers = [web.Response(status=status, headers={"Retry-After": "0"}) for _ in range(2)]
                await self.layer.create_step(self.step(f"s{status}"))

                self.assertEqual(f"s{status}", (await self.load_step(f"s{status}"))["id"])
                self.assertEqual(3, len(self.proxy.said(f"steps/s{status}")))

    async def test_a_server_is_left_alone_for_as_long_as_it_says(self) -> None:
        times = {"7": 7, "0": 0, "-1": 0, "99999": threadkeep.LONGEST_RETRY_AFTER, "Wed, 21 Oct 2026 07:28:00 GMT": 0}
        for said, seconds in times.items():
            self.assertEqual(seconds, threadkeep._retry_after({"Retry-After": said}))
        self.assertEqual(0, threadkeep._retry_after({}))

    async def test_a_write_whose_answer_was_lost_is_made_again_and_is_there_once(self) -> None:
        await self.create_thread()
        self.proxy.loses_replies = 3
        with self.assertLogs(LOG, "WARNING"):
            await self.layer.create_step(self.step("s", output="x"))
            await self.layer.delete_step("s")
            await self.layer.create_step(self.step("t", output="y"))
            steps = (await self.load())["steps"]

        self.assertEqual([("t", "y")], [(step["id"], step["output"]) for step in steps])

    async def test_an_error_of_the_server_costs_one_write_and_not_the_next(self) -> None:
        await self.create_thread()
        self.proxy.answers = [web.Response(status=500) for _ in range(threadkeep.ATTEMPTS_AT_INTERNAL_ERROR)]
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_step(self.step("bad"))
            await self.layer.create_step(self.step("good"))
            self.assertEqual(["good"], [step["id"] for step in (await self.load())["steps"]])

        self.assertIn("steps/bad is lost", logs.output[0])

    async def test_who_waits_for_an_answer_is_told_and_the_write_is_made_later(self) -> None:
        await self.create_thread()
        self.layer = self.new_layer(patience=0.3)
        await self.proxy.end()
        for waiting in (self.layer.get_user(self.user), self.layer.update_thread(self.thread, name="Later")):
            with self.assertRaises(ThreadkeepUnavailable):
                await waiting
        await self.proxy.begin()

        await self.until(lambda: self.proxy.said(self.thread)[1:])
        self.layer = self.new_layer()
        self.assertEqual("Later", (await self.load())["name"])

    async def test_a_long_outage_is_an_error_in_the_log(self) -> None:
        before, threadkeep.LONG_OUTAGE = threadkeep.LONG_OUTAGE, 0
        self.addCleanup(setattr, threadkeep, "LONG_OUTAGE", before)
        await self.proxy.end()
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_step(self.step("s"))
            await self.until(lambda: logs.output)
        await self.proxy.begin()

        self.assertIn("has been away", logs.output[0])

    async def test_what_waits_is_bounded_and_what_is_too_much_is_dropped_and_named(self) -> None:
        await self.create_thread()
        self.layer = self.new_layer(max_writes=2)
        await self.proxy.end()
        with self.assertLogs(LOG, "ERROR") as logs:
            for number in range(4):
                await self.layer.create_step(self.step(f"s{number}", output="x"))
            await self.layer.update_step(self.step("s1", output="y"))  # which joins what waits already
            with self.assertRaises(ThreadkeepUnavailable):
                await self.layer.update_thread(self.thread, name="Too much")
        await self.proxy.begin()

        self.assertEqual({"s0": "x", "s1": "y"}, {it["id"]: it["output"] for it in (await self.load())["steps"]})
        self.assertEqual(
            ["steps/s2", "steps/s3", self.thread],
            [
                line.split(" is lost")[0][-len(end) :]
                for line, end in zip(logs.output, ("steps/s2", "steps/s3", self.thread))
            ],
        )
        await self.layer.create_step(self.step("s4"))  # there is room again
        self.assertEqual(3, len((await self.load())["steps"]))

    async def test_bytes_that_wait_are_bounded_but_one_write_of_any_size_may_wait(self) -> None:
        await self.create_thread()
        self.layer = self.new_layer(max_bytes=1_000)
        await self.proxy.end()
        with self.assertLogs(LOG, "ERROR") as logs:
            await self.layer.create_step(self.step("large", output="x" * 5_000))
            await self.layer.create_element(cl.Text(id="e", name="n", content="more", for_id="large"))
        await self.proxy.begin()

        thread = await self.load()
        self.assertEqual((["large"], []), ([step["id"] for step in thread["steps"]], thread["elements"]))
        self.assertIn("elements/e is lost", logs.output[0])

    async def test_closing_writes_what_waits(self) -> None:
        await self.create_thread()
        layer = self.new_layer(pause=3600)
        for number in range(3):
            await layer.create_step(self.step("s", output=str(number)))
            await asyncio.sleep(0.05)
        await layer.close()

        self.assertEqual("2", (await self.load_step("s"))["output"])
        with self.assertLogs(LOG, "ERROR") as logs:
            await layer.create_step(self.step("late"))
        self.assertIn("steps/late is lost", logs.output[0])

    async def test_closing_while_the_server_is_away_names_what_is_lost(self) -> None:
        await self.proxy.end()
        layer = self.new_layer(close_timeout=0.1)
        with self.assertLogs(LOG, "ERROR") as logs:
            await layer.create_step(self.step("s1"))
            await layer.create_step(self.step("s2"))
            await layer.close()
        await self.proxy.begin()

        self.assertEqual(2, len(logs.output))
        for step, line in zip(("s1", "s2"), logs.output):
            self.assertIn(f"/v1/threads/{self.thread}/steps/{step} is lost", line)

    async def test_a_server_that_is_killed_and_started_again_has_everything(self) -> None:
        port = free_port()
        self.layer = self.new_layer(f"http://127.0.0.1:{port}", patience=120)
        server = await self.start_server(port)
        await self.create_thread()
        await self.layer.create_step(self.step("before", output="x"))
        await self.load()
        with self.assertLogs(LOG, "WARNING") as logs:
            server.kill()
            await server.wait()
            for number in range(20):
                await self.layer.create_step(self.step(f"s{number}", output="y"))
            await self.until(lambda: logs.output)
            await self.start_server(port)
            steps = (await self.load())["steps"]

        self.assertEqual({"before", *(f"s{number}" for number in range(20))}, {step["id"] for step in steps})


class WithinChainlit(LayerCase):
    """Chainlit's own messages, steps and sessions, with the layer as theirs."""

    async def asyncSetUp(self) -> None:
        await super().asyncSetUp()
        self.addCleanup(self.install, chainlit.data._data_layer, chainlit.data._data_layer_initialized)
        self.install(self.layer, True)
        self.persisted = await self.layer.create_user(User(identifier=self.user))
        self.emitted: list[tuple[str, object]] = []  # to the page
        self.session = self.new_session(self.persisted)
        chat_context.clear()
        before, config.features.favorites = config.features.favorites, True
        self.addCleanup(setattr, config.features, "favorites", before)

    def install(self, layer: object, initialized: bool) -> None:
        chainlit.data._data_layer, chainlit.data._data_layer_initialized = layer, initialized

    def new_session(self, user: User) -> WebsocketSession:
        async def nothing(*_: object) -> None: ...

        async def emit(event: str, data: object) -> None:
            self.emitted.append((event, data))

        session = WebsocketSession(
            id=new_id(), socket_id=new_id(), emit=emit, emit_call=nothing,
            user_env={}, client_type="webapp", user=user,
        )  # fmt: skip
        self.addAsyncCleanup(session.delete)
        self.thread = session.thread_id
        self.emitter = init_ws_context(session).emitter
        return session

    async def first_message(self, text: str) -> None:
        message = {"id": new_id(), "type": "user_message", "name": self.user, "output": text, "createdAt": None}
        await self.emitter.process_message({"message": message, "fileReferences": None})
        await self.others()

    async def others(self) -> None:
        """Waits for what Chainlit does in the background."""
        async with asyncio.timeout(30):
            names = (
                "_create",
                "create_step",
                "update_step",
                "delete_step",
                "create_element",
                "flush_method_queue",
                "init_thread",
                "wrapper",
            )
            while any(task.get_coro().__name__ in names for task in asyncio.all_tasks()):
                await asyncio.sleep(0.01)

    async def test_nothing_is_written_before_the_first_message_and_then_all_of_it(self) -> None:
        welcome = await cl.Message(content="Welcome", author="bot", elements=[cl.Text(name="n", content="x")]).send()
        removed = await cl.Message(content="Removed").send()
        welcome.content = "Welcome!"
        await welcome.update()
        await removed.remove()
        await self.others()
        self.assertEqual([], self.proxy.said("threads"))

        await self.first_message("Where to?")
        thread = await self.load()
        self.assertEqual(("Where to?", self.user), (thread["name"], thread["userId"]))
        self.assertEqual(["Welcome!", "Where to?"], [step["output"] for step in thread["steps"]])
        self.assertEqual([welcome.id], [element["forId"] for element in thread["elements"]])

    async def test_a_first_message_of_any_length_names_the_thread(self) -> None:
        text = "Grüezi 🧵 " * 1_000
        await self.first_message(text)

        thread = await self.load()
        self.assertEqual(text, thread["steps"][0]["output"])
        self.assertTrue(text.startswith(thread["name"]))
        self.assertTrue(2_044 < len(thread["name"].encode()) <= 2_048)

    async def test_an_answer_that_streams_and_is_never_sent_is_there(self) -> None:
        await self.first_message("Where to?")
        answer = cl.Message(content="", author="bot")
        for token in ("To ", "Rome", "."):
            await answer.stream_token(token)
        await answer.update()
        await self.others()

        self.assertEqual("To Rome.", (await self.load_step(answer.id))["output"])

    async def test_steps_within_steps_keep_what_they_are(self) -> None:
        await self.first_message("Where to?")
        async with cl.Step(name="agent", type="run") as run:
            async with cl.Step(name="search", type="tool", metadata={"hits": 3}) as tool:
                tool.input = {"q": "Rome"}
                tool.output = "42"
        await self.others()

        stored = await self.load_step(tool.id)
        self.assertEqual(
            (run.id, "tool", "search", "42"), tuple(stored[it] for it in ("parentId", "type", "name", "output"))
        )
        self.assertEqual(({"q": "Rome"}, {"hits": 3}), (json.loads(stored["input"]), stored["metadata"]))
        self.assertIsNotNone(stored["end"])

    async def test_a_removed_message_goes_from_the_thread_of_its_session(self) -> None:
        await self.first_message("Where to?")
        message = await cl.Message(content="Wrong").send()
        await self.others()
        await message.remove()
        await self.others()

        self.assertEqual(["Where to?"], [step["output"] for step in (await self.load())["steps"]])

    async def test_elements_of_a_message_come_and_go_with_their_files(self) -> None:
        await self.first_message("Where to?")
        image = cl.Image(name="map", content=b"\x89PNG\r\n\x1a\n", display="inline")
        await cl.Message(content="Here", elements=[image]).send()
        await self.others()
        stored = await self.load_element(image.id)
        self.assertEqual((b"\x89PNG\r\n\x1a\n", "image/png"), await self.download(stored["url"]))

        await image.remove()
        self.assertIsNone(await self.layer.get_element(self.thread, image.id))

    async def test_a_session_that_ends_keeps_what_the_thread_says_of_itself(self) -> None:
        await self.first_message("Where to?")
        await self.layer.update_thread(self.thread, metadata={"is_shared": True})
        await persist_user_session(self.thread, self.session.to_persistable())

        metadata = (await self.load())["metadata"]
        self.assertEqual((True, "webapp"), (metadata["is_shared"], metadata["client_type"]))

    async def test_a_chat_is_resumed_by_its_author(self) -> None:
        await self.first_message("Where to?")
        thread, self.session = self.thread, self.new_session(self.persisted)
        self.session.thread_id_to_resume = thread
        resumed = await resume_thread(self.session)

        self.assertEqual(["Where to?"], [cl.Message.from_dict(step).content for step in resumed["steps"]])

    async def favourites(self) -> list[dict]:
        """What a page that comes anew offers as favourites."""
        await fetch_favorites(self.session.socket_id)
        return [steps for event, steps in self.emitted if event == "set_favorites"][-1]

    async def favour(self, message: cl.Message, favorite: bool) -> None:
        """Clicks the star of a message."""
        payload = {"message": {**message.to_dict(), "metadata": {"favorite": favorite}}}
        await message_favorite(self.session.socket_id, payload)

    async def test_a_message_is_offered_as_a_favourite_in_every_chat_until_it_is_taken_away(self) -> None:
        await self.first_message("Where to?")
        message, thread = chat_context.get()[0], self.thread
        await self.favour(message, True)
        self.session = self.new_session(self.persisted)

        self.assertEqual([(message.id, "Where to?")], [(it["id"], it["output"]) for it in await self.favourites()])
        await self.favour(message, False)
        self.assertEqual([], await self.favourites())
        self.thread = thread
        self.assertFalse((await self.load_step(message.id))["metadata"].get("favorite"))

    async def test_a_favourite_goes_with_its_message_and_with_its_chat(self) -> None:
        await self.first_message("Where to?")
        await self.first_message("And then?")
        for message in chat_context.get():
            await self.favour(message, True)
        self.assertEqual({"Where to?", "And then?"}, {it["output"] for it in await self.favourites()})
        await chat_context.get()[1].remove()
        await self.others()
        self.assertEqual(["Where to?"], [it["output"] for it in await self.favourites()])
        await self.layer.delete_thread(self.thread)

        self.assertEqual([], await self.favourites())

    async def test_a_user_who_could_not_be_loaded_owns_the_thread_all_the_same(self) -> None:
        self.new_session(User(identifier=self.user))  # as Chainlit has it when the layer fails at the login
        await self.first_message("Where to?")

        self.assertEqual(self.user, await self.layer.get_thread_author(self.thread))

    async def test_sessions_without_a_socket_write_at_once(self) -> None:
        init_http_context(thread_id=new_id(), user=self.persisted)
        message = await cl.Message(content="Hello").send()
        self.thread = message.thread_id
        await self.others()

        self.assertEqual(
            (["Hello"], self.user),
            ([it["output"] for it in (await self.load())["steps"]], (await self.load())["userId"]),
        )


if __name__ == "__main__":
    unittest.main(verbosity=2)
