// Everybody can read the palette: text keeps WCAG AA contrast (4.5 to 1) in both schemes, shapes 3 to 1.
import { describe, expect, it } from 'vitest';
import { brick, darkScheme, harbour, lightScheme, tones } from './colours';

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

describe.each([
  ['light', lightScheme],
  ['dark', darkScheme],
])('the %s scheme', (_name, scheme) => {
  const grounds = [scheme.page, scheme.surface, scheme.sunken];

  it.each(grounds)('keeps text readable on %s', (ground) => {
    expect(contrast(scheme.text, ground)).toBeGreaterThanOrEqual(7);
    expect(contrast(scheme.quiet, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(tones)('keeps %s readable on every ground and told apart as a shape', (tone) => {
    const colours = scheme.tones[tone];
    for (const ground of [...grounds, colours.soft]) {
      expect(contrast(colours.text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    if (tone !== 'off' && tone !== 'busy') expect(contrast(colours.solid, scheme.surface)).toBeGreaterThanOrEqual(3);
  });

  it('keeps white readable on a failed bar', () => {
    expect(contrast('#ffffff', scheme.tones.bad.solid)).toBeGreaterThanOrEqual(4.5);
  });
});

it('keeps white readable on filled buttons, in both schemes', () => {
  expect(contrast('#ffffff', harbour[7])).toBeGreaterThanOrEqual(4.5);
  expect(contrast('#ffffff', harbour[6])).toBeGreaterThanOrEqual(4.5);
  expect(contrast('#ffffff', brick[7])).toBeGreaterThanOrEqual(4.5);
  expect(contrast('#ffffff', brick[6])).toBeGreaterThanOrEqual(4.5);
});
