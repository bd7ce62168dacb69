import { button, h, setAttribute, setText } from '../ui/dom.ts';
import { bytes, counted, percent, timeLeft } from '../ui/words.ts';
import type { UploadState } from './session.ts';

/** How far an upload is, and the buttons that end it or continue it. */
export class UploadProgress {
  readonly element: HTMLElement;

  private readonly title = h('strong');
  private readonly share = h('span');
  private readonly bar = h('div', { class: 'bar-fill' });
  private readonly track = h('div', { class: 'bar', role: 'progressbar', 'aria-label': 'Upload', 'aria-valuemin': 0, 'aria-valuemax': 100 }, this.bar);
  private readonly amount = h('span');
  private readonly pace = h('span', { class: 'muted' });
  private readonly problem = h('p', { class: 'field-error', role: 'alert' });
  private readonly resume: HTMLButtonElement;
  private readonly cancel: HTMLButtonElement;

  constructor(onCancel: () => void, onResume: () => void) {
    this.cancel = button({ class: 'button' }, ['Cancel upload'], onCancel);
    this.resume = button({ class: 'button primary' }, ['Continue'], onResume);
    this.element = h('div', { class: 'upload', hidden: true },
      h('div', { class: 'upload-line' }, this.title, this.share),
      this.track,
      h('div', { class: 'upload-line' }, this.amount, this.pace),
      this.problem,
      h('div', { class: 'dialog-actions' }, this.cancel, this.resume));
  }

  show(state: UploadState): void {
    const progress = state.totalBytes === 0 ? 0 : 100 * state.sentBytes / state.totalBytes;
    const halted = state.phase === 'interrupted' || state.phase === 'failed';
    setText(this.title, titleOf(state));
    setText(this.share, percent(progress));
    this.bar.style.width = `${progress}%`;
    this.track.classList.toggle('halted', halted);
    setAttribute(this.track, 'aria-valuenow', String(Math.floor(progress)));
    setText(this.amount, `${state.filesDone.toLocaleString('en')} of ${counted(state.filesTotal, 'file')} · ${bytes(state.sentBytes)} of ${bytes(state.totalBytes)}`);
    setText(this.pace, paceOf(state));
    setText(this.problem, halted ? state.problem?.message ?? '' : '');
    this.resume.hidden = !halted;
    this.cancel.disabled = state.phase === 'committing';
  }
}

function titleOf({ phase, resumes }: UploadState): string {
  switch (phase) {
    case 'preparing': return 'Preparing';
    case 'sending': return 'Uploading';
    case 'committing': return 'Handing over to the node';
    case 'interrupted': return resumes ? 'Interrupted; goes on when the node answers' : 'Interrupted';
    case 'failed': return 'The node refused the upload';
    case 'cancelled': return 'Cancelled';
    case 'done': return 'Uploaded';
  }
}

function paceOf({ phase, bytesPerSecond, sentBytes, totalBytes }: UploadState): string {
  if (phase !== 'sending' || bytesPerSecond === null) {
    return '';
  }

  const left = bytesPerSecond > 0 ? `, ${timeLeft((totalBytes - sentBytes) / bytesPerSecond)}` : '';
  return `${bytes(bytesPerSecond)}/s${left}`;
}
