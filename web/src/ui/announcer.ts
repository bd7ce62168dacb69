import { h, setText } from './dom.ts';

const region = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });

/** Puts the place of announcements on the page; it must be there before the first one is made. */
export function mountAnnouncer(): void {
  document.body.append(region);
}

/** Tells a change to those who do not see it. */
export function announce(text: string): void {
  setText(region, text);
}
