// Dashboards in a cluster: which there are, what whoever opens one may do there, and the door to it on this computer.
import { z } from 'zod';
import { errorDataSchema } from './errors';

/** Headlamp, and the Kubernetes Dashboard that it succeeds. */
export const dashboardKinds = ['headlamp', 'kubernetes-dashboard'] as const;
export const dashboardKindSchema = z.enum(dashboardKinds);
export type DashboardKind = z.infer<typeof dashboardKindSchema>;

/**
 * `read-only`: sees everything but Secrets and changes nothing. `admin`: everything (cluster-admin).
 */
export const dashboardRights = ['read-only', 'admin'] as const;
export const dashboardRightsSchema = z.enum(dashboardRights);
export type DashboardRights = z.infer<typeof dashboardRightsSchema>;

export const dashboardSchema = z.object({
  kind: dashboardKindSchema,
  namespace: z.string(),
  service: z.string(),
  /** Boathouse has put it there; else it was there before. */
  ours: z.boolean(),
  /** How many of its pods are ready. */
  ready: z.number(),
  image: z.string().optional(),
});
export type Dashboard = z.infer<typeof dashboardSchema>;

export const dashboardViewSchema = z.object({
  context: z.string(),
  /** Ours first. */
  dashboards: z.array(dashboardSchema),
  /** What has been set up for whoever opens it. */
  rights: z.array(dashboardRightsSchema),
  /** Doors of this process that are open. */
  open: z.array(z.object({ rights: dashboardRightsSchema, port: z.number() })),
  /** Why nothing can be told; the rest is empty then. */
  error: errorDataSchema.optional(),
});
export type DashboardView = z.infer<typeof dashboardViewSchema>;

export const openedDashboardSchema = z.object({
  /** On 127.0.0.1; what lets a browser in is in the fragment. It is good as long as the door is open. */
  address: z.string(),
  /** The same for one browser and one minute: for what passes through other programs, whose arguments everyone can read. */
  invitation: z.string(),
  port: z.number(),
  kind: dashboardKindSchema,
  rights: dashboardRightsSchema,
});
export type OpenedDashboard = z.infer<typeof openedDashboardSchema>;

export const dashboardTokenSchema = z.object({
  token: z.string(),
  /** Absent for one of a cluster whose tokens do not end. */
  expiresAt: z.iso.datetime().optional(),
  rights: dashboardRightsSchema,
});
export type DashboardToken = z.infer<typeof dashboardTokenSchema>;
