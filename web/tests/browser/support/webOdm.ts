import type { NodeProcess } from './node.ts';

/** The WebODM interface of a node, past the page. */
export class WebOdm {
  private constructor(private readonly node: NodeProcess, readonly token: string) {}

  static async logIn(node: NodeProcess, username: string, password: string): Promise<WebOdm> {
    const answer = await fetch(new URL('api/token-auth/', node.address), { method: 'POST', body: new URLSearchParams({ username, password }) });
    return new WebOdm(node, ((await answer.json()) as { readonly token: string }).token);
  }

  async ask(path: string, body?: BodyInit, method = body === undefined ? 'GET' : 'POST'): Promise<Record<string, unknown>> {
    const answer = await fetch(new URL(`api/${path}`, this.node.address), {
      method, headers: { authorization: `JWT ${this.token}` }, ...(body === undefined ? {} : { body }),
    });
    return (await answer.json()) as Record<string, unknown>;
  }

  async createProject(name: string): Promise<number> {
    return Number((await this.ask('projects/', new URLSearchParams({ name })))['id']);
  }

  /** @returns The path of the finished task below `api/`. */
  async finishTask(project: number, name: string): Promise<string> {
    const form = new FormData();
    form.append('name', name);
    form.append('images', new Blob(['photo']), 'a.jpg');
    form.append('images', new Blob(['photo']), 'b.jpg');
    const path = `projects/${project}/tasks/${String((await this.ask(`projects/${project}/tasks/`, form))['id'])}`;
    while ((await this.ask(path))['status'] !== 40) {
      await new Promise((later) => setTimeout(later, 50));
    }

    return path;
  }
}
