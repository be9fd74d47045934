// What was chosen in the palette before: ids of entries, kept in this browser only.
const key = 'boathouse-palette';
const most = 12;

/** The latest first. */
export function recentIds(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((id) => typeof id === 'string').slice(0, most) : [];
  } catch {
    return [];
  }
}

export function rememberId(id: string): void {
  try {
    localStorage.setItem(key, JSON.stringify([id, ...recentIds().filter((one) => one !== id)].slice(0, most)));
  } catch {
    // A browser that keeps nothing for us has no recent entries.
  }
}
