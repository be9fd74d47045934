// Which entries a query finds, the best first: every word of it has to be in the entry. Pure.
import { type Entry, type EntryGroup, entryGroups } from './entry';

const most = 60;
/** Of one group, while nothing is typed: the list is an offer then, not an inventory. */
const mostUnasked = 5;

/** How well a word fits a text: the beginning of all, of a word, inside, or not (0). */
function fitOf(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return text.length === word.length ? 40 : 24;
  const begins = new RegExp(`[\\s/:.@_(-]${word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'u');
  return begins.test(text) ? 16 : 6;
}

/** 0: not found. Words in the label weigh more than words that only describe it; a short label more than a long one. */
export function scoreOf(entry: Entry, query: readonly string[]): number {
  const label = entry.label.toLowerCase();
  const rest = `${entry.about ?? ''} ${entry.words ?? ''} ${entry.command ?? ''}`.toLowerCase();
  let score = 0;
  for (const word of query) {
    const fit = Math.max(fitOf(word, label) * 2, fitOf(word, rest));
    if (fit === 0) return 0;
    score += fit;
  }
  return score + 8 / (1 + label.length / 8);
}

export interface Group {
  group: EntryGroup;
  entries: Entry[];
}

/** @param recent ids of what was used before, the latest first: they stand first unasked, and weigh more when asked for */
export function ranked(entries: readonly Entry[], text: string, recent: readonly string[]): Group[] {
  const query = text.toLowerCase().split(/\s+/).filter(Boolean);
  return query.length === 0 ? unasked(entries, recent) : found(entries, query, recent);
}

function unasked(entries: readonly Entry[], recent: readonly string[]): Group[] {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const used = recent.flatMap((id) => byId.get(id) ?? []).slice(0, mostUnasked);
  const rest = entries.filter((entry) => !used.includes(entry) && !entry.minor);
  const groups = entryGroups.map((group) => ({
    group,
    entries: group === 'recent' ? used : rest.filter((entry) => entry.group === group).slice(0, mostUnasked),
  }));
  return groups.filter((group) => group.entries.length > 0);
}

function found(entries: readonly Entry[], query: readonly string[], recent: readonly string[]): Group[] {
  const scored = entries
    .map((entry) => {
      const score = scoreOf(entry, query);
      return { entry, score: score > 0 && recent.includes(entry.id) ? score + 12 : score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, most);
  // Groups stand in the order of their best.
  const groups = new Map<EntryGroup, Entry[]>();
  for (const { entry } of scored) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  return [...groups].map(([group, some]) => ({ group, entries: some }));
}
