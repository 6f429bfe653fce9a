"""Drives Chainlit's own data layer, unmodified, on the table and the engine that the arguments name.

Each line of the input is a load as JSON: {"operation": …, "size": …, "underWay": …, "seconds": …}. Each line of the
output is what came of it: {"operations": …, "seconds": …, "cpu": …, "p50": …, "p99": …}, times in seconds.
"""

import asyncio
import json
import math
import os
import sys
import time
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

import boto3
from chainlit.context import init_http_context
from chainlit.data.dynamodb import DynamoDBDataLayer
from chainlit.types import Feedback, Pagination, ThreadFilter
from chainlit.user import PersistedUser

USER = "ada@example.org"
new_steps = count()


def step(thread: str, number: int, output: str) -> dict[str, Any]:
    """The same step as the other contenders write."""
    return {
        "id": f"step-{number:05d}",
        "threadId": thread,
        "parentId": "step-00000",
        "name": "Assistant",
        "type": "assistant_message",
        "streaming": False,
        "waitForAnswer": False,
        "isError": False,
        "metadata": {"model": "small", "temperature": 1},
        "tags": ["benchmark"],
        "input": "",
        "output": output,
        "createdAt": "2026-03-01T10:00:00.123456Z",
        "start": "2026-03-01T10:00:00.123456Z",
        "end": "2026-03-01T10:00:02.654321Z",
        "showInput": "json",
        "language": "en",
    }


def operations(layer: DynamoDBDataLayer, size: int, output: str) -> dict[str, Callable[[], Awaitable[Any]]]:
    """What can be done with the thread of so many steps."""
    thread = f"thread-{size}"
    return {
        "create-step": lambda: layer.create_step(step(thread, next(new_steps) % 1_000, output)),
        "update-step": lambda: layer.update_step(
            {"id": "step-00000", "threadId": thread, "output": output, "end": "2026-03-01T10:00:02.654321Z"}
        ),
        "get-thread": lambda: layer.get_thread(thread),
        "list-threads": lambda: layer.list_threads(Pagination(first=10), ThreadFilter(userId=USER)),
        "get-author": lambda: layer.get_thread_author(thread),
        "upsert-feedback": lambda: layer.upsert_feedback(
            Feedback(forId="step-00000", threadId=thread, value=1, comment="Good")
        ),
        "delete-thread": lambda: layer.delete_thread(thread),
    }


async def drive(operation: Callable[[], Awaitable[Any]], under_way: int, seconds: float) -> dict[str, float]:
    init_http_context(user=PersistedUser(id=USER, identifier=USER, createdAt=""))
    latencies: list[float] = []
    start, cpu = time.perf_counter(), time.process_time()

    async def again_and_again() -> None:
        begun = time.perf_counter()
        while begun - start < seconds or not latencies:
            await asyncio.sleep(0)  # its layer never waits for anything itself, so the others would not begin
            await operation()
            now = time.perf_counter()
            latencies.append(now - begun)
            begun = now

    await asyncio.gather(*(again_and_again() for _ in range(under_way)))
    used, took = time.process_time() - cpu, time.perf_counter() - start
    latencies.sort()
    return {
        "operations": len(latencies),
        "seconds": took,
        "cpu": used,
        "p50": latencies[len(latencies) // 2],
        "p99": latencies[math.ceil(len(latencies) * 0.99) - 1],
    }


def main(endpoint: str, table: str, output: str) -> None:
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="ascii")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else is printed among the answers
    client = boto3.client(
        "dynamodb",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    )
    layer = DynamoDBDataLayer(table, client=client)
    for line in sys.stdin:
        load = json.loads(line)
        operation = operations(layer, load["size"], output)[load["operation"]]
        answers.write(json.dumps(asyncio.run(drive(operation, load["underWay"], load["seconds"]))) + "\n")
        answers.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
