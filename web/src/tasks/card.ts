import { ConsoleView } from '../console/view.ts';
import type { NodeApi } from '../node/api.ts';
import { messageOf } from '../node/errors.ts';
import { Status, type OptionDefinition, type TaskInfo } from '../node/wire.ts';
import { button, freshId, h, setAttribute, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { moment, percent, statusWord } from '../ui/words.ts';
import type { TaskActions } from './actions.ts';
import { taskDetails } from './details.ts';
import { isActive, type TaskView } from './feed.ts';
import { activityWords, factWords, timeLeftWords } from './progressWords.ts';
import { Results } from './results.ts';
import { Tabs, type Tab } from './tabs.ts';

const statusNames: Readonly<Record<number, string>> = {
  [Status.queued]: 'queued', [Status.running]: 'running', [Status.failed]: 'failed',
  [Status.completed]: 'completed', [Status.canceled]: 'canceled',
};

/** One task on the page. It is made once and brought up to date with every answer of the node. */
export class TaskCard {
  readonly element: HTMLElement;

  private readonly name = h('h3', { id: freshId('task') });
  private readonly status = h('span', { class: 'status' });
  private readonly facts = h('p', { class: 'facts' });
  private readonly created = h('time');
  private readonly bar = h('div', { class: 'bar-fill' });
  private readonly track = h('div', { class: 'bar', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.bar);
  private readonly share = h('span', { class: 'share' });
  private readonly activity = h('span', { class: 'activity' });
  private readonly left = h('span', { class: 'time-left' });
  private readonly progressLine: HTMLElement;
  private readonly error = h('p', { class: 'task-error' });
  private readonly trouble = h('p', { class: 'field-error', role: 'alert' });
  private readonly download = h('a', { class: 'button primary small', download: 'all.zip' }, icon('download'), 'Download');
  private readonly cancel: HTMLButtonElement;
  private readonly restart: HTMLButtonElement;
  private readonly tabs: Tabs;
  private readonly resultsTab: Tab;
  private console: ConsoleView | null = null;
  private info: TaskInfo;

  /** @param onActed Told when an action has changed the task. */
  constructor(
    view: TaskView,
    private readonly api: NodeApi,
    private readonly definitions: () => readonly OptionDefinition[],
    actions: TaskActions,
    private readonly onActed: () => void,
  ) {
    this.info = view.info;
    this.cancel = this.actionButton('Cancel', 'stop', () => actions.cancel(this.info));
    this.restart = this.actionButton('Restart', 'restart', () => actions.restart(this.info));
    const remove = this.actionButton('Remove', 'remove', () => actions.remove(this.info));
    const consoleTab = this.consoleTab();
    this.resultsTab = this.makeResultsTab();
    this.tabs = new Tabs([consoleTab, this.resultsTab, this.detailsTab()]);
    this.progressLine = h('div', { class: 'progress-line' }, this.share, this.activity, this.left);
    this.element = h('article', { class: 'card', 'aria-labelledby': this.name.id, 'data-uuid': this.info.uuid },
      h('header', { class: 'card-head' }, this.name, this.status),
      this.facts,
      this.track, this.progressLine,
      this.error, this.trouble,
      h('div', { class: 'card-foot' },
        this.tabs.buttons,
        h('div', { class: 'card-actions' }, this.download, this.cancel, this.restart, remove)),
      this.tabs.panel);
    this.update(view);
  }

  update(view: TaskView): void {
    const { info } = view;
    const now = Date.now();
    this.info = info;
    setText(this.name, info.name);
    setAttribute(this.element, 'data-status', statusNames[info.status] ?? 'unknown');
    setText(this.status, statusWord(info.status));
    this.showFacts(view, now);
    this.showProgress(view);
    setText(this.error, info.errorMessage ?? '');
    this.cancel.hidden = !isActive(info);
    this.restart.hidden = isActive(info);
    this.download.hidden = info.status !== Status.completed;
    if (!this.download.hidden) {
      setAttribute(this.download, 'href', this.api.taskAddress(info.uuid, 'download/all.zip'));
    }

    this.tabs.offer(this.resultsTab, !isActive(info));
    this.console?.taskChanged(info);
  }

  /** Ends what goes on in the background, before the card leaves the page. */
  dispose(): void {
    this.tabs.show(null);
  }

  private showFacts(view: TaskView, now: number): void {
    const { dateCreated } = view.info;
    setText(this.created, moment(dateCreated, now));
    setAttribute(this.created, 'datetime', new Date(dateCreated).toISOString());
    const words = [...factWords(view, now)].join(' · ');
    if (this.facts.dataset['words'] !== words) {
      this.facts.dataset['words'] = words;
      this.facts.replaceChildren(this.created, ` · ${words}`);
    }
  }

  private showProgress(view: TaskView): void {
    const { info } = view;
    const running = info.status === Status.running;
    const progress = Math.max(info.progress, view.progress?.progress ?? 0);
    this.track.hidden = !running;
    this.progressLine.hidden = !isActive(info);
    this.bar.style.width = `${progress}%`;
    setAttribute(this.track, 'aria-label', `Progress of ${info.name}`);
    setAttribute(this.track, 'aria-valuenow', String(Math.floor(progress)));
    setText(this.share, running ? percent(progress) : '');
    setText(this.activity, activityWords(view));
    setText(this.left, timeLeftWords(view));
  }

  private actionButton(label: string, picture: Parameters<typeof icon>[0], act: () => Promise<boolean>): HTMLButtonElement {
    const element = button({ class: 'button small' }, [icon(picture), label], () => {
      element.disabled = true;
      setText(this.trouble, '');
      act()
        .then((acted) => {
          if (acted) {
            this.onActed();
          }
        })
        .catch((thrown: unknown) => setText(this.trouble, messageOf(thrown)))
        .finally(() => { element.disabled = false; });
    });
    return element;
  }

  private consoleTab(): Tab {
    return {
      label: 'Console',
      icon: 'console',
      open: () => {
        this.console = new ConsoleView(this.api, this.info);
        this.console.start();
        return this.console.element;
      },
      close: () => {
        this.console?.stop();
        this.console = null;
      },
    };
  }

  private makeResultsTab(): Tab {
    return {
      label: 'Results',
      icon: 'folder',
      open: () => {
        const results = new Results(this.api, this.info.uuid);
        void results.load();
        return results.element;
      },
      close: () => {},
    };
  }

  private detailsTab(): Tab {
    return { label: 'Options', icon: 'sliders', open: () => taskDetails(this.info, this.definitions()), close: () => {} };
  }
}
