/** Calls something that does not fail again and again while the page is visible, never twice at the same time. */
export class Poller {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running = false;
  private again = false;
  private stopped = true;

  constructor(
    private readonly work: () => Promise<void>,
    private readonly pauseMilliseconds: number,
  ) {}

  start(): void {
    this.stopped = false;
    document.addEventListener('visibilitychange', this.onVisibility);
    this.now();
  }

  stop(): void {
    this.stopped = true;
    document.removeEventListener('visibilitychange', this.onVisibility);
    clearTimeout(this.timer);
  }

  /** Calls at once; when a call is on its way, once more after it. */
  now(): void {
    if (this.stopped) {
      return;
    }

    if (this.running) {
      this.again = true;
      return;
    }

    clearTimeout(this.timer);
    void this.run();
  }

  private readonly onVisibility = (): void => {
    if (!document.hidden) {
      this.now();
    }
  };

  private async run(): Promise<void> {
    this.running = true;
    try {
      do {
        this.again = false;
        await this.work();
      } while (this.again && !this.stopped);
    } finally {
      this.running = false;
    }

    if (!this.stopped && !document.hidden) {
      this.timer = setTimeout(() => this.now(), this.pauseMilliseconds);
    }
  }
}
