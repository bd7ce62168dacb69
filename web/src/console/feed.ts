import type { NodeApi } from '../node/api.ts';
import { NodeError } from '../node/errors.ts';
import { Poller } from '../node/polling.ts';
import { Status, type TaskInfo } from '../node/wire.ts';
import type { ConsoleBuffer } from './buffer.ts';

/** `live`: lines come as they are written; `polled`: they are asked for every now and then. */
export type FeedState = 'connecting' | 'live' | 'polled' | 'ended' | 'gone';

const pauseMilliseconds = 2000;

/** A browser opens few connections to one host; a second live console is polled instead. */
let streamsOpen = 0;
const mostStreams = 1;

/** Fills a buffer with the console of a task while it is watched. */
export class ConsoleFeed {
  private readonly poller = new Poller(() => this.poll(), pauseMilliseconds);
  private stream: EventSource | null = null;
  /** Counts the beginnings: an answer to an earlier one is of no use any more. */
  private attempt = 0;
  private open = false;
  private restartTold = false;

  /**
   * @param onLines Told that lines were added.
   * @param onRestart Told that the buffer begins anew.
   */
  constructor(
    private readonly api: NodeApi,
    private task: TaskInfo,
    private readonly buffer: ConsoleBuffer,
    private readonly onLines: () => void,
    private readonly onRestart: () => void,
    private readonly onState: (state: FeedState) => void,
  ) {}

  start(): void {
    this.open = true;
    void this.connect();
  }

  stop(): void {
    this.open = false;
    this.disconnect();
  }

  /** What the list says about the task by now: it tells of a restart where no stream has. */
  taskChanged(task: TaskInfo): void {
    const restarted = task.dateCreated !== this.task.dateCreated && !this.restartTold;
    this.task = task;
    this.restartTold = false;
    if (restarted && this.open) {
      this.disconnect();
      this.beginAnew();
      void this.connect();
    }
  }

  private disconnect(): void {
    this.attempt += 1;
    this.poller.stop();
    this.closeStream();
  }

  /** Lines that are there already come in one answer, which is far quicker than one event each; the stream goes on after them. */
  private async connect(): Promise<void> {
    const attempt = this.attempt;
    this.onState('connecting');
    const gone = await this.read();
    if (attempt !== this.attempt) {
      return;
    }

    if (gone) {
      this.onState('gone');
    } else if (streamsOpen >= mostStreams) {
      this.startPolling();
    } else {
      this.openStream();
    }
  }

  private openStream(): void {
    streamsOpen += 1;
    const stream = new EventSource(this.api.taskAddress(this.task.uuid, 'output/stream', { line: String(this.buffer.next) }));
    this.stream = stream;
    stream.addEventListener('open', () => this.onState('live'));
    stream.addEventListener('message', (event: MessageEvent<string>) => {
      if (this.buffer.accept(Number(event.lastEventId), event.data)) {
        this.onLines();
      }
    });
    stream.addEventListener('restart', () => {
      this.restartTold = true;
      this.beginAnew();
    });
    stream.addEventListener('end', () => this.finish('ended'));
    stream.addEventListener('gone', () => this.finish('gone'));
    stream.addEventListener('error', () => {
      // The browser connects again by itself, unless the answer was no stream at all.
      if (stream.readyState === EventSource.CLOSED) {
        this.closeStream();
        this.startPolling();
      } else {
        this.onState('connecting');
      }
    });
  }

  private finish(state: FeedState): void {
    this.closeStream();
    this.onState(state);
  }

  private closeStream(): void {
    if (this.stream !== null) {
      this.stream.close();
      this.stream = null;
      streamsOpen -= 1;
    }
  }

  private startPolling(): void {
    this.onState('polled');
    this.poller.start();
  }

  private async poll(): Promise<void> {
    // The status is looked at before the lines: a task that has ended writes no more.
    const attempt = this.attempt;
    const ended = this.task.status !== Status.queued && this.task.status !== Status.running;
    const gone = await this.read();
    if (attempt === this.attempt && (gone || ended)) {
      this.poller.stop();
      this.onState(gone ? 'gone' : 'ended');
    }
  }

  /** Takes the lines that are there; returns true when the task is not. A failure of the connection passes or shows again later. */
  private async read(): Promise<boolean> {
    const attempt = this.attempt;
    const first = this.buffer.next;
    try {
      const lines = await this.api.output(this.task.uuid, first);
      if (attempt === this.attempt && lines.length > 0) {
        lines.forEach((line, index) => this.buffer.accept(first + index, line));
        this.onLines();
      }

      return false;
    } catch (thrown) {
      return thrown instanceof NodeError && thrown.kind === 'refused';
    }
  }

  private beginAnew(): void {
    this.buffer.clear();
    this.onRestart();
  }
}
