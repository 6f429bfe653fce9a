// One login on two servers, Chainlit's and Threadkeep, that a browser sees on one host: bob's is short, and ada's so
// long that it takes several cookies. ADA_TOKEN is one of Threadkeep's.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Visitor } from './visitor.mjs';

console.error = () => {}; // the client reports each failed call there, and here calls fail on purpose

const CHUNKS = ['access_token_0', 'access_token_1', 'access_token_2'];

/** A browser with cookies of its own, and its way to either server. */
function browser() {
  const chainlit = new Visitor(process.env.CHAINLIT_URL);
  return { chainlit, threadkeep: new Visitor(process.env.THREADKEEP_URL, chainlit.cookies), cookies: chainlit.cookies };
}

function form(username, password = 'open sesame') {
  const data = new FormData();
  data.append('username', username);
  data.append('password', password);
  return data;
}

function token(cookies) {
  return cookies.get('access_token') ?? CHUNKS.map((name) => cookies.get(name) ?? '').join('');
}

/** Both servers know the visitor by that name, or neither knows them. */
async function knownAs(identifier, { chainlit, threadkeep }) {
  for (const server of [chainlit, threadkeep]) {
    if (identifier) {
      assert.equal((await server.getUser()).identifier, identifier);
    } else {
      await assert.rejects(server.getUser(), (error) => error.status === 401 && error.detail.length > 0);
    }
  }
}

await test("a wrong password signs in nowhere", async () => {
  const it = browser();
  await assert.rejects(it.chainlit.passwordAuth(form('bob', 'x')), { status: 401 });
  await knownAs(undefined, it);
});

await test("Chainlit's cookie is accepted by Threadkeep", async () => {
  const it = browser();
  await it.chainlit.passwordAuth(form('bob'));
  assert.deepEqual([...it.cookies.keys()], ['access_token']);
  await knownAs('bob', it);
  assert.equal((await it.threadkeep.getUser()).display_name, 'Bob');
  assert.deepEqual((await it.threadkeep.listThreads({ first: 20 }, {})).data, []);
});

await test("Chainlit's cookie is accepted in chunks", async () => {
  const it = browser();
  await it.chainlit.passwordAuth(form('ada'));
  assert.deepEqual([...it.cookies.keys()], CHUNKS);
  await knownAs('ada', it);
  const { metadata } = await it.threadkeep.getUser();
  assert.equal(metadata.groups.length, 500);
  assert.deepEqual(metadata, (await it.chainlit.getUser()).metadata);
});

await test('chunks of which one is missing are accepted by neither', async () => {
  const it = browser();
  await it.chainlit.passwordAuth(form('ada'));
  it.cookies.delete('access_token_1');
  await knownAs(undefined, it);
});

await test("Threadkeep's token is accepted by Chainlit, from Threadkeep's cookie", async () => {
  const it = browser();
  await it.threadkeep.jwtAuth(process.env.ADA_TOKEN);
  assert.equal(token(it.cookies), process.env.ADA_TOKEN);
  await knownAs('ada', it);
});

await test("Threadkeep's token signs in at Chainlit", async () => {
  const it = browser();
  await it.chainlit.jwtAuth(process.env.ADA_TOKEN);
  await knownAs('ada', it);
});

await test("Chainlit's long token signs in at Threadkeep, whose chunks Chainlit reads", async () => {
  const there = browser();
  await there.chainlit.passwordAuth(form('ada'));
  const here = browser();
  await here.threadkeep.jwtAuth(token(there.cookies));
  assert.deepEqual(here.cookies, there.cookies);
  await knownAs('ada', here);
});

for (const [out, first, then] of [
  ['Threadkeep', 'threadkeep', 'chainlit'],
  ['Chainlit', 'chainlit', 'threadkeep'],
]) {
  await test(`signing out of ${out} takes a whole cookie and chunks away`, async () => {
    for (const person of ['bob', 'ada']) {
      const it = browser();
      await it.chainlit.passwordAuth(form(person));
      assert.deepEqual(await it[first].logout(), { success: true });
      assert.deepEqual([...it.cookies.keys()], []);
      await knownAs(undefined, it);
    }
  });

  await test(`a short login at ${out} takes the chunks of a long one away`, async () => {
    const it = browser();
    await it[then].jwtAuth(await longToken());
    assert.deepEqual([...it.cookies.keys()], CHUNKS);
    await it[first].jwtAuth(process.env.ADA_TOKEN);
    assert.deepEqual([...it.cookies.keys()], ['access_token']);
    await knownAs('ada', it);
  });
}

async function longToken() {
  const it = browser();
  await it.chainlit.passwordAuth(form('ada'));
  return token(it.cookies);
}

await test('a cookie that somebody else signed is accepted by neither', async () => {
  const it = browser();
  await it.chainlit.passwordAuth(form('bob'));
  const [header, claims] = token(it.cookies).split('.');
  it.cookies.set('access_token', `${header}.${claims}.${'A'.repeat(43)}`);
  await knownAs(undefined, it);
});
