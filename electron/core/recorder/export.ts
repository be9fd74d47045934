// What was recorded of a context as an archive for others: without secrets.
import { stringify } from 'yaml';
import { archiveOf } from '../logs/archive';
import { objectWithoutSecrets, withoutSecrets } from '../redaction/secrets';
import type { Tape } from './tape';

/** The bytes of a tar.gz: `events.txt`, and a folder for each pod with its logs, its events and itself. */
export function exportTape(tape: Tape): AsyncGenerator<Buffer> {
  return archiveOf('flight-recorder', async (add) => {
    const clean = (path: string, lines: readonly string[]) =>
      add(path, withoutSecrets(lines.map((line) => `${line}\n`).join('')));
    const said = ({ at, type, object, reason, message }: ReturnType<Tape['events']>[number]) =>
      `${new Date(at).toISOString()} ${type} ${object} ${reason}: ${message}`;
    await clean(
      'events.txt',
      tape.events().map((event) => `${event.namespace} ${said(event)}`),
    );
    for (const { key, namespace, name } of tape.pods.items()) {
      const found = tape.detail(key);
      if (!found) continue;
      const folder = `pods/${namespace}/${name}-${key.split('#').at(-1)}`;
      await clean(`${folder}/events.txt`, found.events.map(said));
      for (const [container, lines] of Object.entries(found.logs)) {
        await clean(
          `${folder}/${container}.log`,
          lines.map(({ at, text }) => `${at} ${text}`),
        );
      }
      if (found.spec) await add(`${folder}/pod.yaml`, withoutSecrets(stringify(objectWithoutSecrets(found.spec))));
    }
  });
}
