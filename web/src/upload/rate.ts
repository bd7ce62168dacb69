const windowMilliseconds = 8000;

/** Bytes per second over the last seconds. */
export class RateMeter {
  private samples: { readonly time: number; readonly bytes: number }[] = [];

  /** @param bytes All bytes up to now. */
  add(time: number, bytes: number): void {
    this.samples.push({ time, bytes });

    // One sample older than the window stays: the span begins there.
    const begin = this.samples.findLastIndex((sample) => sample.time <= time - windowMilliseconds);
    if (begin > 0) {
      this.samples.splice(0, begin);
    }
  }

  /** Null until there is something to tell. */
  get bytesPerSecond(): number | null {
    const first = this.samples[0];
    const last = this.samples.at(-1);
    return first === undefined || last === undefined || last.time - first.time < 500
      ? null
      : Math.max(0, (last.bytes - first.bytes) * 1000 / (last.time - first.time));
  }

  reset(): void {
    this.samples = [];
  }
}
