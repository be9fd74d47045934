// Texts that are being edited, by the template they are of: they stay while the user looks elsewhere, until saved or given up.
import { createStore, useStore } from 'zustand';

export interface Draft {
  /** The file's text that the changes began from. */
  base: string;
  text: string;
}

const drafts = createStore<{ items: ReadonlyMap<string, Draft> }>(() => ({ items: new Map() }));

export function useDraft(id: string): Draft | undefined {
  return useStore(drafts, ({ items }) => items.get(id));
}

/** A draft that says what the file says is none. */
export function keepDraft(id: string, draft: Draft): void {
  drafts.setState(({ items }) => {
    const next = new Map(items);
    if (draft.text === draft.base) next.delete(id);
    else next.set(id, draft);
    return { items: next };
  });
}

export function dropDraft(id: string): void {
  drafts.setState(({ items }) => ({ items: new Map([...items].filter(([other]) => other !== id)) }));
}
