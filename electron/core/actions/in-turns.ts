// The same for many things, a few at a time.

/** Calls that are on their way to an API server at once. */
const width = 8;

/** Resolves when it was done for all. Throws the first error; what has not begun by then does not begin. */
export async function inTurns<Item>(items: Iterable<Item>, run: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items].values();
  let failed = false;
  const turn = async () => {
    for (const item of left) {
      if (failed) return;
      await run(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  };
  await Promise.all(Array.from({ length: width }, turn));
}
