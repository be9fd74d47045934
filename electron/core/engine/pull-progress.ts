// Progress of a pull, from the engine's messages about single layers to one fraction of the bytes.
import { z } from 'zod';

export interface PullProgress {
  /** 0..1, never going back; undefined while nothing is known about sizes. */
  fraction?: number;
  /** What happens now, for example `31 MB / 120 MB`. */
  note: string;
}

const messageSchema = z.object({
  status: z.string().default(''),
  id: z.string().optional(),
  progressDetail: z
    .object({ current: z.number().optional(), total: z.number().optional(), units: z.string().optional() })
    .optional(),
});

interface Layer {
  /** Bytes as they travel (compressed); undefined until its download begins. */
  size: number | undefined;
  downloaded: number;
  /** 0..1 */
  extracted: number;
  /** It was there before: no work at all. */
  present: boolean;
}

/** Downloading counts for this part of a layer's work, unpacking for the rest: about what they take on a home connection. */
const downloadShare = 0.8;

/** Takes the values of the message stream one by one and gives the progress after each. */
export function createPullProgress(): (message: unknown) => PullProgress {
  const layers = new Map<string, Layer>();
  let highest = 0;
  let retrying: string | undefined;

  return (value) => {
    const message = messageSchema.safeParse(value);
    if (message.success) {
      const { status, id, progressDetail } = message.data;
      retrying = /^Retrying in/i.test(status) ? status : undefined;
      if (id) applyMessage(layers, id, status, progressDetail);
    }
    const fraction = fractionOf([...layers.values()]);
    if (fraction !== undefined) highest = Math.max(highest, fraction);
    const note = retrying ?? noteFor([...layers.values()]);
    return fraction === undefined && highest === 0 ? { note } : { fraction: highest, note };
  };
}

function applyMessage(
  layers: Map<string, Layer>,
  id: string,
  status: string,
  detail: { current?: number | undefined; total?: number | undefined; units?: string | undefined } | undefined,
): void {
  const layer = layers.get(id) ?? { size: undefined, downloaded: 0, extracted: 0, present: false };
  const { current = 0, total } = detail ?? {};
  switch (status) {
    case 'Pulling fs layer':
    case 'Waiting':
      break;
    case 'Already exists':
      layer.present = true;
      break;
    case 'Downloading':
      if (total && total > 0) layer.size = total;
      layer.downloaded = current;
      break;
    case 'Verifying Checksum':
    case 'Download complete':
      layer.downloaded = layer.size ?? layer.downloaded;
      break;
    case 'Extracting':
      layer.downloaded = layer.size ?? layer.downloaded;
      // The containerd store counts seconds here (`units: s`), which tell nothing about how much is left.
      if (!detail?.units && total) layer.extracted = Math.min(1, current / total);
      break;
    case 'Pull complete':
      layer.downloaded = layer.size ?? layer.downloaded;
      layer.extracted = 1;
      break;
    default:
      // `Pulling from library/app` and such carry a tag as id: that is no layer.
      return;
  }
  layers.set(id, layer);
}

/** A layer whose size is not known yet is taken for as large as the others are on average. */
function fractionOf(layers: readonly Layer[]): number | undefined {
  const pending = layers.filter((layer) => !layer.present);
  const known = pending.flatMap(({ size }) => (size === undefined ? [] : [size]));
  if (known.length === 0) return undefined;
  const average = known.reduce((sum, size) => sum + size, 0) / known.length;
  let done = 0;
  let all = 0;
  for (const { size, downloaded, extracted } of pending) {
    const weight = size ?? average;
    const download = size === undefined ? extracted : Math.min(1, downloaded / size);
    all += weight;
    done += weight * (download * downloadShare + extracted * (1 - downloadShare));
  }
  return Math.min(1, done / all);
}

function noteFor(layers: readonly Layer[]): string {
  const pending = layers.filter((layer) => !layer.present);
  const size = pending.reduce((sum, layer) => sum + (layer.size ?? 0), 0);
  const downloaded = pending.reduce((sum, layer) => sum + Math.min(layer.downloaded, layer.size ?? 0), 0);
  return size === 0 ? '' : `${megabytes(downloaded)} / ${megabytes(size)}`;
}

function megabytes(bytes: number): string {
  return bytes < 10_000_000 ? `${(bytes / 1_000_000).toFixed(1)} MB` : `${Math.round(bytes / 1_000_000)} MB`;
}
