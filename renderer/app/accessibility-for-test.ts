// What axe has to say about a component test's page. Colours are checked by the journeys: jsdom draws nothing.
import axe from 'axe-core';

/** The rules that are broken, each with the elements that break it. */
export async function accessibilityProblems(): Promise<string[]> {
  const { violations } = await axe.run(document.body, { rules: { 'color-contrast': { enabled: false } } });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}
