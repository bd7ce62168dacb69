/** Where the token is kept: for this tab and until it is closed. */
export type TokenShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The secret that goes with every request. */
export class TokenStore {
  private readonly key: string;

  /** @param name What the secret is called in addresses. */
  constructor(private readonly shelf: TokenShelf, private readonly name = 'token') {
    this.key = `odmnode.${name}`;
  }

  /** Takes over a token from the page's own address and returns the address without it; null when there is none to take. */
  adopt(address: string): string | null {
    const url = new URL(address);
    const given = url.searchParams.get(this.name);
    if (given === null) {
      return null;
    }

    this.set(given);
    url.searchParams.delete(this.name);
    return url.href;
  }

  get(): string {
    return this.shelf.getItem(this.key) ?? '';
  }

  set(token: string): void {
    if (token === '') {
      this.shelf.removeItem(this.key);
    } else {
      this.shelf.setItem(this.key, token);
    }
  }
}
