import type { NodeApi } from '../node/api.ts';
import { messageOf, NodeError } from '../node/errors.ts';
import { Poller } from '../node/polling.ts';
import type { TokenStore } from '../node/token.ts';
import type { OptionDefinition } from '../node/wire.ts';
import { TaskFeed } from '../tasks/feed.ts';
import { TaskList } from '../tasks/list.ts';
import { h, setText } from '../ui/dom.ts';
import { NewTask } from '../upload/newTask.ts';
import type { Header } from './header.ts';
import { TokenForm } from './tokenForm.ts';

const pauseMilliseconds = 2000;
const olderAtATime = 50;

/** The whole page: asks the node every now and then and hands the answers to the parts. */
export class Page {
  readonly element: HTMLElement;

  private readonly trouble = h('p', { class: 'trouble', role: 'alert', hidden: true });
  private readonly workplace: HTMLElement;
  private readonly feed: TaskFeed;
  private readonly tasks: TaskList;
  private readonly newTask: NewTask;
  private readonly tokenForm: TokenForm;
  private readonly poller = new Poller(() => this.refresh(), pauseMilliseconds);
  private definitions: readonly OptionDefinition[] | null = null;

  constructor(
    private readonly api: NodeApi,
    private readonly tokens: TokenStore,
    private readonly header: Header,
  ) {
    this.feed = new TaskFeed(api);
    this.newTask = new NewTask(api, () => this.poller.now());
    this.tasks = new TaskList(api, () => this.definitions ?? [], () => this.poller.now(), () => {
      this.feed.limit += olderAtATime;
      this.poller.now();
    });
    this.tokenForm = new TokenForm((token) => {
      this.tokens.set(token);
      this.poller.start();
    });
    this.workplace = h('div', { class: 'workplace', hidden: true }, this.newTask.element, this.tasks.element);
    this.element = h('main', {}, this.trouble, this.tokenForm.element, this.workplace);
  }

  start(): void {
    this.poller.start();
  }

  private async refresh(): Promise<void> {
    try {
      const info = await this.api.info();
      if (this.definitions === null) {
        this.definitions = await this.api.options();
        this.newTask.setDefinitions(this.definitions);
      }

      const overview = await this.feed.load();
      this.tokenForm.hide();
      this.workplace.hidden = false;
      this.header.show(info);
      this.newTask.setMostImages(info.maxImages);
      this.tasks.show(overview);
      this.showTrouble('');
    } catch (thrown) {
      if (thrown instanceof NodeError && thrown.kind === 'token') {
        this.askForToken();
      } else {
        this.showTrouble(`${messageOf(thrown)} Trying again.`);
      }
    }
  }

  /** The workplace stays as it is behind the form: an upload that the old token began can go on with the new one. */
  private askForToken(): void {
    this.poller.stop();
    this.workplace.hidden = true;
    this.header.hide();
    this.showTrouble('');
    this.tokenForm.show(this.tokens.get() !== '');
  }

  private showTrouble(text: string): void {
    this.trouble.hidden = text === '';
    setText(this.trouble, text);
  }
}
