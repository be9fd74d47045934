// What must be said so that some labels become others.

/** The labels that are new or other than before, and `null` for those that are gone. */
export function labelDifference(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): Record<string, string | null> {
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  return {
    ...Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
    ...Object.fromEntries(gone.map((key) => [key, null])),
  };
}
