import { after, before } from 'node:test';
import type { Browser } from 'playwright-core';
import { startBrowser } from './browser.ts';
import { NodeProcess } from './node.ts';

export interface Stage {
  readonly node: NodeProcess;
  readonly browser: Browser;
}

/** A node and a browser for all tests of a file; what was started ends with them, whatever goes wrong. */
export function setStage(start: () => Promise<NodeProcess>): Stage {
  let node: NodeProcess | undefined;
  let browser: Browser | undefined;
  before(async () => {
    node = await start();
    browser = await startBrowser();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
  });
  return {
    get node() {
      return node!;
    },
    get browser() {
      return browser!;
    },
  };
}
