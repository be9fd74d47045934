// The small parts that the sections of a skaffold.yaml are made of. Facts: skaffold 2.19, schema v4beta14.
import { z } from 'zod';

/** Text; numbers and booleans that stand where text is wanted were made text by the reader, as Go's yaml does. */
export const text = z.string();
export const texts = z.array(text);
export const flag = z.boolean();
export const whole = z.int();
/** A mapping of names to text. */
export const textMap = z.record(z.string(), text);
/** The same, where a name without value stands for the environment's. */
export const argMap = z.record(z.string(), text.nullable());
/** skaffold's FlatMap: mappings and lists in it are made flat, `image: {tag: x}` to `image.tag`. */
export const flatMap = z.record(z.string(), z.unknown());
/** What Kubernetes describes (volumes, tolerations) or what stands for itself (values of charts). */
export const anything = z.unknown();

const hostHook = z.strictObject({
  command: texts.min(1),
  os: texts.optional(),
  dir: text.optional(),
});
const renderHook = hostHook.extend({ withChange: flag.optional() });
const namedContainerHook = z.strictObject({
  command: texts.min(1),
  podName: text,
  containerName: text.optional(),
});

export const buildHooks = z.strictObject({ before: z.array(hostHook).optional(), after: z.array(hostHook).optional() });

const syncHook = z.strictObject({
  host: hostHook.optional(),
  container: z.strictObject({ command: texts.min(1) }).optional(),
});
export const syncHooks = z.strictObject({ before: z.array(syncHook).optional(), after: z.array(syncHook).optional() });

const deployHook = z.strictObject({ host: hostHook.optional(), container: namedContainerHook.optional() });
export const deployHooks = z.strictObject({
  before: z.array(deployHook).optional(),
  after: z.array(deployHook).optional(),
});

export const renderHooks = z.strictObject({
  before: z.array(z.strictObject({ host: hostHook.optional() })).optional(),
  after: z.array(z.strictObject({ host: renderHook.optional() })).optional(),
});
