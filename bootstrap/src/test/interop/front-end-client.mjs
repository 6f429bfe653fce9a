// What Chainlit's front end does with its client, against Threadkeep: ada signs in with ADA_TOKEN.
import assert from 'node:assert/strict';
import test from 'node:test';

import { Visitor, service } from './visitor.mjs';

console.error = () => {}; // the client reports each failed call there, and here calls fail on purpose

const NAMES = ['Zürich', 'Paris', 'Rome', 'Oslo', 'New Zürich'];
const CHART = { id: 'chart', threadId: 'trip-0', type: 'custom', name: 'Chart', display: 'inline', forId: 'answer' };

const ada = new Visitor(process.env.THREADKEEP_URL);

/** The call fails as the front end's users see it. */
async function fails(call, status, message) {
  await assert.rejects(call, (error) => {
    assert.equal(error.status, status);
    assert.match(String(error), message); // the status text, and the detail if there is one
    return true;
  });
}

/** All threads of a list, read in pages of so many. */
async function listed(first, filter) {
  const threads = [];
  let pageInfo = { endCursor: undefined };
  do {
    const page = await ada.listThreads({ first, cursor: pageInfo.endCursor }, filter);
    assert.ok(page.data.length <= first);
    threads.push(...page.data);
    pageInfo = page.pageInfo;
  } while (pageInfo.hasNextPage && threads.length < 50);
  return threads;
}

async function names(filter, first = 20) {
  return (await listed(first, filter)).map((thread) => thread.name);
}

function rate(trip, forId, value) {
  return ada.setFeedback({ forId, threadId: `trip-${trip}`, value }, 'a-session');
}

/** The feedback of the first answer, as it is stored. */
async function rating() {
  return (await service('GET', '/v1/threads/trip-0/steps/answer')).feedback;
}

test.before(async () => {
  for (const [i, name] of NAMES.entries()) {
    await service('PUT', `/v1/threads/trip-${i}`, { userId: 'ada', name });
    await service('POST', `/v1/threads/trip-${i}/steps`, {
      steps: [
        { id: 'question', type: 'user_message', name: 'ada', output: 'What to see?', createdAt: '2026-03-01T00:00:00Z' },
        { id: 'answer', type: 'assistant_message', name: 'guide', output: 'A lake.', createdAt: '2026-03-01T00:00:01Z' },
      ],
    });
  }
  await service('PUT', '/v1/threads/trip-0/elements/chart', { type: 'custom', name: 'Chart', display: 'inline', forId: 'answer', props: { bars: 1 } });
  await service('PUT', '/v1/threads/trip-0/elements/map', { type: 'image', name: 'map', display: 'inline', forId: 'answer', url: 'https://example.org/map.png' });
  await service('PUT', '/v1/threads/not-hers', { userId: 'bob', name: 'Secret' });
  for (const id of ['his', 'rated']) {
    await service('PUT', `/v1/threads/not-hers/steps/${id}`, { type: 'assistant_message', output: 'x' });
  }
  await service('PUT', '/v1/threads/not-hers/steps/rated/feedback', { value: 1 });
});

await test('whoever is not signed in is told so', async () => {
  await fails(ada.getUser(), 401, /^Unauthorized: sign in first/);
  assert.equal(ada.toldOf401, 1);
});

await test('the front end learns that it has to sign in', async () => {
  assert.equal((await ada.json('/auth/config')).requireLogin, true);
});

await test('a wrong token does not sign in', async () => {
  await fails(ada.jwtAuth(`${process.env.ADA_TOKEN}x`), 401, /^Unauthorized: the sign-in is not valid/);
  assert.equal(ada.cookies.size, 0);
});

await test('a token signs in by a cookie that scripts cannot read', async () => {
  assert.deepEqual(await ada.jwtAuth(process.env.ADA_TOKEN), { success: true });
  assert.deepEqual([...ada.cookies.keys()], ['access_token']);
  assert.match(ada.setCookies[0], /; HttpOnly/);
});

await test('the user is the one who signed in', async () => {
  const { createdAt, updatedAt, ...user } = await ada.getUser(); // the second is Threadkeep's own
  assert.deepEqual(user, { id: 'ada', identifier: 'ada', display_name: null, metadata: {} });
  assert.ok(Date.parse(createdAt) > 0);
});

