import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NodeError } from '../../src/node/errors.ts';
import type { HeldFile } from '../../src/node/wire.ts';
import { planNames, type Planned } from '../../src/upload/plan.ts';
import { UploadSession, type Clock, type UploadState, type UploadTransport } from '../../src/upload/session.ts';

/** A node in memory, whose faults a test decides. */
class FakeNode implements UploadTransport {
  readonly calls: string[] = [];
  readonly stored: HeldFile[] = [];
  tellsHeld = true;
  /** Called before every request; what it throws is the request's failure. */
  fault: (call: string) => void = () => {};
  /** The same, after the node has done what it was asked for: the answer gets lost. */
  lostAnswer: (call: string) => void = () => {};
  private task = false;

  async begin(uuid: string): Promise<void> {
    this.ask('begin');
    if (this.task) {
      throw new NodeError('refused', `Invalid set-uuid: ${uuid}`);
    }
  }

  async held(): Promise<readonly HeldFile[] | null> {
    this.ask('held');
    return this.tellsHeld ? [...this.stored] : null;
  }

  async send(_uuid: string, { name, file }: Planned, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
    this.ask(`send ${name}`);
    onProgress(file.size / 2);
    await Promise.resolve();
    signal.throwIfAborted();
    this.stored.push({ name, size: file.size });
    this.lostAnswer(`send ${name}`);
  }

  async commit(): Promise<void> {
    this.ask('commit');
    if (this.task) {
      throw new NodeError('refused', 'Invalid uuid (not found)');
    }

    this.task = true;
    this.lostAnswer('commit');
  }

  async exists(): Promise<boolean> {
    if (!this.task) {
      throw new NodeError('refused', 'not found');
    }

    return true;
  }

  count(call: string): number {
    return this.calls.filter((other) => other === call).length;
  }

  private ask(call: string): void {
    this.calls.push(call);
    this.fault(call);
  }
}

class FakeClock implements Clock {
  readonly pauses: number[] = [];

  now(): number {
    return this.pauses.length;
  }

  async sleep(seconds: number, signal: AbortSignal): Promise<void> {
    this.pauses.push(seconds);
    signal.throwIfAborted();
  }
}

function sessionFor(node: FakeNode, clock = new FakeClock(), lanes = 1) {
  const files = ['a.jpg', 'b.jpg', 'c.jpg'].map((name) => new File([name.repeat(10)], name, { lastModified: 1 }));
  const states: UploadState[] = [];
  const session = new UploadSession({ uuid: 'id', fields: {}, files: planNames(files), lanes }, node, clock, (state) => states.push(state));
  return { session, states, clock };
}

/** Fails the first so many calls of a kind. */
function failing(call: string, times: number): (call: string) => void {
  let left = times;
  return (other) => {
    if (other === call && left > 0) {
      left -= 1;
      throw new NodeError('unreachable', 'broken');
    }
  };
}

test('An undisturbed upload begins, sends every file and commits', async () => {
  const node = new FakeNode();
  const { session, states } = sessionFor(node);
  await session.run();

  assert.deepEqual(node.calls, ['begin', 'send a.jpg', 'send b.jpg', 'send c.jpg', 'commit']);
  assert.deepEqual([...new Set(states.map(({ phase }) => phase))], ['preparing', 'sending', 'committing', 'done']);
  assert.equal(session.state.sentBytes, session.state.totalBytes);
});

test('A file is tried again five times with growing pauses', async () => {
  const node = new FakeNode();
  node.fault = failing('send b.jpg', 5);
  const { session, clock } = sessionFor(node);
  await session.run();

  assert.equal(session.state.phase, 'done');
  assert.deepEqual(clock.pauses, [1, 2, 3, 4, 5]);
  assert.equal(node.count('send b.jpg'), 6);
});

