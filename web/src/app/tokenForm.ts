import { freshId, h, setText } from '../ui/dom.ts';

/** Asks for the token of a node that wants one. */
export class TokenForm {
  readonly element: HTMLElement;

  private readonly input: HTMLInputElement;
  private readonly error = h('p', { class: 'field-error', role: 'alert' });

  /** @param onToken Told the token that was entered. */
  constructor(onToken: (token: string) => void) {
    const id = freshId('token');
    this.input = h('input', { id, type: 'password', autocomplete: 'off', required: true });
    this.element = h('form', { class: 'panel token-form', hidden: true },
      h('h2', {}, 'This node wants a token'),
      h('p', { class: 'muted' }, 'It was set by whoever runs the node. It is kept until this tab is closed.'),
      h('div', { class: 'field' }, h('label', { for: id }, 'Token'), this.input),
      this.error,
      h('button', { type: 'submit', class: 'button primary' }, 'Continue'));
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      onToken(this.input.value);
    });
  }

  /** @param refused True when a token was given and is not the right one. */
  show(refused: boolean): void {
    setText(this.error, refused ? 'The node does not accept this token.' : '');
    if (this.element.hidden) {
      this.element.hidden = false;
      this.input.focus();
    } else {
      this.input.select();
    }
  }

  hide(): void {
    this.input.value = '';
    this.element.hidden = true;
  }
}
