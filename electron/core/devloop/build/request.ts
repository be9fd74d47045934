// What a build is asked for, and who hears of it.
import type { Artifact, DockerBuilder } from '../../../../shared/model/devloop/artifact';
import type { Dependencies } from '../dependencies/artifact';
import type { FileEntry } from '../dependencies/inventory';
import type { BuildStep } from './messages';

export interface DockerBuild {
  readonly artifact: Artifact & { readonly builder: DockerBuilder };
  readonly dependencies: Dependencies;
  readonly entries: ReadonlyMap<string, FileEntry>;
  /** As they are used, those of required images with them. */
  readonly buildArgs: Readonly<Record<string, string>>;
  /** `linux/amd64`. */
  readonly platform: string;
  /** False: the classic builder. */
  readonly buildkit: boolean;
}

export interface BuildHooks {
  onLine?(line: string): void;
  onStep?(step: BuildStep): void;
}