test('After the last try the upload is interrupted and goes on when the node answers', async () => {
  const node = new FakeNode();
  node.fault = failing('send b.jpg', 6);
  const { session } = sessionFor(node);
  await session.run();
  assert.equal(session.state.phase, 'interrupted');
  assert.equal(node.count('commit'), 0);

  node.calls.length = 0;
  session.nodeAnswers();
  await settled(session);

  assert.equal(session.state.phase, 'done');
  assert.deepEqual(node.calls, ['begin', 'held', 'send b.jpg', 'send c.jpg', 'commit']);
});

test('A file whose arrival was never confirmed is not sent twice when the node says that it is there', async () => {
  const node = new FakeNode();
  node.lostAnswer = failing('send a.jpg', 1);
  const { session } = sessionFor(node);
  node.fault = (call) => {
    if (call === 'send a.jpg' && node.stored.length > 0) {
      session.interrupt('away');
      throw new NodeError('unreachable', 'away');
    }
  };
  await session.run();
  assert.equal(session.state.phase, 'interrupted');

  node.fault = () => {};
  await session.run();

  assert.deepEqual(node.stored.map(({ name }) => name), ['a.jpg', 'b.jpg', 'c.jpg']);
});

test('With a node that cannot list, confirmed files are not sent again', async () => {
  const node = new FakeNode();
  node.tellsHeld = false;
  node.fault = failing('send c.jpg', 6);
  const { session } = sessionFor(node);
  await session.run();
  node.calls.length = 0;
  await session.run();

  assert.deepEqual(node.calls, ['begin', 'held', 'send c.jpg', 'commit']);
});

test('A commit whose answer got lost counts as done', async () => {
  const node = new FakeNode();
  node.lostAnswer = failing('commit', 1);
  const { session } = sessionFor(node);
  await session.run();

  assert.equal(session.state.phase, 'done');
});

test('A commit whose answer got lost is found out by a later run too', async () => {
  const node = new FakeNode();
  node.lostAnswer = failing('commit', 1);
  const { session } = sessionFor(node);
  let away = false;
  node.fault = (call) => {
    away ||= call === 'commit' && node.count('commit') > 1;
    if (away) {
      throw new NodeError('unreachable', 'away');
    }
  };
  await session.run();
  assert.equal(session.state.phase, 'interrupted');

  node.fault = () => {};
  await session.run();

  assert.equal(session.state.phase, 'done');
});

test('What the node refuses is not tried again', async () => {
  const node = new FakeNode();
  node.fault = (call) => {
    if (call === 'begin') {
      throw new NodeError('refused', '[{"name":"crop","error":"Invalid value -1 (out of range)"}]');
    }
  };
  const { session } = sessionFor(node);
  await session.run();

  assert.equal(session.state.phase, 'failed');
  assert.match(session.state.problem!.message, /crop/);
  assert.deepEqual(node.calls, ['begin']);
});

test('An upload that gets nowhere stops going on by itself', async () => {
  const node = new FakeNode();
  node.fault = (call) => {
    if (call.startsWith('send')) {
      throw new NodeError('unreachable', 'broken');
    }
  };
  const { session } = sessionFor(node);
  await session.run();
  session.nodeAnswers();
  await settled(session);
  const calls = node.calls.length;
  session.nodeAnswers();
  await settled(session);

  assert.equal(session.state.phase, 'interrupted');
  assert.ok(!session.state.resumes);
  assert.equal(node.calls.length, calls);
});

test('A cancelled upload ends and does not commit', async () => {
  const node = new FakeNode();
  const { session } = sessionFor(node, new FakeClock(), 3);
  node.fault = (call) => {
    if (call === 'send b.jpg') {
      session.cancel();
    }
  };
  await session.run();
  session.nodeAnswers();

  assert.equal(session.state.phase, 'cancelled');
  assert.equal(node.count('commit'), 0);
});

async function settled(session: UploadSession): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) {
    await Promise.resolve();
  }

  assert.notEqual(session.state.phase, 'sending');
}
