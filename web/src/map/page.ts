import { messageOf, NodeError } from '../node/errors.ts';
import type { TokenStore } from '../node/token.ts';
import { button, h, setAttribute, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { layerNames, type WebOdmApi } from './api.ts';
import { LogInForm } from './logInForm.ts';
import { TaskChoice, type ProjectTasks } from './taskChoice.ts';
import { MapView, type ShownLayer } from './view.ts';
import type { MapTask } from './wire.ts';

/**
 * The page of maps: who is logged in sees the finished tasks of all projects, one at a time; who is not, the public task that the
 * address names.
 */
export class MapPage {
  readonly element: HTMLElement;

  private readonly trouble = h('p', { class: 'trouble', role: 'alert', hidden: true });
  private readonly form: LogInForm;
  private readonly choice = new TaskChoice((task) => void this.guard(() => this.open(task)));
  private readonly view: MapView;
  private readonly place: HTMLElement;

  /** The task that was chosen last: what comes late of another one is not shown. */
  private chosen: MapTask | null = null;

  constructor(
    private readonly api: WebOdmApi,
    private readonly tokens: TokenStore,
  ) {
    this.form = new LogInForm((user, password) => void this.logIn(user, password));
    this.view = new MapView(api, (thrown) => this.tell(thrown));
    this.place = h('div', { class: 'map-place', hidden: true },
      h('aside', { class: 'panel map-side' },
        h('div', { class: 'section-head' },
          h('h2', {}, 'Maps'),
          button({ class: 'button small' }, [icon('restart'), 'Refresh'], () => void this.guard(() => this.list()))),
        this.choice.element,
        this.view.layerControl),
      this.view.element);
    this.element = h('main', { class: 'map-main' }, this.trouble, this.form.element, this.place);
  }

  start(): void {
    void this.guard(() => this.tokens.get() === '' ? this.showPublic() : this.list());
  }

  private async showPublic(): Promise<void> {
    const named = /^#(\d+)\/(\d+)$/.exec(location.hash);
    const task = named === null ? null : await this.api.task(Number(named[1]), Number(named[2]));
    if (task === null || task.assets.length === 0) {
      this.form.show('');
      return;
    }

    this.place.hidden = false;
    this.choice.show([{ project: { id: task.project, name: 'Public map' }, tasks: [task] }]);
    await this.open(task);
  }

  private async logIn(user: string, password: string): Promise<void> {
    try {
      await this.api.logIn(user, password);
    } catch (thrown) {
      this.form.show(messageOf(thrown));
      return;
    }

    await this.guard(() => this.list());
  }

  private async list(): Promise<void> {
    const projects: readonly ProjectTasks[] = await Promise.all(
      (await this.api.projects()).map(async (project) => ({ project, tasks: await this.api.tasks(project.id) })));
    this.form.hide();
    this.place.hidden = false;
    this.choice.show(projects);

    // The address names the task, so that a map can be sent to somebody.
    const tasks = projects.flatMap(({ tasks: all }) => all).filter((task) => task.assets.length > 0);
    const wanted = tasks.find((task) => location.hash === hashOf(task)) ?? tasks[0];
    if (wanted !== undefined) {
      await this.open(wanted);
    }
  }

  private async open(task: MapTask): Promise<void> {
    this.chosen = task;
    this.choice.mark(task);
    history.replaceState(null, '', hashOf(task));
    setAttribute(this.place, 'aria-busy', 'true');
    try {
      const sets = await Promise.all(layerNames.map(async (name) => ({ name, tiles: await this.api.layer(task, name) })));
      if (this.chosen === task) {
        this.showLayers(task, sets.filter((set): set is ShownLayer => set.tiles !== null));
      }
    } finally {
      if (this.chosen === task) {
        setAttribute(this.place, 'aria-busy', null);
      }
    }
  }

  private showLayers(task: MapTask, shown: readonly ShownLayer[]): void {
    this.view.show(task, shown);
    if (shown.length === 0) {
      this.tellText('This task has no map: its photos did not say where they were taken, or no raster was made.');
    }
  }

  private async guard(work: () => Promise<void>): Promise<void> {
    this.tellText('');
    try {
      await work();
    } catch (thrown) {
      this.tell(thrown);
    }
  }

  private tell(thrown: unknown): void {
    if (thrown instanceof NodeError && thrown.kind === 'token') {
      const wasKnown = this.tokens.get() !== '';
      this.tokens.set('');
      this.place.hidden = true;
      this.form.show(wasKnown ? 'You are not logged in any more.' : '');
    } else {
      this.tellText(messageOf(thrown));
    }
  }

  private tellText(text: string): void {
    this.trouble.hidden = text === '';
    setText(this.trouble, text);
  }
}

function hashOf(task: MapTask): string {
  return `#${task.project}/${task.id}`;
}
