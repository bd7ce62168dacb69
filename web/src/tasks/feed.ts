import type { NodeApi } from '../node/api.ts';
import { NodeError } from '../node/errors.ts';
import { together } from '../node/together.ts';
import { Status, type TaskInfo, type TaskProgress } from '../node/wire.ts';

/** A task as the page shows it. */
export interface TaskView {
  readonly info: TaskInfo;
  /** Null with nodes that do not tell. */
  readonly progress: TaskProgress | null;
}

export interface TaskOverview {
  /** The newest first. */
  readonly views: readonly TaskView[];
  /** How many older tasks there are beyond those. */
  readonly older: number;
}

const asksAtATime = 4;

export function isActive({ status }: TaskInfo): boolean {
  return status === Status.queued || status === Status.running;
}

/** Asks the node for its tasks. */
export class TaskFeed {
  /** The most tasks that have ended to show; those still to run are always shown. */
  limit = 30;

  private tellsProgress = true;
  /** What was last told about tasks that have ended, with the run it belongs to. */
  private readonly ended = new Map<string, { readonly run: string; readonly progress: TaskProgress | null }>();

  constructor(private readonly api: NodeApi) {}

  async load(): Promise<TaskOverview> {
    const list = await this.api.tasks();
    const known = await together(list, asksAtATime, async ({ uuid, info }) => info ?? await this.find(() => this.api.task(uuid)));
    const newest = known.filter((info) => info !== null).reverse();
    let endedShown = 0;
    const shown = newest.filter((info) => isActive(info) || (endedShown += 1) <= this.limit);
    const views = await together(shown, asksAtATime, async (info) => ({ info, progress: await this.progressOf(info) }));
    return { views, older: newest.length - shown.length };
  }

  private async progressOf(info: TaskInfo): Promise<TaskProgress | null> {
    if (!this.tellsProgress) {
      return null;
    }

    const run = `${info.dateCreated}/${info.status}`;
    const before = this.ended.get(info.uuid);
    if (before?.run === run) {
      return before.progress;
    }

    const progress = await this.find(() => this.api.progress(info.uuid));
    if (isActive(info)) {
      this.ended.delete(info.uuid);
    } else {
      this.ended.set(info.uuid, { run, progress });
    }

    return progress;
  }

  /** Null for a task that has gone meanwhile, and for what this node cannot tell. */
  private async find<Answer>(ask: () => Promise<Answer>): Promise<Answer | null> {
    try {
      return await ask();
    } catch (thrown) {
      if (thrown instanceof NodeError && thrown.kind === 'unsupported') {
        this.tellsProgress = false;
        return null;
      }

      if (thrown instanceof NodeError && thrown.kind === 'refused') {
        return null;
      }

      throw thrown;
    }
  }
}