await test('threads are listed in pages, the newest first, to the last one', async () => {
  const threads = await listed(2, {});
  assert.deepEqual(threads.map((thread) => thread.name), NAMES.toReversed());
  assert.deepEqual(Object.keys(threads[0]).sort(), ['createdAt', 'id', 'name', 'userId', 'userIdentifier']);
});

await test('a search finds what differs in case, and nothing else', async () => {
  assert.deepEqual(await names({ search: 'zÜRICH' }), ['New Zürich', 'Zürich']);
});

await test('a list is of the caller, whoever is asked for', async () => {
  assert.equal((await names({ userId: 'bob' })).length, NAMES.length);
});

await test('a page size out of range is refused', async () => {
  await fails(ada.listThreads({ first: 0 }, {}), 400, /^Bad Request: .*first/);
});

await test('a cursor that is none is refused', async () => {
  await fails(ada.listThreads({ first: 2, cursor: 'x' }, {}), 400, /^Bad Request: .*cursor/);
});

await test('query parameters of the embedding page do no harm', async () => {
  const embedded = new Visitor(process.env.THREADKEEP_URL, ada.cookies);
  embedded.additionalQueryParams = { theme: 'dark' };
  assert.equal((await embedded.listThreads({ first: 1 }, {})).data.length, 1);
});

await test('a thread opens with its steps in order and its elements', async () => {
  const thread = await ada.json('/project/thread/trip-0');
  assert.equal(thread.name, 'Zürich');
  assert.equal(thread.userIdentifier, 'ada');
  assert.deepEqual(thread.steps.map((step) => step.id), ['question', 'answer']);
  assert.deepEqual(thread.elements.map((element) => element.id).sort(), ['chart', 'map']);
});

await test('an element is found by its thread and id', async () => {
  const element = await ada.json('/project/thread/trip-0/element/map');
  assert.equal(element.url, 'https://example.org/map.png');
});

await test('a thread that is not there or not hers is not found', async () => {
  await fails(ada.get('/project/thread/nowhere'), 404, /^Not Found: thread nowhere/);
  await fails(ada.get('/project/thread/not-hers'), 404, /^Not Found: thread not-hers/);
});

await test('a thread gets another name and keeps its place', async () => {
  assert.deepEqual(await ada.renameThread('trip-0', 'Zürich in May'), { success: true });
  assert.deepEqual(await names({}), [...NAMES.slice(1).toReversed(), 'Zürich in May']);
});

await test('a thread that is not hers keeps its name', async () => {
  await fails(ada.renameThread('not-hers', 'Mine'), 404, /^Not Found: thread not-hers/);
  assert.equal((await service('GET', '/v1/threads/not-hers')).name, 'Secret');
});

await test('a name that is too long is refused', async () => {
  await fails(ada.renameThread('trip-0', 'x'.repeat(5_000)), 413, /^[^:]+: name: 5,000 bytes/);
});

await test('feedback is set, then changed, under one id', async () => {
  const given = { forId: 'answer', threadId: 'trip-0', value: 1, comment: 'lovely' };
  const { success, feedbackId } = await ada.setFeedback(given, 'a-session');
  assert.equal(success, true);
  assert.deepEqual(await rating(), { id: feedbackId, ...given });

  const changed = { ...given, id: feedbackId, value: 0, comment: 'too cold' };
  assert.deepEqual(await ada.setFeedback(changed, 'a-session'), { success: true, feedbackId });
  assert.deepEqual(await rating(), changed);
});

await test('threads are found by either feedback, in pages, the newest first', async () => {
  await rate(1, 'answer', 1);
  await rate(2, 'answer', 1);
  await rate(3, 'answer', 1);
  await rate(3, 'question', 0);
  for (const first of [1, 2, 20]) {
    assert.deepEqual(await names({ feedback: 1 }, first), ['Oslo', 'Rome', 'Paris']);
    assert.deepEqual(await names({ feedback: 0 }, first), ['Oslo', 'Zürich in May']);
  }
});

await test('a search among them counts as well', async () => {
  assert.deepEqual(await names({ feedback: 1, search: 'PARIS' }), ['Paris']);
  assert.deepEqual(await names({ feedback: 0, search: 'PARIS' }), []);
});

await test('a thread is found by what its feedback has become, and no more by what it was', async () => {
  await rate(2, 'answer', 0);
  assert.deepEqual(await names({ feedback: 1 }), ['Oslo', 'Paris']);
  assert.deepEqual(await names({ feedback: 0 }), ['Oslo', 'Rome', 'Zürich in May']);
});

