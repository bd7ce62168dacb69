type Child = Node | string | null;

/** Attributes by name; `true` sets an empty one, `false` and null leave it out. */
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Makes an element with attributes and children. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }

  element.append(...children.filter((child) => child !== null));
  return element;
}

/** A button that does something. */
export function button(
  attributes: Attributes,
  content: readonly Child[],
  onClick: (event: MouseEvent) => void,
): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, ...content);
  element.addEventListener('click', onClick);
  return element;
}

/** Changes a text only when it differs, so that screen readers and selections are left alone. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

export function setAttribute(element: Element, name: string, value: string | null): void {
  if (value === null) {
    element.removeAttribute(name);
  } else if (element.getAttribute(name) !== value) {
    element.setAttribute(name, value);
  }
}

/** Brings the children of an element into the given order, moving as few as possible. */
export function arrange(parent: Element, children: readonly Element[]): void {
  const wanted = new Set(children);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }

  children.forEach((child, index) => {
    const present = parent.children[index];
    if (present !== child) {
      parent.insertBefore(child, present ?? null);
    }
  });
}

let lastId = 0;

/** An id that no other element of the page has. */
export function freshId(stem: string): string {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** Hands a text to the browser as a file. */
export function saveText(fileName: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  h('a', { href: address, download: fileName }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Puts a text on the clipboard, also where the page came over plain HTTP and the modern interface is absent. */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not permitted; the old way may be.
    }
  }

  const area = h('textarea', { class: 'unseen', 'aria-hidden': 'true' });
  area.value = text;
  const host = document.querySelector('dialog[open]') ?? document.body;
  const focused = document.activeElement;
  host.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) {
    focused.focus();
  }

  return copied;
}
