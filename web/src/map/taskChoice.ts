import { button, h, setAttribute } from '../ui/dom.ts';
import { counted, statusWord } from '../ui/words.ts';
import type { MapTask, Project } from './wire.ts';

/** A project with its tasks. */
export interface ProjectTasks {
  readonly project: Project;
  readonly tasks: readonly MapTask[];
}

/** The list of projects and tasks beside the map. */
export class TaskChoice {
  readonly element = h('div', { class: 'map-tasks' });

  private buttons = new Map<MapTask, HTMLButtonElement>();

  /** @param onChoice Told the task that was chosen. */
  constructor(private readonly onChoice: (task: MapTask) => void) {}

  show(projects: readonly ProjectTasks[]): void {
    this.buttons = new Map();
    this.element.replaceChildren(
      ...projects.map(({ project, tasks }) => h('section', {},
        h('h3', {}, project.name === '' ? `Project ${project.id}` : project.name),
        tasks.length === 0
          ? h('p', { class: 'muted' }, 'No tasks.')
          : h('ul', {}, ...tasks.map((task) => h('li', {}, this.buttonOf(task)))))));
    if (projects.length === 0) {
      this.element.append(h('p', { class: 'muted' }, 'No projects yet.'));
    }
  }

  mark(chosen: MapTask): void {
    for (const [task, element] of this.buttons) {
      setAttribute(element, 'aria-current', task === chosen ? 'true' : null);
    }
  }

  private buttonOf(task: MapTask): HTMLButtonElement {
    const element = button({ class: 'map-task', disabled: task.assets.length === 0 }, [
      h('span', { class: 'map-task-name' }, task.name === '' ? `Task ${task.id}` : task.name),
      h('span', { class: 'muted' }, `${counted(task.imagesCount, 'image')} · ${task.status === null ? 'Waiting' : statusWord(task.status)}`),
    ], () => this.onChoice(task));
    this.buttons.set(task, element);
    return element;
  }
}
