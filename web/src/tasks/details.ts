import type { OptionDefinition, TaskInfo } from '../node/wire.ts';
import { valueWords } from '../options/chips.ts';
import { announce } from '../ui/announcer.ts';
import { button, copyText, h } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';

/** The options of a task and its id. */
export function taskDetails(info: TaskInfo, definitions: readonly OptionDefinition[]): HTMLElement {
  const types = new Map(definitions.map(({ name, type }) => [name, type]));
  const options = info.options.length === 0
    ? h('p', { class: 'muted' }, 'All options have their defaults.')
    : h('ul', { class: 'chips', 'aria-label': 'Options of the task' }, ...info.options.map(({ name, value }) => {
      const text = String(value);
      return h('li', { class: 'chip' },
        h('span', { class: 'chip-name' }, name), h('span', { class: 'chip-value', title: text }, valueWords(types.get(name), text)));
    }));
  return h('div', { class: 'details' },
    options,
    h('p', { class: 'task-id' }, h('span', { class: 'muted' }, 'Id'), h('code', {}, info.uuid),
      button({ class: 'icon-button', 'aria-label': 'Copy the id', title: 'Copy the id' }, [icon('copy')], () => {
        void copyText(info.uuid).then((copied) => announce(copied ? 'Id copied.' : 'The browser does not allow copying.'));
      })));
}
