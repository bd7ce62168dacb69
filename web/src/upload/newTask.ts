import type { NodeApi } from '../node/api.ts';
import { messageOf, NodeError, parseOptionProblems } from '../node/errors.ts';
import type { OptionDefinition } from '../node/wire.ts';
import { optionChips } from '../options/chips.ts';
import { choicesOf, withoutOption, type Draft } from '../options/draft.ts';
import { OptionEditor } from '../options/editor.ts';
import { announce } from '../ui/announcer.ts';
import { button, freshId, h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { counted } from '../ui/words.ts';
import { DropZone } from './dropZone.ts';
import { FileList } from './fileList.ts';
import type { Intake } from './intake.ts';
import { addFiles, lanes, planNames } from './plan.ts';
import { UploadProgress } from './progressView.ts';
import { UploadSession, type UploadState } from './session.ts';
import { nodeTransport, realClock } from './transport.ts';
import { randomUuid } from './uuid.ts';

const probeMilliseconds = 3000;
const noDraft: Draft = new Map();
const noProblems: ReadonlyMap<string, string> = new Map();

/** The panel in which a task is put together and sent. */
export class NewTask {
  readonly element: HTMLElement;

  private readonly form: HTMLFormElement;
  private readonly fileList = new FileList((files) => this.setFiles(files));
  private readonly notice = h('p', { class: 'notice', role: 'status' });
  private readonly problem = h('p', { class: 'field-error', role: 'alert' });
  private readonly name: HTMLInputElement;
  private readonly chips = h('div', { class: 'chip-place' });
  private readonly webFormats = h('input', { type: 'checkbox' });
  private readonly start = h('button', { type: 'submit', class: 'button primary wide' }, icon('upload'), 'Upload and start');
  private readonly progress = new UploadProgress(() => this.session?.cancel(), () => void this.session?.run());
  private files: readonly File[] = [];
  private draft: Draft = noDraft;
  private problems = noProblems;
  private definitions: readonly OptionDefinition[] = [];
  private mostImages: number | null = null;
  private session: UploadSession | null = null;

  /** @param onCreated Told when a task has been handed over. */
  constructor(
    private readonly api: NodeApi,
    private readonly onCreated: () => void,
  ) {
    const nameId = freshId('name');
    this.name = h('input', { id: nameId, type: 'text', autocomplete: 'off', placeholder: 'Named after its time when empty' });
    this.form = h('form', { class: 'new-form' },
      new DropZone((intake) => this.take(intake)).element,
      this.fileList.element,
      this.notice,
      h('div', { class: 'field' }, h('label', { for: nameId }, 'Task name'), this.name),
      h('div', { class: 'field' },
        h('div', { class: 'field-head' },
          h('span', { class: 'label' }, 'Options'),
          button({ class: 'button small' }, [icon('sliders'), 'Edit options'], () => this.editOptions())),
        this.chips),
      h('label', { class: 'check' }, this.webFormats, h('span', {}, 'Also make formats for web maps ', h('span', { class: 'muted' }, '(COG, EPT, glTF)'))),
      this.problem,
      this.start);
    this.form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.send();
    });
    const details = h('details', { open: true },
      h('summary', {}, icon('chevron'), h('h2', {}, 'New task')),
      this.form, this.progress.element);
    details.open = !window.matchMedia('(max-width: 60rem)').matches;
    this.element = h('section', { class: 'panel new-task', 'aria-label': 'New task' }, details);
    window.addEventListener('offline', () => this.session?.interrupt('This device has lost its network.'));
    window.addEventListener('beforeunload', (event) => {
      if (this.session !== null) {
        event.preventDefault();
      }
    });
    this.showForm();
  }

  /** The options of the node have become known. */
  setDefinitions(definitions: readonly OptionDefinition[]): void {
    this.definitions = definitions;
    this.showForm();
  }

  setMostImages(mostImages: number | null): void {
    if (this.mostImages !== mostImages) {
      this.mostImages = mostImages;
      this.showForm();
    }
  }

  private take(intake: Intake): void {
    const before = this.files.length;
    this.setFiles(addFiles(this.files, intake.files));
    const twice = before + intake.files.length - this.files.length;
    const notes = [
      twice > 0 ? `${counted(twice, 'file')} chosen already.` : '',
      intake.leftOut.length > 0 ? `${counted(intake.leftOut.length, 'file')} left out as no part of a survey: ${examples(intake.leftOut)}.` : '',
    ];
    setText(this.notice, notes.filter((note) => note !== '').join(' '));
    if (this.name.value === '' && intake.folder !== null) {
      this.name.value = intake.folder;
    }
  }

  private setFiles(files: readonly File[]): void {
    this.files = files;
    setText(this.notice, '');
    this.fileList.show(files);
    this.showForm();
  }

  private showForm(): void {
    const tooMany = this.mostImages !== null && this.files.length > this.mostImages;
    setText(this.problem, tooMany ? `This node takes up to ${counted(this.mostImages!, 'image')} per task.` : '');
    this.start.disabled = this.files.length === 0 || tooMany;
    this.chips.replaceChildren(this.draft.size === 0 && this.problems.size === 0
      ? h('p', { class: 'muted' }, 'All options have their defaults.')
      : optionChips(this.definitions, this.draft, this.problems, (name) => {
        this.draft = withoutOption(this.draft, name);
        this.problems = new Map([...this.problems].filter(([other]) => other !== name));
        this.showForm();
      }));
  }

  private editOptions(): void {
    void OptionEditor.open({
      title: 'Options of the new task',
      hint: 'Only what you change is sent; everything else is left to the engine.',
      action: 'Apply',
      definitions: this.definitions,
      draft: this.draft,
      problems: this.problems,
      accept: async (draft) => {
        this.draft = draft;
        this.problems = noProblems;
        this.showForm();
      },
    });
  }

  private send(): void {
    const order = {
      uuid: randomUuid(),
      fields: {
        name: this.name.value.trim(),
        options: JSON.stringify(choicesOf(this.definitions, this.draft)),
        skipPostProcessing: String(!this.webFormats.checked),
      },
      files: planNames(this.files),
      lanes: lanes(connectionProtocol()),
    };
    setText(this.notice, '');
    this.session = new UploadSession(order, nodeTransport(this.api), realClock, (state) => this.follow(state));
    this.form.hidden = true;
    this.progress.element.hidden = false;
    void this.session.run();
  }

  private follow(state: UploadState): void {
    this.progress.show(state);
    const problems = state.problem instanceof NodeError ? parseOptionProblems(state.problem.message) : null;
    if (state.phase === 'done') {
      announce('Uploaded. The task is on the node.');
      this.leave();
      this.clear();
      this.onCreated();
    } else if (state.phase === 'cancelled') {
      announce('Upload cancelled.');
      this.leave();
    } else if (state.phase === 'failed' && problems !== null) {
      this.leave();
      this.problems = new Map(problems.map(({ name, error }) => [name, error]));
      this.showForm();
      setText(this.problem, `The node refused ${counted(problems.length, 'option')}.`);
      this.editOptions();
    } else if (state.phase === 'interrupted' || state.phase === 'failed') {
      announce(`The upload stands still: ${messageOf(state.problem)}`);
      void this.awaitNode();
    }
  }

  /** Asks again and again, also while the page is out of sight, whether an interrupted upload can go on. */
  private async awaitNode(): Promise<void> {
    const { session } = this;
    while (session !== null && session === this.session && session.state.resumes) {
      await new Promise((later) => setTimeout(later, probeMilliseconds));
      try {
        await this.api.info();
        session.nodeAnswers();
      } catch {
        // Not yet.
      }
    }
  }

  /** Back to the form. */
  private leave(): void {
    this.session = null;
    this.form.hidden = false;
    this.progress.element.hidden = true;
  }

  private clear(): void {
    this.draft = noDraft;
    this.problems = noProblems;
    this.name.value = '';
    this.setFiles([]);
  }
}

function examples(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} …`;
}

/** The protocol that brought the page. */
function connectionProtocol(): string {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming ? navigation.nextHopProtocol : '';
}
