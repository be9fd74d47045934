// Changes of one place in a kubeconfig's text: an entry put into a list or taken out of it, one top-level value set.
import {
  type CST,
  isCollection,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { yamlOf } from './entry';
import { invalidKubeconfig, type ParsedKubeconfig, type Section, sections } from './parse';

/** A parsed kubeconfig that has content. */
export type Editable = ParsedKubeconfig & { root: YAMLMap };

/** The text with `item` in the place of the `index`th of a list, or at its end when `index` is -1. */
export function putItem(config: Editable, section: Section, index: number, item: object): string {
  const { text } = config;
  const list = listOf(config, section);
  if (!list) return startList(config, section, item);
  const present = list.items[index];
  if (list.flow) {
    if (isNode(present)) return cut(text, startOf(present), endOf(present, 0), JSON.stringify(item));
    return appendToFlow(text, list, item);
  }
  if (isNode(present)) {
    const dash = dashOf(config, list, index);
    const end = endOf(present, dash + 1);
    const eol = text[end - 1] === '\n' ? lineBreakOf(text) : '';
    return cut(text, dash, end, blockItem(text, item, columnOf(text, dash)).trimStart() + eol);
  }
  const last = list.items.length - 1;
  const dash = dashOf(config, list, last);
  const end = endOf(list, dash + 1);
  return addLines(text, end, blockItem(text, item, columnOf(text, dash)));
}

/** The text without the `index`th item of a list; a list without items stays as `[]`. */
export function dropItem(config: Editable, section: Section, index: number): string {
  const { text } = config;
  const list = listOf(config, section);
  const item = list?.items[index];
  if (!list || !isNode(item)) return text;
  if (list.flow) return dropFromFlow(text, list, index);
  const dash = dashOf(config, list, index);
  let from = lineStart(text, dash);
  if (text.slice(from, dash).trim() !== '') throw tooUnusual(config, section);
  const to = nextLine(text, endOf(item, dash + 1));
  // The last line of a file that does not end in a line break: the break before it goes instead.
  if (text[to - 1] !== '\n' && from > 0) from -= text[from - 2] === '\r' ? 2 : 1;
  const without = cut(text, from, to, '');
  if (list.items.length > 1) return without;
  const end = valueStart(pairOf(config, section));
  return cut(without, end, end, ' []');
}

/** The text with a top-level key set to a string; a key that is not there yet comes last. */
export function putValue(config: Editable, key: string, value: string): string {
  const { text, root } = config;
  const pair = pairOf(config, key);
  const written = root.flow ? JSON.stringify(value) : yamlOf(value).trimEnd();
  if (!pair) return addPair(config, key, written);
  if (!isNode(pair.value) || isEmpty(pair.value)) {
    const at = valueStart(pair);
    return cut(text, at, at, ` ${written}`);
  }
  const end = endOf(pair.value, 0);
  return cut(text, startOf(pair.value), end, written + (text[end - 1] === '\n' ? lineBreakOf(text) : ''));
}

/**
 * The text with one field inside the `index`th item of a list set to a string: `keys` lead to it. Undefined where the item is
 * not written as mappings of its own, such as by an alias.
 */
export function putField(config: Editable, section: Section, index: number, keys: readonly string[], value: string) {
  const { text } = config;
  let map: unknown = listOf(config, section)?.items[index];
  for (const key of keys.slice(0, -1)) map = isMap(map) ? map.get(key, true) : undefined;
  const last = keys.at(-1);
  if (!isMap(map) || last === undefined) return undefined;
  const written = map.flow ? JSON.stringify(value) : yamlOf(value).trimEnd();
  const pair = map.items.find(({ key }) => isScalar(key) && key.value === last);
  if (pair && (!isNode(pair.value) || isEmpty(pair.value))) {
    return cut(text, valueStart(pair), valueStart(pair), ` ${written}`);
  }
  if (pair && isNode(pair.value)) return cut(text, startOf(pair.value), endOf(pair.value, 0), written);
  const end = map.items.at(-1);
  if (!end) return undefined;
  if (map.flow) return cut(text, endOfPair(end), endOfPair(end), `, ${JSON.stringify(last)}: ${written}`);
  return addLines(text, endOfPair(end), `${' '.repeat(columnOf(text, startOf(map)))}${last}: ${written}`);
}

/** A list with its first item, where there was no key, no value, or `[]`. */
function startList(config: Editable, section: Section, item: object): string {
  const { text, root } = config;
  const pair = pairOf(config, section);
  if (root.flow) {
    const json = `[${JSON.stringify(item)}]`;
    if (!pair) return addPair(config, section, json);
    if (!isNode(pair.value) || isEmpty(pair.value)) return cut(text, valueStart(pair), valueStart(pair), ` ${json}`);
    return cut(text, startOf(pair.value), endOf(pair.value, 0), json);
  }
  const column = columnOf(text, startOf(root)) + listIndent(config);
  const lines = blockItem(text, item, column);
  if (!pair) return addPair(config, section, lines);
  const at = valueStart(pair);
  if (!isNode(pair.value) || isEmpty(pair.value)) return addLines(text, at, lines);
  const start = startOf(pair.value);
  const plainGap = text.slice(at, start).trim() === '';
  return addLines(cut(text, plainGap ? at : start, endOf(pair.value, 0), ''), plainGap ? at : start, lines);
}

function addPair(config: Editable, key: string, value: string): string {
  const { text, root } = config;
  const last = root.items.at(-1);
  if (root.flow) {
    const at = last ? endOfPair(last) : startOf(root) + 1;
    return cut(text, at, at, `${last ? ', ' : ''}${JSON.stringify(key)}: ${value}`);
  }
  const column = columnOf(text, startOf(root));
  const gap = /^\s*- /.test(value) ? lineBreakOf(text) : ' ';
  return addLines(text, last ? endOfPair(last) : startOf(root), `${' '.repeat(column)}${key}:${gap}${value}`);
}

function appendToFlow(text: string, list: YAMLSeq, item: object): string {
  const json = JSON.stringify(item);
  const last = list.items.at(-1);
  if (!isNode(last)) return cut(text, startOf(list) + 1, startOf(list) + 1, json);
  const before = text.slice(lineStart(text, startOf(last)), startOf(last));
  const separator = before.trim() === '' && text.lastIndexOf('\n', startOf(last)) > startOf(list);
  return cut(text, endOf(last, 0), endOf(last, 0), `,${separator ? lineBreakOf(text) + before : ' '}${json}`);
}

function dropFromFlow(text: string, list: YAMLSeq, index: number): string {
  const item = list.items[index];
  if (!isNode(item)) return text;
  const [from, to] = [startOf(item), endOf(item, 0)];
  const tokens = (list.srcToken as CST.FlowCollection | undefined)?.items ?? [];
  const commaBefore = tokens[index]?.start.find((token) => token.type === 'comma')?.offset;
  if (commaBefore !== undefined) {
    // What stands between the comma and the item may be a comment about the item before.
    const between = text.slice(commaBefore + 1, from);
    return cut(text, commaBefore, to, between.trim() === '' ? '' : between);
  }
  const commaAfter = tokens[index + 1]?.start.find((token) => token.type === 'comma')?.offset;
  if (commaAfter === undefined) return cut(text, from, to, '');
  const between = text.slice(to, commaAfter);
  const next = list.items[index + 1];
  const gapEnd =
    isNode(next) && text.slice(commaAfter + 1, startOf(next)).trim() === '' ? startOf(next) : commaAfter + 1;
  return cut(text, from, gapEnd, between.trim() === '' ? '' : between);
}

/** The list as a node to work in; undefined where there is none, or an empty `[]` that becomes a block. */
function listOf(config: Editable, section: Section): YAMLSeq | undefined {
  const value = pairOf(config, section)?.value;
  if (!isSeq(value)) return undefined;
  if (!value.flow || config.root.flow) return value;
  return config.text.slice(startOf(value), endOf(value, 0)) === '[]' ? undefined : value;
}

function pairOf(config: Editable, key: string): Pair | undefined {
  return config.root.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** How much deeper than their key the file writes its lists; kubectl and kind write them no deeper. */
function listIndent(config: Editable): number {
  for (const section of sections) {
    const list = listOf(config, section);
    if (!list || list.flow || list.items.length === 0) continue;
    return columnOf(config.text, dashOf(config, list, 0)) - columnOf(config.text, startOf(config.root));
  }
  return 0;
}

function dashOf(config: Editable, list: YAMLSeq, index: number): number {
  const tokens = (list.srcToken as CST.BlockSequence | undefined)?.items[index]?.start;
  const dash = tokens?.find((token) => token.type === 'seq-item-ind');
  if (!dash) throw tooUnusual(config, 'a list');
  return dash.offset;
}

function blockItem(text: string, item: object, column: number): string {
  const indent = ' '.repeat(column);
  const lines = yamlOf([item]).trimEnd().split('\n');
  return lines.map((line) => indent + line).join(lineBreakOf(text));
}

/** Whole lines, put after the line in which `offset` is; a file without a last line break stays without. */
function addLines(text: string, offset: number, lines: string): string {
  const at = nextLine(text, offset);
  const ended = at > 0 && text[at - 1] === '\n';
  return cut(text, at, at, ended ? lines + lineBreakOf(text) : lineBreakOf(text) + lines);
}

/** Where the last thing in a node ends, without the comments and line breaks that YAML counts to a block. */
function endOf(node: Node, otherwise: number): number {
  if (isCollection(node) && !node.flow) {
    const last: unknown = node.items.at(-1);
    if (isPair(last)) return endOfPair(last);
    return isNode(last) ? endOf(last, otherwise) : otherwise;
  }
  return isEmpty(node) ? otherwise : (node.range?.[1] ?? otherwise);
}

function endOfPair(pair: Pair): number {
  const otherwise = valueStart(pair);
  return isNode(pair.value) ? endOf(pair.value, otherwise) : otherwise;
}

/** Where a pair's value may begin: behind the colon, and behind an anchor or tag. */
function valueStart(pair: Pair | undefined): number {
  const marks = (pair?.srcToken?.sep ?? []).filter(({ type }) => /^(map-value-ind|anchor|tag)$/.test(type));
  const last = marks.at(-1);
  if (last) return last.offset + last.source.length;
  return isNode(pair?.key) ? (pair.key.range?.[1] ?? 0) : 0;
}

function isNode(value: unknown): value is Node {
  return (
    isScalar(value) || isMap(value) || isSeq(value) || (typeof value === 'object' && value !== null && 'range' in value)
  );
}

function isEmpty(node: Node): boolean {
  return isScalar(node) && node.range?.[0] === node.range?.[1];
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}

function cut(text: string, from: number, to: number, replacement: string): string {
  return text.slice(0, from) + replacement + text.slice(to);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** The start of the line after `offset`, or the end of the text. */
function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === '\n') return offset;
  const at = text.indexOf('\n', offset);
  return at === -1 ? text.length : at + 1;
}

function columnOf(text: string, offset: number): number {
  // A byte-order mark is no column.
  return text.slice(lineStart(text, offset), offset).replace('\uFEFF', '').length;
}

/** The line break a text uses, from its first one. */
export function lineBreakOf(text: string): string {
  return text[text.indexOf('\n') - 1] === '\r' ? '\r\n' : '\n';
}

function tooUnusual(config: Editable, place: string): Error {
  return invalidKubeconfig(config.file, `${place} is written in a way that cannot be edited safely`);
}
