import { button, freshId, h } from './dom.ts';

/** Asks before something that cannot be undone. */
export function confirm(title: string, text: string, action: string): Promise<boolean> {
  const heading = freshId('confirm');
  const dialog = h('dialog', { class: 'dialog confirm', 'aria-labelledby': heading });
  const keep = button({ class: 'button' }, ['Keep'], () => dialog.close());
  const go = button({ class: 'button danger' }, [action], () => dialog.close('yes'));
  dialog.append(
    h('h2', { id: heading }, title),
    h('p', {}, text),
    h('div', { class: 'dialog-actions' }, keep, go),
  );
  document.body.append(dialog);
  dialog.showModal();
  keep.focus();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}
