// A template's file dropped anywhere on the window is offered for import; other files are left to others.
import { useEffect } from 'react';
import { askToImport } from './import-request';

const templateName = /\.(boathouse|ya?ml|json)$/i;
/** Characters of the longest text that the core reads. */
const longest = 1_000_000;

export function useTemplateDrop(): void {
  useEffect(() => {
    const over = (event: DragEvent) => {
      // Names are not known before the drop; without this the browser would open the file.
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(({ name }) => templateName.test(name));
      if (!file) return;
      event.preventDefault();
      void readFile(file).then(askToImport);
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  }, []);
}

/** The text of a chosen or dropped file; of one that is far too long only as much as is refused anyway. */
export async function readFile(file: File): Promise<{ text: string; from: string }> {
  return { text: await file.slice(0, longest + 1).text(), from: file.name };
}