await test('a thread is no more found by feedback that is deleted', async () => {
  await ada.deleteFeedback('THREAD#trip-3::STEP#question');
  assert.deepEqual(await names({ feedback: 1 }), ['Oslo', 'Paris']);
  assert.deepEqual(await names({ feedback: 0 }), ['Rome', 'Zürich in May']);
});

await test('there is no other feedback to find threads by', async () => {
  await fails(ada.listThreads({ first: 1 }, { feedback: 2 }), 422, /^[^:]+: filter\.feedback: must be 0 or 1/);
});

await test('feedback is deleted', async () => {
  const { id } = await rating();
  assert.deepEqual(await ada.deleteFeedback(id), { success: true });
  assert.equal(await rating(), undefined);
});

await test('feedback on what is not there or not hers is refused', async () => {
  const refused = (feedback) => ada.setFeedback({ value: 1, ...feedback }, 'a-session');
  await fails(refused({ forId: 'nowhere', threadId: 'trip-0' }), 404, /^Not Found: step nowhere/);
  await fails(refused({ forId: 'his', threadId: 'not-hers' }), 404, /^Not Found: .*not-hers/);
  assert.equal((await service('GET', '/v1/threads/not-hers/steps/his')).feedback, undefined);
});

await test('feedback with another value than 0 and 1 is refused', async () => {
  await fails(ada.setFeedback({ forId: 'answer', threadId: 'trip-0', value: 2 }, 's'), 422, /^[^:]+: value/);
});

await test('feedback that is not there cannot be deleted', async () => {
  await fails(ada.deleteFeedback('THREAD#trip-0::STEP#nowhere'), 404, /^Not Found: /);
});

await test('a custom element is updated', async () => {
  assert.deepEqual(await ada.updateElement({ ...CHART, props: { bars: 2 } }, 'a-session'), { success: true });
  assert.deepEqual((await service('GET', '/v1/threads/trip-0/elements/chart')).props, { bars: 2 });
});

await test('an element that is not custom is left as it is', async () => {
  const map = { ...CHART, id: 'map', type: 'image', name: 'changed' };
  assert.deepEqual(await ada.updateElement(map, 'a-session'), { success: false });
  assert.deepEqual(await ada.deleteElement(map, 'a-session'), { success: false });
  assert.equal((await service('GET', '/v1/threads/trip-0/elements/map')).name, 'map');
});

await test('an element of a thread that is not hers is refused', async () => {
  await fails(ada.updateElement({ ...CHART, threadId: 'not-hers' }, 's'), 404, /^Not Found: .*not-hers/);
  assert.equal(await service('GET', '/v1/threads/not-hers/elements/chart'), null);
});

await test('a custom element is deleted', async () => {
  assert.deepEqual(await ada.deleteElement(CHART, 'a-session'), { success: true });
  assert.equal(await service('GET', '/v1/threads/trip-0/elements/chart'), null);
});

await test('a thread is shared with whoever has the link, until that ends', async () => {
  const anybody = new Visitor(process.env.THREADKEEP_URL);
  assert.deepEqual(await ada.shareThread('trip-1', true), { success: true });
  assert.equal((await anybody.json('/project/share/trip-1')).name, 'Paris');
  await ada.shareThread('trip-1', false);
  await fails(anybody.json('/project/share/trip-1'), 404, /^Not Found: shared thread trip-1/);
  await fails(ada.shareThread('not-hers', true), 404, /^Not Found: .*not-hers/);
});

await test('a thread is deleted with all that belongs to it', async () => {
  await rate(0, 'answer', 0);
  assert.deepEqual(await ada.deleteThread('trip-0'), { success: true });
  assert.equal(await service('GET', '/v1/threads/trip-0'), null);
  assert.equal(await service('GET', '/v1/threads/trip-0/steps/answer'), null);
  assert.equal((await names({})).includes('Zürich in May'), false);
  assert.deepEqual(await names({ feedback: 0 }), ['Rome']);
});

await test('a thread that is not hers cannot be deleted', async () => {
  await fails(ada.deleteThread('not-hers'), 404, /^Not Found: thread not-hers/);
  assert.notEqual(await service('GET', '/v1/threads/not-hers'), null);
});

await test('signing out takes the cookie away', async () => {
  assert.deepEqual(await ada.logout(), { success: true });
  assert.equal(ada.cookies.size, 0);
  await fails(ada.getUser(), 401, /^Unauthorized: sign in first/);
});
