import type { NodeApi } from '../node/api.ts';
import type { OptionDefinition, TaskInfo } from '../node/wire.ts';
import { choicesOf, draftOf } from '../options/draft.ts';
import { OptionEditor } from '../options/editor.ts';
import { announce } from '../ui/announcer.ts';
import { confirm } from '../ui/confirm.ts';
import { isActive } from './feed.ts';

/** What can be done with a task. Each returns whether it was done; errors are thrown. */
export class TaskActions {
  constructor(
    private readonly api: NodeApi,
    private readonly definitions: () => readonly OptionDefinition[],
  ) {}

  async cancel({ uuid, name }: TaskInfo): Promise<boolean> {
    await this.api.cancel(uuid);
    announce(`${name} is cancelled.`);
    return true;
  }

  async remove(info: TaskInfo): Promise<boolean> {
    const what = isActive(info) ? 'The task is stopped, and its photos' : 'Its photos, its console';
    if (!await confirm(`Remove “${info.name}”?`, `${what} and all results are deleted from the node for good.`, 'Remove')) {
      return false;
    }

    await this.api.remove(info.uuid);
    announce(`${info.name} is removed.`);
    return true;
  }

  /** Lets the options be changed first; they stay as they are when nothing was changed. */
  async restart({ uuid, name, options }: TaskInfo): Promise<boolean> {
    const definitions = this.definitions();
    const before = draftOf(definitions, options);
    let restarted = false;
    await OptionEditor.open({
      title: `Restart “${name}”`,
      hint: 'The photos are on the node already. Work that the changed options do not touch is used again.',
      action: 'Restart',
      definitions,
      draft: before,
      problems: new Map(),
      accept: async (draft) => {
        await this.api.restart(uuid, draft === before ? null : choicesOf(definitions, draft));
        restarted = true;
      },
    });
    if (restarted) {
      announce(`${name} is restarted.`);
    }

    return restarted;
  }
}
