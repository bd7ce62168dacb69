import type { NodeApi } from '../node/api.ts';
import { NodeError } from '../node/errors.ts';
import { readAnswer } from '../node/answers.ts';
import type { Planned } from './plan.ts';
import type { Clock, UploadTransport } from './session.ts';

/** A connection over which nothing moved for so long is given up. */
const stallMilliseconds = 60_000;

/** Uploads to the node that serves the page. */
export function nodeTransport(api: NodeApi): UploadTransport {
  return {
    begin: (uuid, fields) => api.begin(uuid, fields),
    held: (uuid) => api.held(uuid),
    commit: (uuid) => api.commit(uuid),
    send: (uuid, file, onProgress, signal) =>
      sendFile(api.address(`task/new/upload/${encodeURIComponent(uuid)}`), file, onProgress, signal),
    exists: async (uuid) => {
      await api.task(uuid);
      return true;
    },
  };
}

export const realClock: Clock = {
  now: () => performance.now(),
  sleep: (seconds, signal) => new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    }, { once: true });
  }),
};

/** Sends one file by XMLHttpRequest, which alone tells the progress of a request. */
function sendFile(address: string, { file, name }: Planned, onProgress: (bytes: number) => void, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const broken = (reason: string): void => reject(new NodeError('unreachable', `${name}: ${reason}`));
    const stalled = (): void => {
      broken('the connection stands still');
      request.abort();
    };
    let watch = setTimeout(stalled, stallMilliseconds);
    const abort = (): void => request.abort();
    signal.addEventListener('abort', abort, { once: true });

    request.upload.addEventListener('progress', ({ loaded }) => {
      clearTimeout(watch);
      watch = setTimeout(stalled, stallMilliseconds);
      onProgress(loaded);
    });
    request.addEventListener('load', () => {
      try {
        const json = request.getResponseHeader('content-type')?.includes('application/json') ?? false;
        readAnswer(request.status, json, request.responseText);
        resolve();
      } catch (thrown) {
        reject(thrown as Error);
      }
    });
    request.addEventListener('error', () => broken('the connection broke off'));
    request.addEventListener('abort', () => broken('the request was ended'));
    request.addEventListener('loadend', () => {
      clearTimeout(watch);
      signal.removeEventListener('abort', abort);
    });

    const body = new FormData();
    body.append('images', file, name);
    request.open('POST', address);
    request.send(body);
  });
}
