/** The lines of one console; the oldest are forgotten when there are too many. */
export class ConsoleBuffer {
  private kept: string[] = [];
  private first = 0;

  /** @param most Lines that are kept at least; up to a tenth more may be. */
  constructor(private readonly most: number) {}

  /** The number of the next line, from 0. */
  get next(): number {
    return this.first + this.kept.length;
  }

  /** The number of the oldest line that is still held. */
  get oldest(): number {
    return this.first;
  }

  line(number: number): string {
    return this.kept[number - this.first] ?? '';
  }

  /**
   * Takes a line.
   *
   * @param number Its number; lines that are held already come again after a broken connection and are passed over.
   * @returns Whether it was new.
   */
  accept(number: number, line: string): boolean {
    if (number < this.next) {
      return false;
    }

    this.kept.push(line);
    return true;
  }

  /** Forgets the oldest lines beyond the limit; returns whether there were any. */
  trim(): boolean {
    if (this.kept.length <= this.most * 1.1) {
      return false;
    }

    const surplus = this.kept.length - this.most;
    this.kept = this.kept.slice(surplus);
    this.first += surplus;
    return true;
  }

  clear(): void {
    this.kept = [];
    this.first = 0;
  }

  text(): string {
    return this.kept.length === 0 ? '' : `${this.kept.join('\n')}\n`;
  }
}
