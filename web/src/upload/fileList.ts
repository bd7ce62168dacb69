import { button, h, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { VirtualList } from '../ui/virtualList.ts';
import { bytes, counted } from '../ui/words.ts';

const rowHeight = 30;
const mostRowsShown = 7;

/** The chosen files: how many, how large, and each with a button that takes it out. */
export class FileList {
  readonly element: HTMLElement;

  private readonly sum = h('strong');
  private readonly list: VirtualList;
  private files: readonly File[] = [];

  constructor(private readonly onChange: (files: readonly File[]) => void) {
    this.list = new VirtualList({ class: 'file-rows', tabindex: 0, role: 'group', 'aria-label': 'Chosen files' }, rowHeight, (index) => this.row(index));
    this.element = h('div', { class: 'files', hidden: true },
      h('details', {},
        h('summary', {}, icon('chevron'), this.sum),
        this.list.element),
      button({ class: 'link' }, ['Remove all'], () => this.onChange([])));
  }

  show(files: readonly File[]): void {
    this.files = files;
    this.element.hidden = files.length === 0;
    const size = files.reduce((all, file) => all + file.size, 0);
    setText(this.sum, `${counted(files.length, 'file')} · ${bytes(size)}`);
    this.list.element.style.height = `${Math.min(files.length, mostRowsShown) * rowHeight}px`;
    this.list.reset(files.length);
  }

  private row(index: number): HTMLElement {
    const file = this.files[index]!;
    return h('div', { class: 'file-row' },
      h('span', { class: 'file-name', title: file.webkitRelativePath || file.name }, file.name),
      h('span', { class: 'muted' }, bytes(file.size)),
      button({ class: 'icon-button', 'aria-label': `Remove ${file.name}` }, [icon('close')], () => {
        this.onChange(this.files.filter((other) => other !== file));
        this.list.element.focus();
      }));
  }
}
