import type { NodeInfo } from '../node/wire.ts';
import { h, setText } from '../ui/dom.ts';
import { bytes, counted } from '../ui/words.ts';

/** The head of the page: what node this is and how busy it is. */
export class Header {
  readonly element: HTMLElement;

  private readonly engine = h('dd');
  private readonly queue = h('dd');
  private readonly memory = h('dd');
  private readonly cores = h('dd');
  private readonly facts: HTMLElement;

  constructor(logo: string) {
    this.facts = h('dl', { class: 'facts-list', hidden: true },
      fact('Engine', this.engine), fact('Queue', this.queue), fact('Memory', this.memory), fact('Processors', this.cores));
    this.element = h('header', { class: 'top' },
      h('h1', {}, h('img', { src: logo, alt: '', width: 26, height: 26 }), 'OdmNode'),
      this.facts,
      h('nav', {}, h('a', { href: './map' }, 'Maps')));
  }

  show(info: NodeInfo): void {
    this.facts.hidden = false;
    setText(this.engine, info.engineVersion === '?' ? info.engine : `${info.engine} ${info.engineVersion}`);
    setText(this.queue, `${counted(info.taskQueueCount, 'task')}, ${info.maxParallelTasks} at a time`);
    setText(this.memory, `${bytes(info.availableMemory)} free of ${bytes(info.totalMemory)}`);
    setText(this.cores, counted(info.cpuCores, 'core'));
  }

  hide(): void {
    this.facts.hidden = true;
  }
}

function fact(name: string, value: HTMLElement): HTMLElement {
  return h('div', {}, h('dt', {}, name), value);
}
