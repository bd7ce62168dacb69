import assert from 'node:assert/strict';
import { chromium, type Browser, type BrowserContextOptions, type Locator, type Page } from 'playwright-core';

const program = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const flags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** Starts the browser with an empty profile. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: program, args: flags });
}

/** A visit to the page that notes whatever a well-behaved page does not do. */
export class Visit {
  private readonly complaints: string[] = [];

  private constructor(readonly page: Page) {}

  static async begin(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    const visit = new Visit(page);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        visit.complaints.push(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => visit.complaints.push(`thrown: ${error.message}`));
    return visit;
  }

  async open(address: string): Promise<void> {
    const { origin } = new URL(address);
    this.page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith(`blob:${origin}/`)) {
        this.complaints.push(`request to ${request.url()}`);
      }
    });
    await this.page.goto(address);
  }

  /** The card of a task. */
  card(name: string): Locator {
    return this.page.getByRole('article', { name, exact: true });
  }

  /** Waits until a task has a status. */
  async waitForStatus(name: string, status: string): Promise<Locator> {
    const card = this.card(name);
    await card.locator('.status', { hasText: status }).waitFor();
    return card;
  }

  /** @param expected What the browser may have complained about, because the test broke something on purpose. */
  async end(expected: RegExp | null = null): Promise<void> {
    await this.page.context().close();
    assert.deepEqual(this.complaints.filter((complaint) => expected === null || !expected.test(complaint)), []);
  }
}

/** Photos for a file chooser; their content does not matter. */
export function photos(names: readonly string[], size = 2000) {
  return names.map((name) => ({ name, mimeType: 'image/jpeg', buffer: Buffer.alloc(size, name) }));
}
