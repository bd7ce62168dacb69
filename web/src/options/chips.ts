import type { OptionDefinition } from '../node/wire.ts';
import { button, h } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import type { Draft } from './draft.ts';

const longestValue = 40;

/** The changed options as a list in which each can be reset. */
export function optionChips(
  definitions: readonly OptionDefinition[],
  draft: Draft,
  problems: ReadonlyMap<string, string>,
  onReset: (name: string) => void,
): HTMLElement {
  const chosen = definitions.filter(({ name }) => draft.has(name) || problems.has(name));
  return h('ul', { class: 'chips', 'aria-label': 'Changed options' }, ...chosen.map((definition) => {
    const { name, type } = definition;
    const text = draft.get(name) ?? definition.value;
    const problem = problems.get(name);
    return h('li', { class: problem === undefined ? 'chip' : 'chip wrong', 'data-option': name },
      h('span', { class: 'chip-name' }, name),
      h('span', { class: 'chip-value', title: text }, valueWords(type, text)),
      button({ class: 'chip-reset', 'aria-label': `Reset ${name}`, title: `Reset ${name}` }, [icon('close')], () => onReset(name)),
      problem === undefined ? null : h('span', { class: 'chip-problem' }, problem));
  }));
}

/** The value of an option in few words. */
export function valueWords(type: OptionDefinition['type'] | undefined, text: string): string {
  return type === 'bool' || text === 'true' || text === 'false' ? (text === 'true' ? 'on' : 'off')
    : text === '' ? 'none'
    : text.length > longestValue ? `${text.slice(0, longestValue - 1)}…`
    : text;
}
