// The present moment for things that are drawn while time passes.
import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useState } from 'react';

/** Milliseconds since the epoch, renewed several times a second while `ticking` (once a second under reduced motion). */
export function useNow(ticking: boolean): number {
  const still = useReducedMotion();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), still ? 1000 : 200);
    return () => clearInterval(timer);
  }, [ticking, still]);
  return now;
}
