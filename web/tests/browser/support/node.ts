import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const program = resolve(process.env['ODMNODE'] ?? '../artifacts/odmnode/odmnode.dll');
const engine = resolve('../tests/OdmNode.ConformanceTests/Fixtures/engine.sh');
const patienceMilliseconds = 60_000;

/** A real node as a process of its own. Its engine does what the option `primary-band` says. */
export class NodeProcess {
  private constructor(
    readonly address: string,
    private readonly child: ChildProcess,
    private readonly folder: string,
  ) {}

  /** Starts a node and returns when it answers. */
  static async start(flags: readonly string[] = [], command = engine): Promise<NodeProcess> {
    const folder = mkdtempSync(join(tmpdir(), 'odmnode-page-'));
    const port = await freePort();
    const child = spawn('dotnet', [
      program, 'serve', '--host', '127.0.0.1', '--port', String(port), '--data', join(folder, 'data'), '--engine-command', command, ...flags,
    ], { stdio: ['ignore', 'ignore', 'inherit'] });

    // A test run that is ended from outside takes its node along.
    process.once('exit', () => child.kill('SIGKILL'));
    const node = new NodeProcess(`http://127.0.0.1:${port}/`, child, folder);
    await node.waitUntilItAnswers();
    return node;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode === null) {
      this.child.kill('SIGTERM');
      await once(this.child, 'exit');
    }

    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Asks the node past the page. */
  async ask(path: string): Promise<unknown> {
    const answer = await fetch(new URL(path, this.address));
    return answer.json();
  }

  /** Creates a task past the page. */
  async create(name: string, mode: string): Promise<string> {
    const body = new FormData();
    body.append('name', name);
    body.append('skipPostProcessing', 'true');
    body.append('options', JSON.stringify([{ name: 'primary-band', value: mode }]));
    body.append('images', new Blob(['photo']), 'a.jpg');
    const answer = await fetch(new URL('task/new', this.address), { method: 'POST', body });
    return ((await answer.json()) as { readonly uuid: string }).uuid;
  }

  private async waitUntilItAnswers(): Promise<void> {
    const giveUp = Date.now() + patienceMilliseconds;
    for (;;) {
      try {
        await fetch(new URL('auth/info', this.address));
        return;
      } catch (thrown) {
        if (this.child.exitCode !== null || Date.now() > giveUp) {
          throw new Error('The node did not start.', { cause: thrown });
        }

        await new Promise((later) => setTimeout(later, 50));
      }
    }
  }
}

/** A port below those that the system gives away for the near ends of connections: nobody takes it before the node listens. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 12000 + Math.floor(18000 * Math.random());
    const server = createServer().listen(port, '127.0.0.1');
    try {
      await once(server, 'listening');
    } catch {
      continue;
    }

    server.close();
    await once(server, 'close');
    return port;
  }
}
