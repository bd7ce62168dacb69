import type { OptionDefinition } from '../node/wire.ts';
import { button, freshId, h, setAttribute, setText } from '../ui/dom.ts';
import { domainWords } from './domain.ts';
import { helpOf, isDefault, shown } from './draft.ts';

/** One option in the editor: its name, its input, its help and what is wrong with it. */
export class OptionField {
  readonly element: HTMLElement;

  private readonly input: OptionInput;
  private readonly reset: HTMLButtonElement;
  private readonly error: HTMLElement;

  /** @param onInput Told every text that the user gives. */
  constructor(
    readonly definition: OptionDefinition,
    onInput: (text: string) => void,
  ) {
    const id = freshId('option');
    const words = domainWords(definition);
    this.error = h('p', { class: 'field-error', id: `${id}-error` });
    this.input = makeInput(definition, id);
    setAttribute(this.input.element, 'aria-describedby', `${id}-help ${id}-error`);
    this.input.element.addEventListener('input', () => onInput(this.input.read()));
    this.reset = button({ class: 'link', 'aria-label': `Reset ${definition.name}` }, ['Reset'], () => {
      onInput(definition.value);
      this.show(definition.value, null);
      this.input.element.focus();
    });
    this.element = h('div', { class: 'option', 'data-option': definition.name },
      h('div', { class: 'option-name' }, h('label', { for: id }, definition.name)),
      h('div', { class: 'option-input' }, this.input.element),
      h('div', { class: 'option-help' },
        h('p', { id: `${id}-help` }, helpOf(definition)),
        h('p', { class: 'option-default' },
          h('span', {}, `Default: ${defaultWords(definition)}${words === '' ? '' : ` · ${words}`}`),
          this.reset),
        this.error));
  }

  show(text: string, problem: string | null): void {
    this.input.write(text);
    this.mark(text, problem);
  }

  /** Shows how a text relates to the default and what is wrong with it, leaving the input alone. */
  mark(text: string, problem: string | null): void {
    const changed = !isDefault(this.definition, text);
    this.element.classList.toggle('changed', changed);
    this.reset.hidden = !changed;
    setText(this.error, problem ?? '');
    setAttribute(this.input.element, 'aria-invalid', problem === null ? null : 'true');
  }

  focus(): void {
    this.input.element.focus();
  }
}

interface OptionInput {
  readonly element: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
  read(): string;
  write(text: string): void;
}

function makeInput(definition: OptionDefinition, id: string): OptionInput {
  const { type, domain } = definition;
  if (type === 'bool') {
    const element = h('input', { id, type: 'checkbox', class: 'switch' });
    return { element, read: () => String(element.checked), write: (text) => { element.checked = text === 'true'; } };
  }

  if (type === 'enum' && typeof domain !== 'string') {
    const element = h('select', { id }, ...domain.map((choice) => h('option', { value: choice }, shown(choice))));
    return textInput(element);
  }

  if (domain === 'json') {
    return textInput(h('textarea', { id, rows: 3, spellcheck: 'false', placeholder: '{ }' }));
  }

  const numeric = type === 'int' || type === 'float';
  return textInput(h('input', {
    id, type: 'text', autocomplete: 'off', spellcheck: 'false', inputmode: numeric ? 'decimal' : 'text',
    placeholder: definition.value,
  }));
}

function textInput(element: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement): OptionInput {
  return {
    element,
    read: () => element.value,
    write: (text) => {
      if (element.value !== text) {
        element.value = text;
      }
    },
  };
}

function defaultWords({ type, value }: OptionDefinition): string {
  return type === 'bool' ? (value === 'true' ? 'on' : 'off') : shown(value);
}
