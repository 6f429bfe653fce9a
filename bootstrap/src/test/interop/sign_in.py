"""A Chainlit application that people sign in to, and no more."""

import chainlit as cl


@cl.password_auth_callback
async def sign_in(username: str, password: str) -> cl.User | None:
    """Who knows the password is who they say. What is known of ada is too long for one cookie."""
    groups = [f"group {i:04}" for i in range(500)] if username == "ada" else []
    return cl.User(username, username.title(), {"groups": groups}) if password == "open sesame" else None


@cl.on_message
async def answer(message: cl.Message) -> None:
    """Chainlit wants one."""
