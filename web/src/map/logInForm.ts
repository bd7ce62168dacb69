import { freshId, h, setText } from '../ui/dom.ts';

/** Asks for a user of the WebODM interface. */
export class LogInForm {
  readonly element: HTMLFormElement;

  private readonly error = h('p', { class: 'field-error', role: 'alert' });
  private readonly user: HTMLInputElement;
  private readonly password: HTMLInputElement;

  /** @param onLogIn Told name and password. */
  constructor(onLogIn: (user: string, password: string) => void) {
    const [userId, passwordId] = [freshId('user'), freshId('password')];
    this.user = h('input', { id: userId, type: 'text', autocomplete: 'username', required: true });
    this.password = h('input', { id: passwordId, type: 'password', autocomplete: 'current-password', required: true });
    this.element = h('form', { class: 'panel token-form', hidden: true },
      h('h2', {}, 'Log in to see the maps'),
      h('p', { class: 'muted' }, 'With a user of the WebODM interface. You stay logged in until this tab is closed.'),
      h('div', { class: 'field' }, h('label', { for: userId }, 'User'), this.user),
      h('div', { class: 'field' }, h('label', { for: passwordId }, 'Password'), this.password),
      this.error,
      h('button', { type: 'submit', class: 'button primary' }, 'Log in'));
    this.element.addEventListener('submit', (event) => {
      event.preventDefault();
      onLogIn(this.user.value, this.password.value);
    });
  }

  /** @param problem Why the last attempt was of no use; empty for none. */
  show(problem: string): void {
    setText(this.error, problem);
    if (this.element.hidden) {
      this.element.hidden = false;
      this.user.focus();
    }
  }

  hide(): void {
    this.password.value = '';
    this.element.hidden = true;
  }
}
