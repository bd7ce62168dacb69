/** Extensions of what a survey consists of: photos, video with its subtitles, control points and alignment. */
const wanted = new Set([
  'jpg', 'jpeg', 'png', 'tif', 'tiff', 'dng', 'webp', 'heic', 'mp4', 'mov', 'lrv', 'ts', 'srt', 'txt', 'las', 'laz', 'json', 'geojson', 'zip',
]);

export interface Intake {
  readonly files: readonly File[];
  /** Names that were left out because no engine would know what to do with them. */
  readonly leftOut: readonly string[];
  /** The name of the folder that the files come from; null when they were chosen one by one. */
  readonly folder: string | null;
}

/** Whether a file found in a folder is worth sending; what was chosen one by one always is. */
export function belongsToSurvey(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot > 0 && wanted.has(name.slice(dot + 1).toLowerCase());
}

/** Sorts out the files of a folder. */
export function sift(files: readonly File[], folder: string | null): Intake {
  return {
    files: files.filter(({ name }) => belongsToSurvey(name)),
    leftOut: files.filter(({ name }) => !belongsToSurvey(name)).map(({ name }) => name),
    folder,
  };
}

/** Reads what a picker of folders gave. */
export function readFolderInput(input: HTMLInputElement): Intake {
  const files = [...input.files ?? []];
  return sift(files, files[0]?.webkitRelativePath.split('/')[0] ?? null);
}

/** Reads everything that was dropped: files as they are, folders to their depth. */
export async function readDrop(transfer: DataTransfer): Promise<Intake> {
  // The entries must be taken at once; the transfer is empty after the first pause.
  const items = [...transfer.items].filter(({ kind }) => kind === 'file');
  const taken = items.map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const files: File[] = [];
  const leftOut: string[] = [];
  let folder: string | null = null;
  for (const { entry, file } of taken) {
    if (entry?.isDirectory === true) {
      const found = sift(await readFolder(entry as FileSystemDirectoryEntry), entry.name);
      folder ??= found.folder;
      files.push(...found.files);
      leftOut.push(...found.leftOut);
    } else if (file !== null) {
      files.push(file);
    }
  }

  return { files, leftOut, folder };
}

async function readFolder(folder: FileSystemDirectoryEntry): Promise<readonly File[]> {
  const reader = folder.createReader();
  const files: File[] = [];
  for (;;) {
    // A reader gives a part of the entries at a time, and none at the end.
    const entries = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (entries.length === 0) {
      return files;
    }

    for (const entry of entries) {
      if (entry.isDirectory) {
        files.push(...await readFolder(entry as FileSystemDirectoryEntry));
      } else {
        files.push(await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)));
      }
    }
  }
}
