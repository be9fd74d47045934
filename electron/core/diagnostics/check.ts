// What a check of the doctor is: words, a look at the surroundings, and findings that may offer a mend.
import type { Cluster } from '../../../shared/model/cluster';
import type { Check } from '../../../shared/model/diagnostics';
import type { DiskOwner } from '../../../shared/model/disk';
import type { EngineState } from '../../../shared/model/engine';
import { type Blanks, fillBlanks, type Sentence } from '../../../shared/model/sentence';
import type { Proxies } from '../clusters/providers/kubeadm/proxies';
import type { WantedCluster } from '../clusters/wanted';
import type { Engine } from '../engine/engine';
import type { KubeconfigOptions } from '../kubeconfig/files';
import type { Journal, JournalEntry } from '../operations/journal';
import type { Computer } from './computer';
import type { EngineFacts } from './engine-facts';
import type { InsideFacts } from './inside';

/** What checks may look at, and what mends may do. */
export interface Surroundings {
  engineState: EngineState;
  /** Absent while the engine does not answer. */
  engine: Engine | undefined;
  facts: EngineFacts | undefined;
  computer: Computer;
  /** A look at the engine's machine from inside, made once at the first call; undefined when it cannot be had. */
  inside(): Promise<InsideFacts | undefined>;
  clusters: readonly Cluster[];
  entries: readonly JournalEntry[];
  journal: Journal;
  kubeconfig: KubeconfigOptions;
  /** The proxies that nodes of a new cluster get. */
  proxies(): Promise<Proxies>;
  /** Gigabytes (10^9 bytes) that clusters, registries and caches may take; 0: as much as there is. */
  diskBudget: number;
  /** Who takes how much of the engine's disk: a look that costs the engine some seconds. */
  taken(): Promise<DiskOwner[]>;
  /** Clears up what is left of a cluster, and stops one; both resolve when that has ended. */
  cleanup(name: string): Promise<unknown>;
  stop(name: string): Promise<unknown>;
  signal: AbortSignal;
}

/** English texts with blanks (`{{name}}`); the other languages have theirs in the renderer, under the same code. */
export interface CheckWords {
  title: string;
  evidence: string;
  why: string;
  /** What the mend does; needed by findings that offer one. */
  fix?: string;
  /** What the mend has done. */
  done?: string;
  advice?: string;
}

/** A check's verdict and, where something can be done, the doing. */
export interface Finding {
  check: Check;
  mend?(): Promise<Sentence>;
}

export interface Checkup {
  /** All words that its findings can have, by code. */
  words: Readonly<Record<string, CheckWords>>;
  examine(surroundings: Surroundings): Promise<Finding[]>;
  /** What concerns a cluster that is to be made; without it nothing here does. */
  examineFor?(surroundings: Surroundings, wanted: WantedCluster): Promise<Finding[]>;
}

type Given<Code extends string> = Pick<Check, 'id' | 'verdict' | 'commands' | 'error'> & {
  code: Code;
  params?: Blanks;
  /** Does what `fix` says. */
  mend?(): Promise<unknown>;
};

/** Makes findings of a group, in the words of their code. */
export function findingsOf<Code extends string>(group: Check['group'], words: Readonly<Record<Code, CheckWords>>) {
  return (given: Given<Code>): Finding => {
    const { code, params, mend, ...rest } = given;
    const { title, evidence, why, fix, done, advice }: CheckWords = words[code];
    const say = (text: string) => fillBlanks(text, params ?? {});
    const check: Check = {
      ...rest,
      code,
      group,
      title: say(title),
      evidence: say(evidence),
      why: say(why),
      ...(params && { params }),
      ...(mend && fix && { fix: say(fix) }),
      ...(advice && { advice: say(advice) }),
    };
    if (!mend) return { check };
    return {
      check,
      async mend() {
        await mend();
        return { code, text: say(done ?? title), ...(params && { params }) };
      },
    };
  };
}
