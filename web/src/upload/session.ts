import { messageOf, NodeError } from '../node/errors.ts';
import type { HeldFile } from '../node/wire.ts';
import { missingFiles, retryPause, type Planned } from './plan.ts';
import { RateMeter } from './rate.ts';

/** What an upload needs of the node. */
export interface UploadTransport {
  begin(uuid: string, fields: Readonly<Record<string, string>>): Promise<void>;
  /** Null when the node cannot tell. */
  held(uuid: string): Promise<readonly HeldFile[] | null>;
  /** @param onProgress Told the bytes of the file that were sent so far. */
  send(uuid: string, file: Planned, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void>;
  commit(uuid: string): Promise<void>;
  /** Whether there is a task of that id. */
  exists(uuid: string): Promise<boolean>;
}

/** How an upload passes its time; replaced in tests. */
export interface Clock {
  now(): number;
  sleep(seconds: number, signal: AbortSignal): Promise<void>;
}

export type UploadPhase = 'preparing' | 'sending' | 'committing' | 'interrupted' | 'failed' | 'cancelled' | 'done';

export interface UploadState {
  readonly phase: UploadPhase;
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly bytesPerSecond: number | null;
  /** Why the upload is interrupted or failed. */
  readonly problem: Error | null;
  /** True for an interrupted upload that goes on by itself as soon as the node answers. */
  readonly resumes: boolean;
}

export interface UploadOrder {
  readonly uuid: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly Planned[];
  readonly lanes: number;
}

const retries = 5;

/** Runs in a row without a single file, after which only the user makes the upload go on. */
const mostFruitless = 2;

/** Brings one task to the node; what arrived once is not sent again, however often the connection breaks. */
export class UploadSession {
  private readonly acknowledged = new Map<string, number>();
  private readonly underWay = new Map<string, number>();
  private readonly rate = new RateMeter();
  private readonly totalBytes: number;
  private phase: UploadPhase = 'preparing';
  private problem: Error | null = null;
  private stop = new AbortController();
  private begun = false;
  private fruitless = 0;

  constructor(
    private readonly order: UploadOrder,
    private readonly transport: UploadTransport,
    private readonly clock: Clock,
    private readonly onChange: (state: UploadState) => void,
  ) {
    this.totalBytes = order.files.reduce((sum, { file }) => sum + file.size, 0);
  }

  get state(): UploadState {
    const sent = [...this.acknowledged.values(), ...this.underWay.values()].reduce((sum, size) => sum + size, 0);
    return {
      phase: this.phase,
      sentBytes: sent,
      totalBytes: this.totalBytes,
      filesDone: this.acknowledged.size,
      filesTotal: this.order.files.length,
      bytesPerSecond: this.phase === 'sending' ? this.rate.bytesPerSecond : null,
      problem: this.problem,
      resumes: this.phase === 'interrupted' && this.fruitless < mostFruitless,
    };
  }

  /** Sends everything that is missing and commits; also after an interruption. Never fails: the state tells. */
  async run(): Promise<void> {
    const doneBefore = this.acknowledged.size;
    this.stop = new AbortController();
    this.problem = null;
    this.rate.reset();
    try {
      await this.deliver();
      this.enter('done');
    } catch (thrown) {
      this.underWay.clear();
      if (this.phase === 'cancelled') {
        return;
      }

      this.fruitless = this.acknowledged.size > doneBefore ? 0 : this.fruitless + 1;
      this.problem = thrown instanceof Error ? thrown : new Error(messageOf(thrown));
      this.enter(thrown instanceof NodeError && thrown.kind !== 'unreachable' ? 'failed' : 'interrupted');
    }
  }

  /** Breaks the work off, to be continued by another run. */
  interrupt(reason: string): void {
    this.stop.abort(new NodeError('unreachable', reason));
  }

  /** The node can be reached again: goes on, unless that has been of no use lately. */
  nodeAnswers(): void {
    if (this.state.resumes) {
      void this.run();
    }
  }

  /** Ends the upload for good; the node throws away what it holds after a while. */
  cancel(): void {
    this.enter('cancelled');
    this.stop.abort(new Error('The upload was cancelled.'));
  }

  private async deliver(): Promise<void> {
    const { uuid, fields, files } = this.order;
    this.enter('preparing');
    let missing = files;
    try {
      await this.persistently(() => this.transport.begin(uuid, fields));
      if (this.begun) {
        missing = await this.findMissing();
      }

      this.begun = true;
      this.enter('sending');
      await this.sendAll(missing);
      this.enter('committing');
      await this.persistently(() => this.transport.commit(uuid));
    } catch (thrown) {
      // An answer got lost: the commit had been carried out, and the upload is a task by now.
      if (thrown instanceof NodeError && thrown.kind === 'refused' && this.begun && await this.isTask(uuid)) {
        return;
      }

      throw thrown;
    }
  }

  private async findMissing(): Promise<readonly Planned[]> {
    const { uuid, files } = this.order;
    const held = await this.persistently(() => this.transport.held(uuid));
    const missing = missingFiles(files, held, new Set(this.acknowledged.keys()));
    const open = new Set(missing);
    this.acknowledged.clear();
    for (const planned of files) {
      if (!open.has(planned)) {
        this.acknowledged.set(planned.name, planned.file.size);
      }
    }

    return missing;
  }

  private async sendAll(missing: readonly Planned[]): Promise<void> {
    const queue = missing.values();
    const lane = async (): Promise<void> => {
      for (const planned of queue) {
        await this.persistently(() => this.sendOne(planned));
      }
    };
    const lanes = Array.from({ length: this.order.lanes }, lane);
    try {
      await Promise.all(lanes);
    } catch (thrown) {
      // The other lanes end too, before anything is begun again.
      this.stop.abort(thrown);
      await Promise.allSettled(lanes);
      throw thrown;
    }
  }

  private async sendOne(planned: Planned): Promise<void> {
    const { name, file } = planned;
    const progress = (bytes: number): void => {
      this.underWay.set(name, Math.min(bytes, file.size));
      this.tell();
    };
    try {
      progress(0);
      await this.transport.send(this.order.uuid, planned, progress, this.stop.signal);
      this.acknowledged.set(name, file.size);
    } finally {
      this.underWay.delete(name);
      this.tell();
    }
  }

  /** Tries again after failures of the connection, with growing pauses. */
  private async persistently<Result>(work: () => Promise<Result>): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      this.stop.signal.throwIfAborted();
      try {
        return await work();
      } catch (thrown) {
        this.stop.signal.throwIfAborted();
        if (!(thrown instanceof NodeError) || thrown.kind !== 'unreachable' || tries > retries) {
          throw thrown;
        }

        await this.clock.sleep(retryPause(tries), this.stop.signal);
      }
    }
  }

  private async isTask(uuid: string): Promise<boolean> {
    try {
      return await this.transport.exists(uuid);
    } catch {
      return false;
    }
  }

  private enter(phase: UploadPhase): void {
    this.phase = phase;
    this.tell();
  }

  private tell(): void {
    if (this.phase === 'sending') {
      this.rate.add(this.clock.now(), this.state.sentBytes);
    }

    this.onChange(this.state);
  }
}
