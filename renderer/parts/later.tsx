// Parts of the app that are fetched when they are first shown, or before that, when there is nothing else to do.
import { type ComponentType, createElement, lazy, type ReactNode, Suspense, useState } from 'react';
import { PageToCome } from '../parts/page';

const loads: (() => Promise<unknown>)[] = [];

/**
 * A component whose code is not among what the app begins with. `load` is called again after it has failed.
 * @param meanwhile what stands in its place until it is there
 */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  meanwhile: ReactNode = createElement(PageToCome),
): ComponentType<Props> {
  let there: ComponentType<Props> | undefined;
  const begin = async () => {
    there = await load();
    return { default: there };
  };
  loads.push(begin);
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each part, when its module is loaded, as `lazy` is
  return function Later(props: Props) {
    // What is there already is drawn at once, without a moment of placeholders; it stays the same component then.
    const [Part] = useState(() => there ?? lazy<ComponentType<Props>>(begin));
    return createElement(Suspense, { fallback: meanwhile }, createElement(Part, props));
  };
}

/** Fetches all of them: the next screen is there at once, also when the host has gone by then. */
export async function loadAll(): Promise<void> {
  await Promise.allSettled(loads.map((load) => load()));
}
