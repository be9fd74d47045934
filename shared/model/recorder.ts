// What a flight recorder keeps of a cluster while the app runs: its events, and the last words of pods that were deleted.
import { z } from 'zod';

export const recordedEventSchema = z.object({
  namespace: z.string(),
  /** `pod/web-1`. */
  object: z.string(),
  type: z.string(),
  reason: z.string(),
  message: z.string(),
  /** When it was last heard of; milliseconds. */
  at: z.number(),
});
export type RecordedEvent = z.infer<typeof recordedEventSchema>;

/** `listening`: it is ending, and still heard; `kept`; `missed`: it was gone before anybody could listen. */
export const recordedPodStates = ['listening', 'kept', 'missed'] as const;

export const recordedPodSchema = z.object({
  /** One of that name may come and go again. */
  key: z.string(),
  namespace: z.string(),
  name: z.string(),
  /** When its end was heard of; milliseconds. */
  at: z.number(),
  state: z.enum(recordedPodStates),
  /** Lines that are kept of each container. */
  containers: z.array(z.object({ name: z.string(), lines: z.number() })),
});
export type RecordedPod = z.infer<typeof recordedPodSchema>;

export const recordedDetailSchema = z.object({
  pod: recordedPodSchema,
  /** The end of each container's log, by its name. */
  logs: z.record(z.string(), z.array(z.object({ at: z.string(), text: z.string() }))),
  /** Those about it, the newest first. */
  events: z.array(recordedEventSchema),
});
export type RecordedDetail = z.infer<typeof recordedDetailSchema>;
