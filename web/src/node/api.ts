import { readAnswer } from './answers.ts';
import { messageOf, NodeError } from './errors.ts';
import type { TokenStore } from './token.ts';
import {
  readDefinitions, readHeldFiles, readInfo, readLines, readProgress, readTask, readTaskList,
  type HeldFile, type NodeInfo, type OptionChoice, type OptionDefinition, type TaskInfo, type TaskProgress,
} from './wire.ts';

const patienceMilliseconds = 30_000;

type Query = Readonly<Record<string, string>>;

/** The protocol of the node, one method per request. */
export class NodeApi {
  /** @param base The address of the page; all others are relative to it. */
  constructor(
    private readonly base: string,
    private readonly tokens: TokenStore,
  ) {}

  /** The address of a route, with the token. */
  address(path: string, query: Query = {}): string {
    const url = new URL(path, this.base);
    url.hash = '';
    url.search = '';
    for (const [name, value] of Object.entries(query)) {
      url.searchParams.set(name, value);
    }

    const token = this.tokens.get();
    if (token !== '') {
      url.searchParams.set('token', token);
    }

    return url.href;
  }

  taskAddress(uuid: string, what: string, query: Query = {}): string {
    return this.address(`task/${encodeURIComponent(uuid)}/${what}`, query);
  }

  async info(): Promise<NodeInfo> {
    return readInfo(await this.call('info'));
  }

  async options(): Promise<readonly OptionDefinition[]> {
    return readDefinitions(await this.call('options'));
  }

  async tasks(): Promise<ReturnType<typeof readTaskList>> {
    return readTaskList(await this.call('task/list', { query: { details: '1' } }));
  }

  async task(uuid: string): Promise<TaskInfo> {
    return readTask(await this.call(`task/${encodeURIComponent(uuid)}/info`));
  }

  async progress(uuid: string): Promise<TaskProgress> {
    return readProgress(await this.call(`task/${encodeURIComponent(uuid)}/progress`));
  }

  /** The console from a line on, counted from 0. */
  async output(uuid: string, line: number): Promise<readonly string[]> {
    return readLines(await this.call(`task/${encodeURIComponent(uuid)}/output`, { query: { line: String(line) } }));
  }

  /** The length in bytes of a result; null when there is no such result. */
  async assetLength(uuid: string, asset: string): Promise<number | null> {
    const answer = await this.send(this.taskAddress(uuid, `download/${asset}`), { method: 'HEAD' });

    // Errors are answered as JSON with status 200; results never are.
    return answer.ok && !isJson(answer) ? Number(answer.headers.get('content-length') ?? 0) : null;
  }

  async cancel(uuid: string): Promise<void> {
    await this.act('cancel', { uuid });
  }

  async remove(uuid: string): Promise<void> {
    await this.act('remove', { uuid });
  }

  /** @param options The new options in place of the old ones; null keeps those. */
  async restart(uuid: string, options: readonly OptionChoice[] | null): Promise<void> {
    await this.act('restart', options === null ? { uuid } : { uuid, options: JSON.stringify(options) });
  }

  /** Begins an upload, or continues the one of that id. */
  async begin(uuid: string, fields: Query): Promise<void> {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      body.append(name, value);
    }

    await this.call('task/new/init', { method: 'POST', body, headers: { 'set-uuid': uuid } });
  }

  /** The files that an upload holds; null when the node cannot tell. */
  async held(uuid: string): Promise<readonly HeldFile[] | null> {
    try {
      return readHeldFiles(await this.call(`task/new/upload/${encodeURIComponent(uuid)}`));
    } catch (thrown) {
      if (thrown instanceof NodeError && thrown.kind === 'unsupported') {
        return null;
      }

      throw thrown;
    }
  }

  async commit(uuid: string): Promise<void> {
    await this.call(`task/new/commit/${encodeURIComponent(uuid)}`, { method: 'POST' });
  }

  private async act(action: string, fields: Query): Promise<void> {
    await this.call(`task/${action}`, { method: 'POST', body: new URLSearchParams(fields) });
  }

  private async call(path: string, { query = {}, ...init }: RequestInit & { readonly query?: Query } = {}): Promise<unknown> {
    const answer = await this.send(this.address(path, query), init);
    return readAnswer(answer.status, isJson(answer), await answer.text().catch(() => ''));
  }

  private async send(address: string, init: RequestInit): Promise<Response> {
    try {
      return await fetch(address, { cache: 'no-cache', signal: AbortSignal.timeout(patienceMilliseconds), ...init });
    } catch (thrown) {
      throw new NodeError('unreachable', `The node does not answer (${messageOf(thrown)}).`);
    }
  }
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.includes('application/json') ?? false;
}
