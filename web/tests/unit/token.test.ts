import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TokenStore, type TokenShelf } from '../../src/node/token.ts';

function shelf(): TokenShelf {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => { kept.set(key, value); },
    removeItem: (key) => { kept.delete(key); },
  };
}

test('A token in the address is kept and taken out of it', () => {
  const tokens = new TokenStore(shelf());

  assert.equal(tokens.adopt('http://node:3000/?token=s%26e+c&view=list#top'), 'http://node:3000/?view=list#top');
  assert.equal(tokens.get(), 's&e c');
});

test('An address without a token leaves the kept one alone', () => {
  const tokens = new TokenStore(shelf());
  tokens.set('secret');

  assert.equal(tokens.adopt('http://node:3000/'), null);
  assert.equal(tokens.get(), 'secret');
});

test('An empty token in the address is none', () => {
  const tokens = new TokenStore(shelf());
  tokens.set('secret');

  assert.equal(tokens.adopt('http://node:3000/?token='), 'http://node:3000/');
  assert.equal(tokens.get(), '');
});

test('Tokens of two interfaces do not get into each other\'s way', () => {
  const tab = shelf();
  const [node, maps] = [new TokenStore(tab), new TokenStore(tab, 'jwt')];
  node.set('secret');

  assert.equal(maps.adopt('http://node:3000/map?jwt=a.b.c&token=x#1/2'), 'http://node:3000/map?token=x#1/2');
  assert.deepEqual([node.get(), maps.get()], ['secret', 'a.b.c']);
});
