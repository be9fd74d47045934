// What the core is told by the front that starts it, and what it gives back: the core reads nothing of the process by itself.
import type { Router } from '@orpc/server';
import type { Client, contract } from '../../shared/contract';
import type { Settings } from '../../shared/model/settings';

export interface CoreOptions {
  /** The environment that decides which engine and which kubeconfig files are meant. */
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  platform: NodeJS.Platform;
  directories: {
    /** Settings and own templates. */
    config: string;
    /** The journal of running operations, backups of the kubeconfig. */
    state: string;
    cache: string;
  };
  /** The folder `resources` of the product. */
  resources: string;
  version: string;
  /** What the user has set, as it is now; the core fills it in. */
  preferences?(): Settings;
  shell: 'browser' | 'desktop' | 'terminal';
  /** Milliseconds since 1970: when the core broke down that this one takes the place of. */
  restartedAt?: number;
  /** The system's dialog for a folder, where the front has one; nothing when it was closed. */
  chooseFolder?(): Promise<string | undefined>;
  /** Lines for the log of the process, never shown to users. */
  log(line: string): void;
}

export interface Core {
  router: Router<typeof contract, Record<never, never>>;
  /** The same calls without a wire in between. */
  client: Client;
  /** Cancels what runs, closes every connection. */
  dispose(): Promise<void>;
}
