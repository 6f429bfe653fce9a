"""A Chainlit application that keeps its chats in Threadkeep, with the data layer that Threadkeep serves.

It answers each message with a picture, and remembers that somebody came back to a chat. Messages may become favourites,
and chats may be shared.
"""

import os
import struct
import zlib

import chainlit as cl
import sign_in  # noqa: F401  it tells Chainlit who may sign in
from chainlit.config import config
from threadkeep import ThreadkeepDataLayer

WIDTH, HEIGHT = 160, 90

config.features.favorites = True
config.features.allow_thread_sharing = True


@cl.data_layer
def data_layer() -> ThreadkeepDataLayer:
    return ThreadkeepDataLayer(os.environ["THREADKEEP_URL"], token=os.environ["THREADKEEP_SERVICE_TOKEN"])


@cl.on_message
async def answer(message: cl.Message) -> None:
    async with cl.Step(name="look", type="tool") as step:
        step.input = message.content
        step.output = "a lake"
    lake = cl.Image(name="lake", content=picture(), mime="image/png", display="inline")
    greeting = cl.user_session.get("greeting") or "You said:"
    await cl.Message(f"{greeting} {message.content}", elements=[lake]).send()


@cl.on_chat_resume
async def resume(thread: dict) -> None:
    """The page shows the chat as it was before this, so what is to be seen comes with the next answer."""
    cl.user_session.set("greeting", f"Back in “{thread['name']}”, you said:")


@cl.on_shared_thread_view
async def may_see(thread: dict, viewer: cl.User | None) -> bool:
    """Chainlit offers to share a chat where an application has this. What its owner shared is seen all the same."""
    return False


@cl.on_feedback
async def rated(feedback) -> None:
    print("on_feedback:", feedback.value, flush=True)


def picture() -> bytes:
    """A PNG: a green shore above blue water."""
    shore, water = (b"\0" + bytes(colour) * WIDTH for colour in ((60, 140, 60), (40, 90, 200)))
    pixels = zlib.compress(shore * (HEIGHT // 3) + water * (HEIGHT - HEIGHT // 3))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in chunks
    )
