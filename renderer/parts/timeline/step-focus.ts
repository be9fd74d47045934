// Which step of a timeline is looked at.
import { useState } from 'react';

/** Which step is explained (hovered, else focused or pinned, else the leading one) and which one Tab stops at. */
export interface StepFocus {
  shown: string | undefined;
  tabStop: string | undefined;
  isPinned: boolean;
  hover(step: string | undefined): void;
  pin(step: string | undefined): void;
}

/** `leading` is explained while no other step is looked at. */
export function useStepFocus(leading: string | undefined): StepFocus {
  const [hovered, hover] = useState<string>();
  const [pinned, pin] = useState<string>();
  return {
    shown: hovered ?? pinned ?? leading,
    tabStop: pinned ?? leading,
    isPinned: pinned !== undefined,
    hover,
    pin,
  };
}
