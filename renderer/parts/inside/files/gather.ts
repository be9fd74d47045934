// Files that were dropped or chosen, with their places in the folders that they were in.

export interface GatheredFile {
  file: File;
  /** `site/img/logo.png`: the folder that was dropped is the first part. */
  path: string;
}

/** What a browser hands over with a drop; the types of the DOM know it as the older API that it is. */
type Entry = FileSystemEntry;

/** All files of a drop, those in folders too; undefined where there are more than `most`. Must be called while the drop is handled. */
export async function gather(items: Iterable<DataTransferItem>, most: number): Promise<GatheredFile[] | undefined> {
  // Once the handler has returned the items are empty.
  const entries = [...items].flatMap((item) => (item.kind === 'file' ? [item.webkitGetAsEntry()] : []));
  const all: GatheredFile[] = [];
  const visit = async (entry: Entry, path: string): Promise<void> => {
    if (all.length > most) return;
    if (entry.isFile) all.push({ file: await fileOf(entry as FileSystemFileEntry), path });
    else
      for (const child of await childrenOf(entry as FileSystemDirectoryEntry))
        await visit(child, `${path}/${child.name}`);
  };
  for (const entry of entries) if (entry) await visit(entry, entry.name);
  return all.length > most ? undefined : all;
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}

/** Chromium hands over a hundred at a time. */
async function childrenOf(entry: FileSystemDirectoryEntry): Promise<Entry[]> {
  const reader = entry.createReader();
  const all: Entry[] = [];
  for (;;) {
    const some = await new Promise<Entry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** Those that were chosen in the computer's own dialog. */
export function chosenFiles(files: readonly File[]): GatheredFile[] {
  return files.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}
