"use strict";

// The token comes in the fragment, which browsers send to nobody; it becomes the sign-in cookie and leaves the address.

const state = document.getElementById("state");
const threads = document.getElementById("threads");
const signOut = document.getElementById("sign-out");

async function call(method, path, init = {}) {
  const answer = await fetch(path, { method, ...init });
  const json = await answer.json();
  if (!answer.ok) {
    throw new Error(json.detail);
  }
  return json;
}

function show(text, isError) {
  state.textContent = text;
  state.classList.toggle("error", Boolean(isError));
}

async function signIn() {
  const token = location.hash.slice(1);
  if (token) {
    history.replaceState(null, "", location.pathname);
    await call("POST", "auth/jwt", { headers: { Authorization: `Bearer ${token}` } });
  }
  const user = await call("GET", "user");
  const page = await call("POST", "project/threads", {
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ pagination: { first: 20 }, filter: {} }),
  });
  show(`Signed in as ${user.display_name || user.identifier}. ${describe(page)}`);
  threads.replaceChildren(...page.data.map(item));
  threads.hidden = page.data.length === 0;
  signOut.hidden = false;
}

function describe(page) {
  if (page.data.length === 0) {
    return "There are no conversations yet.";
  }
  return page.pageInfo.hasNextPage ? "The latest conversations:" : "All conversations:";
}

function item(thread) {
  const link = document.createElement("a");
  link.href = `project/thread/${encodeURIComponent(thread.id)}`;
  link.textContent = thread.name || "(no name)";
  const time = document.createElement("time");
  time.dateTime = thread.createdAt;
  time.textContent = new Date(thread.createdAt).toLocaleString();
  const entry = document.createElement("li");
  entry.append(link, time);
  return entry;
}

signOut.addEventListener("click", async () => {
  await call("POST", "logout");
  threads.hidden = true;
  signOut.hidden = true;
  show("Signed out.");
});

signIn().catch((error) => show(error.message, true));
