// That the user wants to import a template, and where it comes from: asked for by a button, a dropped file, or a link.
import { createStore, useStore } from 'zustand';

/** Nothing: the user is asked. A text or a file was chosen already; an address is only fetched once the user says so. */
export type ImportSource = { text: string; from: string } | { file: string } | { url: string } | Record<string, never>;

const request = createStore<{ source: ImportSource | undefined; number: number }>(() => ({
  source: undefined,
  number: 0,
}));

export function askToImport(source: ImportSource): void {
  request.setState(({ number }) => ({ source, number: number + 1 }));
}

export function endImport(): void {
  request.setState({ source: undefined });
}

/** The request that stands, and a number that tells one request from the next. */
export function useImportRequest(): { source: ImportSource | undefined; number: number } {
  return useStore(request);
}
