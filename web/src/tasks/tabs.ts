import { button, freshId, h } from '../ui/dom.ts';
import { icon, type IconName } from '../ui/icons.ts';

/** Something below a task that is opened by a button. */
export interface Tab {
  readonly label: string;
  readonly icon: IconName;
  /** Makes the content; called every time the tab is opened. */
  open(): HTMLElement;
  /** Called when the tab is closed. */
  close(): void;
}

/** Buttons of which one at most is pressed, with its content below. */
export class Tabs {
  readonly buttons: HTMLElement;
  readonly panel = h('div', { class: 'tab-panel', id: freshId('tab'), hidden: true });

  private readonly pairs: readonly { readonly tab: Tab; readonly button: HTMLButtonElement }[];
  private current: Tab | null = null;

  constructor(tabs: readonly Tab[]) {
    this.pairs = tabs.map((tab) => ({
      tab,
      button: button(
        { class: 'tab', 'aria-expanded': 'false', 'aria-controls': this.panel.id },
        [icon(tab.icon), tab.label],
        () => this.show(this.current === tab ? null : tab)),
    }));
    this.buttons = h('div', { class: 'tabs' }, ...this.pairs.map(({ button }) => button));
  }

  /** Makes a tab available or not; one that is open is closed before it goes. */
  offer(tab: Tab, offered: boolean): void {
    if (!offered && this.current === tab) {
      this.show(null);
    }

    this.pairs.find((pair) => pair.tab === tab)!.button.hidden = !offered;
  }

  show(tab: Tab | null): void {
    this.current?.close();
    this.current = tab;
    this.panel.hidden = tab === null;
    this.panel.replaceChildren(...tab === null ? [] : [tab.open()]);
    for (const pair of this.pairs) {
      pair.button.setAttribute('aria-expanded', String(pair.tab === tab));
    }
  }
}
