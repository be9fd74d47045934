// What a folder without a skaffold.yaml could be developed as: what was found in it, and the file that says so.
import { z } from 'zod';

/** An image that would be built: from which Dockerfile, and what its name was taken from. */
export const proposedArtifactSchema = z.object({
  image: z.string(),
  /** Relative to the folder, with `/`. */
  context: z.string(),
  dockerfile: z.string(),
  /**
   * `manifest`: a manifest names an image that is called like the Dockerfile or its folder; `only`: the one Dockerfile and the one
   * image that is left; `folder`: no manifest names it, and it is called like the folder.
   */
  namedBy: z.enum(['manifest', 'only', 'folder']),
});
export type ProposedArtifact = z.infer<typeof proposedArtifactSchema>;

export const proposalSchema = z.object({
  /** Absolute path. */
  dir: z.string(),
  /** Empty where no Dockerfile was found. */
  artifacts: z.array(proposedArtifactSchema),
  /** Relative paths. */
  manifests: z.array(z.string()),
  kustomizations: z.array(z.string()),
  charts: z.array(z.string()),
  /** Images that manifests name and nothing here builds: they are fetched. */
  fetched: z.array(z.string()),
  /** More was there than is looked at. */
  cut: z.boolean(),
  /** The skaffold.yaml; absent where there is nothing to build and nothing to deploy. */
  yaml: z.string().optional(),
});
export type Proposal = z.infer<typeof proposalSchema>;

/** A folder that a path which is being written may become. */
export const folderChoiceSchema = z.object({
  /** Absolute path. */
  path: z.string(),
  /** It has a skaffold.yaml. */
  project: z.boolean(),
});
export type FolderChoice = z.infer<typeof folderChoiceSchema>;

/** A project that was opened before. Known by `dir` in feeds. */
export const rememberedProjectSchema = z.object({
  /** Absolute path. */
  dir: z.string(),
  name: z.string(),
  /** Of the last loop. */
  context: z.string().optional(),
  profiles: z.array(z.string()),
  /** Milliseconds since the epoch. */
  openedAt: z.number(),
});
export type RememberedProject = z.infer<typeof rememberedProjectSchema>;
