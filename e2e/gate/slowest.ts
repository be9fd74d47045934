// A reporter for vitest: which files of a run took the longest, and what in them, so that everyone sees what tests cost.
import { relative } from 'node:path';
import type { Reporter, TestCase, TestModule } from 'vitest/node';

const rows = 12;
const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

const durationOf = (test: TestCase) => test.diagnostic()?.duration ?? 0;

/** A table, a line each: the file's time, that of its hooks (what it sets up and takes down), its longest test. */
export function slowestFiles(modules: readonly TestModule[]): string[] {
  const files = modules.map((module) => {
    const tests = [...module.children.allTests()].sort((a, b) => durationOf(b) - durationOf(a));
    const all = module.diagnostic().duration;
    const around = all - tests.reduce((sum, test) => sum + durationOf(test), 0);
    return { name: relative(process.cwd(), module.moduleId), all, around, longest: tests[0] };
  });
  return files
    .sort((a, b) => b.all - a.all)
    .slice(0, rows)
    .map(({ name, all, around, longest }) => {
      const test = longest ? `${seconds(durationOf(longest))} ${longest.name}` : '';
      return [seconds(all).padStart(9), `${seconds(Math.max(0, around)).padStart(8)} around`, name, test].join('  ');
    });
}

export default class Slowest implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (modules.length < 2) return;
    const total = modules.reduce((sum, module) => sum + module.diagnostic().duration, 0);
    console.log(
      `\nThe slowest of ${modules.length} files, ${seconds(total)} together:\n${slowestFiles(modules).join('\n')}`,
    );
  }
}
