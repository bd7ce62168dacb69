import { h } from './dom.ts';

const overscan = 12;

/** Shows only those of many rows of equal height that are in view. */
export class VirtualList {
  /** The element that scrolls. */
  readonly element: HTMLElement;

  private readonly space = h('div', { class: 'rows' });
  private readonly rows = new Map<number, HTMLElement>();
  private count = 0;
  private scheduled = false;
  private pinned = false;

  /**
   * @param rowHeight Pixels.
   * @param render Makes the row at a place.
   */
  constructor(
    attributes: Readonly<Record<string, string | number>>,
    private readonly rowHeight: number,
    private readonly render: (index: number) => HTMLElement,
  ) {
    this.element = h('div', attributes, this.space);
    this.element.addEventListener('scroll', () => this.schedule(), { passive: true });
    new ResizeObserver(() => this.schedule()).observe(this.element);
  }

  /** True when the end of the list is in view. */
  get atEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollTop + clientHeight >= scrollHeight - this.rowHeight;
  }

  /** Takes note of a new number of rows; rows that are shown already stay as they are. */
  grow(count: number): void {
    this.count = count;
    this.schedule();
  }

  /** Starts over with other rows. */
  reset(count: number): void {
    for (const row of this.rows.values()) {
      row.remove();
    }

    this.rows.clear();
    this.grow(count);
  }

  /** Shows the end with the next drawing. */
  scrollToEnd(): void {
    this.pinned = true;
    this.schedule();
  }

  private schedule(): void {
    if (!this.scheduled) {
      this.scheduled = true;
      requestAnimationFrame(() => {
        this.scheduled = false;
        this.draw();
      });
    }
  }

  private draw(): void {
    this.space.style.height = `${this.count * this.rowHeight}px`;
    if (this.pinned) {
      this.pinned = false;
      this.element.scrollTop = this.element.scrollHeight;
    }

    const first = Math.max(0, Math.floor(this.element.scrollTop / this.rowHeight) - overscan);
    const last = Math.min(this.count, Math.ceil((this.element.scrollTop + this.element.clientHeight) / this.rowHeight) + overscan);
    for (const [index, row] of this.rows) {
      if (index < first || index >= last) {
        row.remove();
        this.rows.delete(index);
      }
    }

    for (let index = first; index < last; index += 1) {
      if (!this.rows.has(index)) {
        const row = this.render(index);
        row.style.top = `${index * this.rowHeight}px`;
        this.rows.set(index, row);
        this.space.append(row);
      }
    }
  }
}
