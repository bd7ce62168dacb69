import type { NodeApi } from '../node/api.ts';
import { Status, type OptionDefinition } from '../node/wire.ts';
import { announce } from '../ui/announcer.ts';
import { arrange, button, h, setText } from '../ui/dom.ts';
import { counted, percent, statusWord } from '../ui/words.ts';
import { TaskActions } from './actions.ts';
import { TaskCard } from './card.ts';
import { isActive, type TaskOverview, type TaskView } from './feed.ts';

/** All tasks of the node, the newest first. */
export class TaskList {
  readonly element: HTMLElement;

  private readonly cards = new Map<string, TaskCard>();
  private readonly statuses = new Map<string, number>();
  private readonly place = h('div', { class: 'cards' });
  private readonly sum = h('span', { class: 'muted' });
  private readonly empty: HTMLElement;
  private readonly more: HTMLButtonElement;
  private readonly actions: TaskActions;

  /**
   * @param onChange Told when the list should be asked for again.
   * @param onMore Told when older tasks are wanted.
   */
  constructor(
    private readonly api: NodeApi,
    private readonly definitions: () => readonly OptionDefinition[],
    private readonly onChange: () => void,
    onMore: () => void,
  ) {
    this.actions = new TaskActions(api, definitions);
    this.more = button({ class: 'button wide' }, ['Show older tasks'], onMore);
    this.more.hidden = true;
    this.empty = h('div', { class: 'empty', hidden: true },
      h('p', {}, 'No tasks yet.'),
      h('p', { class: 'muted' }, 'Choose overlapping photos of a survey, and the node makes a point cloud, a surface model and an orthophoto of them.'));
    this.element = h('section', { class: 'tasks', 'aria-labelledby': 'tasks-title' },
      h('div', { class: 'section-head' }, h('h2', { id: 'tasks-title' }, 'Tasks'), this.sum),
      this.empty, this.place, this.more);
  }

  show({ views, older }: TaskOverview): void {
    const shown = new Set(views.map(({ info }) => info.uuid));
    for (const [uuid, card] of this.cards) {
      if (!shown.has(uuid)) {
        card.dispose();
        this.cards.delete(uuid);
        this.statuses.delete(uuid);
      }
    }

    arrange(this.place, views.map((view) => this.cardOf(view).element));
    this.empty.hidden = views.length > 0;
    this.more.hidden = older === 0;
    setText(this.more, `Show ${counted(older, 'older task')}`);
    const active = views.filter(({ info }) => isActive(info)).length;
    setText(this.sum, views.length === 0 ? '' : `${counted(views.length + older, 'task')}${active > 0 ? ` · ${active.toLocaleString('en')} active` : ''}`);
    document.title = titleOf(views);
  }

  private cardOf(view: TaskView): TaskCard {
    const { uuid } = view.info;
    this.tellEnd(view);
    const present = this.cards.get(uuid);
    if (present !== undefined) {
      present.update(view);
      return present;
    }

    const card = new TaskCard(view, this.api, this.definitions, this.actions, this.onChange);
    this.cards.set(uuid, card);
    return card;
  }

  private tellEnd({ info }: TaskView): void {
    const before = this.statuses.get(info.uuid);
    this.statuses.set(info.uuid, info.status);
    if (before !== undefined && before !== info.status && !isActive(info)) {
      announce(`${info.name}: ${statusWord(info.status)}.`);
    }
  }
}

/** The title of the page tells how far the oldest running task is. */
function titleOf(views: readonly TaskView[]): string {
  const running = views.findLast(({ info }) => info.status === Status.running);
  return running === undefined ? 'OdmNode' : `${percent(running.info.progress)} ${running.info.name} – OdmNode`;
}
