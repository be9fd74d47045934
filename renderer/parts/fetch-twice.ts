// Once more, a moment later: a browser breaks off what it fetches when a network of the computer changes, and making clusters changes networks.

/** Milliseconds after which a change of networks is over. */
const moment = 300;

/** What `load` comes to; when it fails, what it comes to the second time. Rejects with the second failure. */
export async function fetchTwice<Value>(load: () => Promise<Value>): Promise<Value> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, moment));
    return load();
  }
}
