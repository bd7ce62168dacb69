import { messageOf, NodeError } from '../node/errors.ts';
import type { TokenStore } from '../node/token.ts';
import { readMapTasks, readProjects, readRefusal, readTileSet, readToken, type MapTask, type Project, type TileSet } from './wire.ts';

const patienceMilliseconds = 30_000;

/** The rasters that have tiles, from the lowest layer to the highest. */
export const layerNames = ['dtm', 'dsm', 'orthophoto'] as const;

export type LayerName = typeof layerNames[number];

/** A tile with its row counted from the north. */
export interface TilePlace {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** The WebODM interface of the node. Tokens travel in a header: addresses end up in logs. */
export class WebOdmApi {
  /** @param base The address of the page; all others are relative to it. */
  constructor(
    private readonly base: string,
    private readonly tokens: TokenStore,
  ) {}

  async logIn(username: string, password: string): Promise<void> {
    this.tokens.set('');
    this.tokens.set(readToken(await this.call('token-auth/', { method: 'POST', body: new URLSearchParams({ username, password }) })));
  }

  async projects(): Promise<readonly Project[]> {
    return readProjects(await this.call('projects/?ordering=-created_at'));
  }

  async tasks(project: number): Promise<readonly MapTask[]> {
    return readMapTasks(await this.call(`projects/${project}/tasks/?ordering=-created_at`));
  }

  /** @returns Null when there is no such task, or none that may be seen. */
  async task(project: number, id: number): Promise<MapTask | null> {
    try {
      return readMapTasks([await this.call(`projects/${project}/tasks/${id}/`)])[0] ?? null;
    } catch (thrown) {
      if (thrown instanceof NodeError && thrown.kind !== 'unreachable') {
        return null;
      }

      throw thrown;
    }
  }

  /** @returns Null for a task without that raster. */
  async layer(task: MapTask, layer: LayerName): Promise<TileSet | null> {
    if (!task.assets.includes(`${layer}.tif`)) {
      return null;
    }

    try {
      return readTileSet(await this.call(`${pathOf(task)}/${layer}/tiles.json`));
    } catch (thrown) {
      if (thrown instanceof NodeError && thrown.kind === 'unsupported') {
        return null;
      }

      throw thrown;
    }
  }

  /** @param dense True for a screen with more pixels than points. */
  async tile(task: MapTask, layer: LayerName, place: TilePlace, dense: boolean, signal: AbortSignal): Promise<Blob> {
    const answer = await this.send(`${pathOf(task)}/${layer}/tiles/${place.z}/${place.x}/${place.y}${dense ? '@2x' : ''}`, {
      headers: { accept: 'image/webp,image/*' }, signal,
    });
    return answer.blob();
  }

  private async call(path: string, init: RequestInit = {}): Promise<unknown> {
    const answer = await this.send(path, { signal: AbortSignal.timeout(patienceMilliseconds), ...init });
    return answer.json();
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const token = this.tokens.get();
    if (token !== '') {
      headers.set('authorization', `JWT ${token}`);
    }

    let answer: Response;
    try {
      answer = await fetch(new URL(`api/${path}`, this.base), { cache: 'no-cache', ...init, headers });
    } catch (thrown) {
      throw new NodeError('unreachable', `The node does not answer (${messageOf(thrown)}).`);
    }

    if (!answer.ok) {
      const refusal = readRefusal(await answer.json().catch(() => null));
      throw new NodeError(
        answer.status === 403 ? 'token' : answer.status === 404 ? 'unsupported' : 'refused',
        refusal === '' ? `The node answered with status ${answer.status}.` : refusal);
    }

    return answer;
  }
}

function pathOf(task: MapTask): string {
  return `projects/${task.project}/tasks/${task.id}`;
}
