// Templates: what is filled, what is left, what is more than is read.
import { expect, it } from 'vitest';
import { fillTemplate, isLate } from './go-template';

it.each([
  ['{{.A}}/{{ .B }}', 'a/b'],
  ['{{- .A -}}', 'a'],
  ['{{default "x" .GONE}}', 'x'],
  ['{{default "x" .A}}', 'a'],
  ['{{ .GONE | default `y` }}', 'y'],
  ['{{"quoted \\"word\\""}}', 'quoted "word"'],
  ['no template', 'no template'],
])('%s is %s', (text, filled) => {
  expect(fillTemplate(text, { A: 'a', B: 'b' })).toEqual({ text: filled, missing: [], unread: [] });
});

it('names what is missing and what is not read, and leaves both', () => {
  const text = '{{.GONE}} {{cmd "bash" "-c" "date"}} {{if .A}}x{{end}}';
  expect(fillTemplate(text, { A: 'a' })).toEqual({
    text,
    missing: ['GONE'],
    unread: ['cmd "bash" "-c" "date"', 'if .A', 'end'],
  });
});

it('knows what only a build knows', () => {
  expect(['IMAGE_NAME', 'IMAGE_TAG_web', 'IMAGE_DIGEST', 'IMAGE_REPO2', 'IMAGES', 'HOME'].map(isLate)).toEqual([
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
});
