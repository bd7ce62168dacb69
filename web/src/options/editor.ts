import { parseOptionProblems, messageOf, NodeError } from '../node/errors.ts';
import type { OptionDefinition } from '../node/wire.ts';
import { button, freshId, h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { counted } from '../ui/words.ts';
import { problemOf } from './domain.ts';
import { problemsOf, withOption, type Draft } from './draft.ts';
import { OptionField } from './field.ts';
import { groupOptions, matches } from './groups.ts';

export interface EditorRequest {
  readonly title: string;
  readonly hint: string;
  /** The word on the button that ends the editing. */
  readonly action: string;
  readonly definitions: readonly OptionDefinition[];
  readonly draft: Draft;
  /** What the node said about options before. */
  readonly problems: ReadonlyMap<string, string>;
  /** Takes the draft over; errors of the node are shown in the editor, which then stays open. */
  readonly accept: (draft: Draft) => Promise<void>;
}

/** The dialog in which all options of the engine are searched, read and changed. */
export class OptionEditor {
  private readonly dialog: HTMLDialogElement;
  private readonly fields: ReadonlyMap<string, OptionField>;
  private readonly search: HTMLInputElement;
  private readonly onlyChanged = h('input', { type: 'checkbox' });
  private readonly accept: HTMLButtonElement;
  private readonly outcome = h('p', { class: 'editor-outcome', role: 'alert' });
  private readonly count = h('span', { class: 'muted', 'aria-live': 'polite' });
  private readonly nothing = h('p', { class: 'nothing' }, 'No option fits.');
  private draft: Draft;

  private constructor(private readonly request: EditorRequest) {
    this.draft = request.draft;
    const title = freshId('editor');
    const groups = groupOptions(request.definitions);
    this.fields = new Map(request.definitions.map((definition) =>
      [definition.name, new OptionField(definition, (text) => this.change(definition, text))]));
    this.search = h('input', {
      type: 'search', placeholder: 'Search names and explanations', 'aria-label': 'Search options', autocomplete: 'off', spellcheck: 'false',
    });
    this.search.addEventListener('input', () => this.filter());
    this.onlyChanged.addEventListener('change', () => this.filter());
    this.accept = button({ class: 'button primary' }, [request.action], () => void this.submit());

    const sections = groups.map((group) => h('section', { class: 'option-group', 'aria-label': group.title },
      h('h3', { tabindex: '-1' }, group.title),
      ...group.definitions.map(({ name }) => this.fields.get(name)!.element)));
    const body = h('div', { class: 'editor-options' }, ...sections, this.nothing);
    const jumps = sections.map((section, index) => h('li', {}, button({ class: 'jump' }, [groups[index]!.title], () => {
      this.showAll();
      section.scrollIntoView({ block: 'start' });
      section.querySelector('h3')!.focus({ preventScroll: true });
    })));
    this.dialog = h('dialog', { class: 'dialog editor', 'aria-labelledby': title },
      h('header', { class: 'editor-head' },
        h('div', { class: 'editor-title' },
          h('div', {}, h('h2', { id: title }, request.title), h('p', { class: 'muted' }, request.hint)),
          button({ class: 'icon-button', 'aria-label': 'Close without changes' }, [icon('close')], () => this.dialog.close())),
        h('div', { class: 'editor-tools' },
          h('div', { class: 'search' }, icon('search'), this.search),
          h('label', { class: 'check' }, this.onlyChanged, 'Changed only'))),
      h('nav', { class: 'editor-groups', 'aria-label': 'Groups of options' }, h('ul', {}, ...jumps)),
      body,
      h('footer', { class: 'editor-foot' }, this.outcome,
        h('div', { class: 'dialog-actions' }, this.count,
          button({ class: 'button' }, ['Back'], () => this.dialog.close()), this.accept)));
  }

  /** Opens the editor; the promise is kept when it has been closed. */
  static open(request: EditorRequest): Promise<void> {
    return new OptionEditor(request).show();
  }

  private show(): Promise<void> {
    for (const [name, field] of this.fields) {
      field.show(this.draft.get(name) ?? field.definition.value, this.request.problems.get(name) ?? null);
    }

    document.body.append(this.dialog);
    this.dialog.showModal();
    this.filter();
    this.showCount();
    if (this.request.problems.size > 0) {
      this.focusFirst(this.request.problems);
    } else {
      this.search.focus();
    }

    return new Promise((resolve) => {
      this.dialog.addEventListener('close', () => {
        this.dialog.remove();
        resolve();
      });
    });
  }

  private change(definition: OptionDefinition, text: string): void {
    this.draft = withOption(this.draft, definition, text);
    this.fields.get(definition.name)!.mark(text, this.draft.has(definition.name) ? problemOf(definition, text) : null);
    this.showCount();
  }

  private filter(): void {
    const query = this.search.value.trim();
    for (const field of this.fields.values()) {
      const { definition, element } = field;
      element.hidden = !matches(definition, query) || (this.onlyChanged.checked && !this.draft.has(definition.name));
    }

    let some = false;
    for (const section of this.dialog.querySelectorAll<HTMLElement>('.option-group')) {
      section.hidden = section.querySelector('.option:not([hidden])') === null;
      some ||= !section.hidden;
    }

    this.nothing.hidden = some;
  }

  private showAll(): void {
    this.search.value = '';
    this.onlyChanged.checked = false;
    this.filter();
  }

  private showCount(): void {
    setText(this.count, this.draft.size === 0 ? 'All options have their defaults' : `${counted(this.draft.size, 'option')} changed`);
  }

  private async submit(): Promise<void> {
    const wrong = problemsOf(this.request.definitions, this.draft);
    if (wrong.size > 0) {
      this.showProblems(wrong);
      return;
    }

    this.accept.disabled = true;
    try {
      await this.request.accept(this.draft);
      this.dialog.close();
    } catch (thrown) {
      const problems = thrown instanceof NodeError ? parseOptionProblems(thrown.message) : null;
      if (problems === null) {
        setText(this.outcome, messageOf(thrown));
      } else {
        this.showProblems(new Map(problems.map(({ name, error }) => [name, error])));
      }
    } finally {
      this.accept.disabled = false;
    }
  }

  private showProblems(problems: ReadonlyMap<string, string>): void {
    this.showAll();
    for (const [name, field] of this.fields) {
      field.mark(this.draft.get(name) ?? field.definition.value, problems.get(name) ?? null);
    }

    setText(this.outcome, `${counted(problems.size, 'option')} to correct.`);
    this.focusFirst(problems);
  }

  private focusFirst(problems: ReadonlyMap<string, string>): void {
    const first = [...this.fields.values()].find(({ definition }) => problems.has(definition.name));
    first?.element.scrollIntoView({ block: 'center' });
    first?.focus();
  }
}
