const key = 'odmnode.token';

/** Where the token is kept: for this tab and until it is closed. */
export type TokenShelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The secret that goes with every request. */
export class TokenStore {
  constructor(private readonly shelf: TokenShelf) {}

  /** Takes over a token from the page's own address and returns the address without it; null when there is none to take. */
  adopt(address: string): string | null {
    const url = new URL(address);
    const given = url.searchParams.get('token');
    if (given === null) {
      return null;
    }

    this.set(given);
    url.searchParams.delete('token');
    return url.href;
  }

  get(): string {
    return this.shelf.getItem(key) ?? '';
  }

  set(token: string): void {
    if (token === '') {
      this.shelf.removeItem(key);
    } else {
      this.shelf.setItem(key, token);
    }
  }
}
