// Dashboards: set up in the cluster of a context, opened without a pasted token, taken away again.
import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  dashboardKindSchema,
  dashboardRightsSchema,
  dashboardTokenSchema,
  dashboardViewSchema,
  openedDashboardSchema,
} from '../model/dashboard';
import { call } from './base';

const started = z.object({ operationId: z.string() });
const context = z.string().min(1).max(1000);
const of = z.object({ context, rights: dashboardRightsSchema.optional() });

const wanted = z.object({
  context,
  /** Nothing: for the dashboard that is in the cluster already, only whom one is there. */
  kind: dashboardKindSchema.optional(),
  rights: dashboardRightsSchema,
  /** The same dashboard from elsewhere, such as a company's registry. */
  image: z
    .string()
    .max(500)
    .regex(/^[a-zA-Z0-9][\w.:/@-]*$/, 'this is no reference of an image')
    .optional(),
});

export const dashboard = {
  /** Which dashboards a context's cluster has, live; what keeps it from being told is told in its place. */
  watch: call.input(z.object({ context })).output(eventIterator(dashboardViewSchema)),
  /** The same once. Throws `not-found` for a context that no file and no cluster of the engine has, `kubernetes-refused`. */
  look: call.input(z.object({ context })).output(dashboardViewSchema),
  /** What would be made, as YAML. */
  manifest: call.input(wanted).output(z.object({ yaml: z.string() })),
  /** Throws `not-found` (the context; a dashboard that is there already, without `kind`), `kubernetes-refused`. */
  setUp: call.input(wanted).output(started),
  /**
   * Opens a door to it on 127.0.0.1 that signs in by itself; the rights that were set up where none are named, admin before
   * read-only. Throws `not-found` where there is no dashboard or nobody to sign in as.
   */
  open: call.input(of).output(openedDashboardSchema),
  /** A token for those who want to sign in elsewhere. Throws as `open`. */
  token: call.input(of).output(dashboardTokenSchema),
  /** Shuts the doors to it. */
  close: call.input(z.object({ context })).output(z.object({ closed: z.number() })),
  /** Shuts the doors and takes everything away that was set up. Throws `not-found`. */
  remove: call.input(z.object({ context })).output(started),
};
