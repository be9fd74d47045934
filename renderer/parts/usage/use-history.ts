// The last values that something had, the newest last, for as long as they are shown.
import { useEffect, useState } from 'react';
import type { Usage } from '../../../shared/model/node-facts';

/** At one every few seconds: the last minutes. */
const most = 60;

/** `at`: changes whenever there is a new value. Of another `of` nothing is remembered. */
export function useUsageHistory(of: string, usage: Usage | undefined, at: unknown): readonly Usage[] {
  const [known, setKnown] = useState<{ of: string; values: readonly Usage[] }>({ of, values: [] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new moment is the reason, also where the value is the same
  useEffect(() => {
    if (!usage) return;
    setKnown((before) => ({ of, values: [...(before.of === of ? before.values : []), usage].slice(-most) }));
  }, [of, at]);
  return known.of === of ? known.values : [];
}
