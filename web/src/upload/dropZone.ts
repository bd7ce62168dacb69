import { button, h } from '../ui/dom.ts';
import { icon } from '../ui/icons.ts';
import { readDrop, readFolderInput, type Intake } from './intake.ts';

/** Takes files from pickers and from being dropped anywhere on the page. */
export class DropZone {
  readonly element: HTMLElement;

  constructor(private readonly onFiles: (intake: Intake) => void) {
    const photos = h('input', { type: 'file', multiple: true, class: 'unseen', tabindex: '-1', 'aria-label': 'Photos' });
    photos.addEventListener('change', () => {
      onFiles({ files: [...photos.files ?? []], leftOut: [], folder: null });
      photos.value = '';
    });
    const folder = h('input', { type: 'file', webkitdirectory: true, class: 'unseen', tabindex: '-1', 'aria-label': 'Folder' });
    folder.addEventListener('change', () => {
      onFiles(readFolderInput(folder));
      folder.value = '';
    });
    this.element = h('div', { class: 'drop' }, photos, folder,
      h('p', { class: 'drop-text' }, icon('upload'), 'Drop photos or a folder here'),
      h('div', { class: 'drop-buttons' },
        button({ class: 'button small' }, [icon('photo'), 'Choose photos'], () => photos.click()),
        button({ class: 'button small' }, [icon('folder'), 'Choose folder'], () => folder.click())));
    this.listen();
  }

  private listen(): void {
    // Entering a child leaves its parent: the depth tells whether the pointer is still over the page.
    let depth = 0;
    const show = (): void => { this.element.classList.toggle('dropping', depth > 0); };
    window.addEventListener('dragenter', (event) => {
      if (carriesFiles(event)) {
        depth += 1;
        show();
      }
    });
    window.addEventListener('dragleave', () => {
      depth = Math.max(0, depth - 1);
      show();
    });
    window.addEventListener('dragover', (event) => {
      if (carriesFiles(event)) {
        event.preventDefault();
      }
    });
    window.addEventListener('drop', (event) => {
      depth = 0;
      show();
      if (carriesFiles(event) && event.dataTransfer !== null) {
        event.preventDefault();
        void readDrop(event.dataTransfer).then(this.onFiles);
      }
    });
  }
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
