// The palette: one accent (harbour teal), warm greys, and a pair of colours for each thing a state can mean.
import type { MantineColorsTuple } from '@mantine/core';

export const harbour: MantineColorsTuple = [
  '#eaf5f5',
  '#d4e9ea',
  '#a9d3d6',
  '#7abcc0',
  '#4fa5ab',
  '#2f8d94',
  '#1c777e',
  '#13636a',
  '#0e4f55',
  '#0a3a3f',
];

/** What destroys: the `bad` tone as a scale. */
export const brick: MantineColorsTuple = [
  '#fdefed',
  '#fadcd9',
  '#f4b7b1',
  '#ec8d84',
  '#e2665b',
  '#d54e43',
  '#c4392f',
  '#b3261e',
  '#8f1c16',
  '#6d1510',
];

/** Light to dark, with a breath of wood in it. */
export const stone: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ef',
  '#e9e6e1',
  '#dcd8d1',
  '#c6c1b8',
  '#a19b91',
  '#78736a',
  '#5c5850',
  '#3d3a35',
  '#262421',
];

/** Mantine's dark scale: from text (0) to the deepest background (9). */
export const night: MantineColorsTuple = [
  '#e6e3de',
  '#cbc7c0',
  '#a8a39a',
  '#807b72',
  '#4d4a44',
  '#3a3733',
  '#2b2926',
  '#1c1b19',
  '#151412',
  '#0e0d0c',
];

/** What a colour says. Never said by colour alone: an icon and a word stand beside it. */
export const tones = ['good', 'busy', 'bad', 'off', 'paused', 'accent'] as const;
export type Tone = (typeof tones)[number];

interface ToneColours {
  /** Text and icons, on the page and on `soft`. */
  text: string;
  /** A quiet background. */
  soft: string;
  /** Filled shapes: bars, dots. */
  solid: string;
}

type Scheme = {
  page: string;
  surface: string;
  sunken: string;
  line: string;
  text: string;
  quiet: string;
  tones: Record<Tone, ToneColours>;
};

export const lightScheme: Scheme = {
  page: '#f7f5f2',
  surface: '#ffffff',
  sunken: '#f5f2ee',
  line: '#e2ded7',
  text: '#262421',
  quiet: '#625d55',
  tones: {
    good: { text: '#1d6a3a', soft: '#e5f3e9', solid: '#2f8f54' },
    busy: { text: '#8a5200', soft: '#fcf0da', solid: '#d08a1d' },
    bad: { text: '#b3261e', soft: '#fce9e7', solid: '#cf3b32' },
    off: { text: '#5c5850', soft: '#efece8', solid: '#a19b91' },
    paused: { text: '#2a5c9a', soft: '#e6eff9', solid: '#4a82c4' },
    accent: { text: '#13636a', soft: '#e3f1f1', solid: '#1c777e' },
  },
};

export const darkScheme: Scheme = {
  page: '#171614',
  surface: '#1f1e1b',
  sunken: '#131211',
  line: '#35322e',
  text: '#e6e3de',
  quiet: '#a8a39a',
  tones: {
    good: { text: '#7ccf98', soft: '#1b2d21', solid: '#3f9f63' },
    busy: { text: '#eab661', soft: '#33280f', solid: '#c98a24' },
    bad: { text: '#ff9d93', soft: '#3b1d1a', solid: '#cb443b' },
    off: { text: '#b0aba2', soft: '#2b2926', solid: '#6e6a62' },
    paused: { text: '#8fbcf0', soft: '#1a2737', solid: '#4a82c4' },
    accent: { text: '#79c6ca', soft: '#142c2e', solid: '#2f8d94' },
  },
};

/** The CSS variables of a scheme: `--bh-page`, `--bh-good-text`, ... */
export function schemeVariables(scheme: Scheme): Record<string, string> {
  const { tones: colours, ...plain } = scheme;
  const variables: Record<string, string> = {};
  for (const [name, value] of Object.entries(plain)) variables[`--bh-${name}`] = value;
  for (const tone of tones) {
    for (const [part, value] of Object.entries(colours[tone])) variables[`--bh-${tone}-${part}`] = value;
  }
  return variables;
}
