"""Chainlit's own data layer, unmodified, on the table and the bucket that the environment names.

Each line of the input is a call as JSON: {"method": …, "arguments": {…}, "user": …, "thread": …}. The last two are
those of the session that calls. Each line of the output is what came of it: {"answer": …} or {"error": …}.
"""

import asyncio
import dataclasses
import json
import os
import sys
from decimal import Decimal
from typing import Any

from botocore.config import Config
from chainlit.context import init_http_context
from chainlit.data.dynamodb import DynamoDBDataLayer
from chainlit.data.storage_clients.s3 import S3StorageClient
from chainlit.element import Audio, CustomElement, Element, File, Image, Pdf, TaskList, Text, Video
from chainlit.types import Feedback, PaginatedResponse, Pagination, ThreadFilter
from chainlit.user import PersistedUser, User

ELEMENTS = {
    "image": Image,
    "text": Text,
    "pdf": Pdf,
    "tasklist": TaskList,
    "audio": Audio,
    "video": Video,
    "file": File,
    "custom": CustomElement,
}


def number(text: str) -> float | Decimal:
    """A float, as an application has it, unless that would be another number than the one that is meant."""
    as_float = float(text)
    return as_float if Decimal(str(as_float)) == Decimal(text) else Decimal(text)


def element_of(spec: dict[str, Any]) -> Element:
    """An element of a type. Plotly and Dataframe want libraries to be made; here only their type is used."""
    kind = spec.pop("type")
    element = ELEMENTS.get(kind, File)(**spec)
    if kind not in ELEMENTS:
        element.type = kind
    return element


async def call(layer: DynamoDBDataLayer, method: str, arguments: dict[str, Any]) -> Any:
    if method == "create_user":
        return await layer.create_user(User(**arguments))
    if method == "create_element":
        return await layer.create_element(element_of(arguments))
    if method == "upsert_feedback":
        return await layer.upsert_feedback(Feedback(**arguments))
    if method == "list_threads":
        filters = ThreadFilter(userId=arguments["userId"])
        return await layer.list_threads(Pagination(first=10, cursor=arguments["cursor"]), filters)
    return await getattr(layer, method)(**arguments)


def plain(answer: Any) -> Any:
    if isinstance(answer, PaginatedResponse):
        return answer.to_dict()
    return dataclasses.asdict(answer) if dataclasses.is_dataclass(answer) else answer


async def reply(layer: DynamoDBDataLayer, line: bytes) -> dict[str, Any]:
    request = json.loads(line, parse_float=number)
    user = PersistedUser(id=request["user"], identifier=request["user"], createdAt="")
    init_http_context(thread_id=request["thread"], user=user)
    try:
        return {"answer": plain(await call(layer, request["method"], request["arguments"]))}
    except Exception as error:  # whatever it is, the test wants to know
        return {"error": f"{type(error).__name__}: {error}"}


def main() -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else is printed among the answers
    # boto3 signs addresses for us-east-1 in an old way, which the engine of the tests does not know
    storage = S3StorageClient(os.environ["THREADKEEP_S3_BUCKET"], config=Config(signature_version="s3v4"))
    layer = DynamoDBDataLayer(os.environ["THREADKEEP_DYNAMODB_TABLE"], storage_provider=storage)
    for line in sys.stdin.buffer:
        answer = asyncio.run(reply(layer, line))
        answers.write(json.dumps(answer, allow_nan=False, default=float) + "\n")  # writes answer what they were given
        answers.flush()


if __name__ == "__main__":
    main()
