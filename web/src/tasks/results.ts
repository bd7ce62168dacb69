import type { NodeApi } from '../node/api.ts';
import { messageOf } from '../node/errors.ts';
import { together } from '../node/together.ts';
import { h } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { bytes } from '../ui/words.ts';
import { assets } from './assets.ts';

const asksAtATime = 4;

/** The results of a task that are there, found out when it is opened. */
export class Results {
  readonly element = h('div', { class: 'results' });

  constructor(
    private readonly api: NodeApi,
    private readonly uuid: string,
  ) {}

  async load(): Promise<void> {
    this.element.replaceChildren(h('p', { class: 'muted', role: 'status' }, 'Looking what there is …'));
    try {
      const lengths = await together(assets, asksAtATime, ({ name }) => this.api.assetLength(this.uuid, name));
      const rows = assets.flatMap((asset, index) => {
        const length = lengths[index] ?? null;
        return length === null ? [] : [this.row(asset.name, asset.label, length)];
      });
      this.element.replaceChildren(rows.length === 0 ? h('p', { class: 'muted' }, 'No results.') : h('ul', { class: 'downloads' }, ...rows));
    } catch (thrown) {
      this.element.replaceChildren(h('p', { class: 'field-error', role: 'alert' }, messageOf(thrown)));
    }
  }

  private row(name: string, label: string, length: number): HTMLElement {
    const address = this.api.taskAddress(this.uuid, `download/${name}`);
    return h('li', {},
      h('a', { href: address, download: name }, icon('download'), h('span', {}, label), h('code', {}, name), h('span', { class: 'muted' }, bytes(length))));
  }
}
