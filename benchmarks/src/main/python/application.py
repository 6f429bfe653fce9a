"""A Chainlit application with Chainlit's own data layer on the table that the environment names, and no more."""

import os

import chainlit as cl
from chainlit.data.dynamodb import DynamoDBDataLayer


@cl.data_layer
def data_layer() -> DynamoDBDataLayer:
    return DynamoDBDataLayer(os.environ["BENCHMARK_TABLE"])


@cl.password_auth_callback
async def sign_in(username: str, password: str) -> cl.User | None:
    """Chainlit wants one before it takes the tokens of those who are signed in."""


@cl.on_message
async def answer(message: cl.Message) -> None:
    """Chainlit wants one."""
