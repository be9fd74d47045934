// Before all journeys: the product as it is built, built anew only when a source is newer.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { productFolder } from './product';

export default function build(): void {
  execFileSync(process.execPath, [join(productFolder, 'electron', 'cli', 'ensure-built.mjs')], { stdio: 'inherit' });
}
