// Offered files: what is wanted is what a reader needs next, and a file that is withdrawn is told to whoever reads it.

import { pack } from 'tar-stream';
import { expect, it } from 'vitest';
import type { Offer } from '../../../shared/model/images';
import { createOffers } from './offered';

const id = (first: IteratorResult<Offer, void>) => (!first.done && 'file' in first.value ? first.value.file : '');

async function archive(): Promise<Buffer> {
  const tar = pack();
  tar.entry({ name: 'large' }, Buffer.alloc(2_500_000, 'x'));
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

it('is read piece by piece, again for each reader', async () => {
  const bytes = await archive();
  const offers = createOffers();
  const withdrawn = new AbortController();
  const heard = offers.offer({ name: 'web.tar', size: bytes.length }, withdrawn.signal);
  const file = id(await heard.next());
  const wanted: number[] = [];
  const window = (async () => {
    for await (const one of heard) {
      if (!('wanted' in one)) continue;
      const { from, length } = one.wanted;
      wanted.push(from);
      offers.give({ file, from, base64: bytes.subarray(from, from + length).toString('base64') });
    }
  })();
  for (const _ of [1, 2]) {
    const sizes: number[] = [];
    for await (const entry of offers.find(file).open(AbortSignal.timeout(5000))) {
      let size = 0;
      if ('content' in entry) for await (const chunk of entry.content) size += chunk.length;
      sizes.push(size);
    }
    expect(sizes).toEqual([2_500_000]);
  }
  expect(wanted).toEqual([0, 1_048_576, 2_097_152, 0, 1_048_576, 2_097_152]);
  withdrawn.abort();
  await window;
  expect(() => offers.find(file)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

it('refuses pieces that nobody wants, and ends whoever reads when it is withdrawn', async () => {
  const offers = createOffers();
  const withdrawn = new AbortController();
  const heard = offers.offer({ name: 'web.tar', size: 5_000_000 }, withdrawn.signal);
  const file = id(await heard.next());
  expect(() => offers.give({ file, from: 0, base64: 'AAAA' })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  const read = offers.find(file).open(AbortSignal.timeout(5000)).next();
  await heard.next();
  withdrawn.abort();
  await heard.next();
  await heard.next();
  await expect(read).rejects.toMatchObject({ code: 'not-found', message: 'web.tar is not offered any more' });
});
