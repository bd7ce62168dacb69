import type { NodeApi } from '../node/api.ts';
import { messageOf } from '../node/errors.ts';
import type { TaskInfo } from '../node/wire.ts';
import { announce } from '../ui/announcer.ts';
import { button, copyText, h, saveText, setText } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { VirtualList } from '../ui/virtualList.ts';
import { counted } from '../ui/words.ts';
import { ConsoleBuffer } from './buffer.ts';
import { ConsoleFeed, type FeedState } from './feed.ts';
import { severityOf } from './severity.ts';

const rowHeight = 18;
const mostLines = 250_000;

/** The console of a task: live, searched, followed, copied and saved. */
export class ConsoleView {
  readonly element: HTMLElement;

  private readonly buffer = new ConsoleBuffer(mostLines);
  private readonly feed: ConsoleFeed;
  private readonly list: VirtualList;
  private readonly count = h('span', { class: 'muted' });
  private readonly status = h('span', { class: 'feed-state' });
  private readonly follow: HTMLButtonElement;
  private readonly filter = h('input', {
    type: 'search', placeholder: 'Filter lines', 'aria-label': 'Filter lines', autocomplete: 'off', spellcheck: 'false',
  });
  private following = true;
  private lastTop = 0;
  /** The numbers of the lines that pass the filter; null without one. */
  private found: number[] | null = null;
  private searchedUpTo = 0;
  private growing = false;

  constructor(
    private readonly api: NodeApi,
    private readonly task: TaskInfo,
  ) {
    this.feed = new ConsoleFeed(api, task, this.buffer, () => this.growSoon(), () => this.startOver(), (state) => this.showState(state));
    this.list = new VirtualList(
      { class: 'console-lines', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': `Console of ${task.name}` },
      rowHeight,
      (index) => this.row(index));
    this.list.element.addEventListener('scroll', () => this.scrolled(), { passive: true });
    this.follow = button({ class: 'button small' }, [icon('follow'), 'Follow'], () => this.setFollowing(!this.following));
    this.filter.addEventListener('input', () => this.startOver());
    this.element = h('div', { class: 'console' },
      h('div', { class: 'console-tools' },
        h('div', { class: 'search' }, icon('search'), this.filter),
        h('div', { class: 'console-facts' }, this.status, this.count),
        this.follow,
        button({ class: 'button small' }, [icon('copy'), 'Copy'], () => void this.copy()),
        button({ class: 'button small' }, [icon('download'), 'Save'], () => void this.save())),
      this.list.element);
  }

  start(): void {
    this.setFollowing(true);
    this.feed.start();
  }

  stop(): void {
    this.feed.stop();
  }

  taskChanged(task: TaskInfo): void {
    this.feed.taskChanged(task);
  }

  private get rows(): number {
    return this.found === null ? this.buffer.next - this.buffer.oldest : this.found.length;
  }

  private row(index: number): HTMLElement {
    const number = this.found === null ? this.buffer.oldest + index : this.found[index]!;
    const line = this.buffer.line(number);
    const severity = severityOf(line);
    return h('div', { class: severity === null ? 'line' : `line ${severity}`, 'data-line': number + 1 }, line);
  }

  /** Lines may come by the thousand between two drawings of the page. */
  private growSoon(): void {
    if (!this.growing) {
      this.growing = true;
      requestAnimationFrame(() => {
        this.growing = false;
        this.grow();
      });
    }
  }

  private grow(): void {
    if (this.buffer.trim()) {
      this.startOver();
      return;
    }

    this.search();
    this.list.grow(this.rows);
    this.showCount();
    if (this.following) {
      this.list.scrollToEnd();
    }
  }

  /** Other lines than before: after a restart, under another filter, or when the oldest were forgotten. */
  private startOver(): void {
    this.found = this.filter.value.trim() === '' ? null : [];
    this.searchedUpTo = this.buffer.oldest;
    this.search();
    this.lastTop = 0;
    this.list.reset(this.rows);
    this.showCount();
    if (this.following) {
      this.list.scrollToEnd();
    }
  }

  private search(): void {
    if (this.found === null) {
      return;
    }

    const wanted = this.filter.value.trim().toLowerCase();
    for (; this.searchedUpTo < this.buffer.next; this.searchedUpTo += 1) {
      if (this.buffer.line(this.searchedUpTo).toLowerCase().includes(wanted)) {
        this.found.push(this.searchedUpTo);
      }
    }
  }

  private scrolled(): void {
    // Only a reader scrolls up; lines that come in never do.
    const { scrollTop } = this.list.element;
    if (scrollTop < this.lastTop - 1 && !this.list.atEnd) {
      this.setFollowing(false);
    } else if (this.list.atEnd && !this.following) {
      this.setFollowing(true);
    }

    this.lastTop = scrollTop;
  }

  private setFollowing(following: boolean): void {
    this.following = following;
    this.follow.setAttribute('aria-pressed', String(following));
    if (following) {
      this.list.scrollToEnd();
    }
  }

  private showCount(): void {
    const all = counted(this.buffer.next, 'line');
    setText(this.count, this.found === null ? all : `${this.found.length.toLocaleString('en')} of ${all}`);
  }

  private showState(state: FeedState): void {
    setText(this.status, stateWord(state));
    this.status.dataset['state'] = state;
  }

  private async copy(): Promise<void> {
    announce(await copyText(await this.wholeText()) ? 'Console copied.' : 'The browser does not allow copying.');
  }

  private async save(): Promise<void> {
    saveText(`${this.task.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')}.txt`, await this.wholeText());
  }

  /** Everything since the beginning of the run, also what this page has forgotten. */
  private async wholeText(): Promise<string> {
    if (this.buffer.oldest === 0) {
      return this.buffer.text();
    }

    try {
      return `${(await this.api.output(this.task.uuid, 0)).join('\n')}\n`;
    } catch (thrown) {
      announce(`Only the lines shown here are at hand: ${messageOf(thrown)}`);
      return this.buffer.text();
    }
  }
}

function stateWord(state: FeedState): string {
  switch (state) {
    case 'connecting': return 'Connecting';
    case 'live':
    case 'polled': return 'Live';
    case 'ended': return 'Ended';
    case 'gone': return 'Removed';
  }
}
