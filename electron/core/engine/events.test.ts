// Events of old and new engines: only what they have in common is read.
import { expect, test } from 'vitest';
import { parseEvent } from './events';

const actor = { ID: 'f00', Attributes: { name: 'shop-worker', 'io.x-k8s.kind.cluster': 'shop', exitCode: '137' } };
const expected = { type: 'container', action: 'die', id: 'f00', attributes: actor.Attributes, time: 1700000000 };

test('API 1.41, with the fields that are gone since', () => {
  const event = { status: 'die', id: 'f00', from: 'kindest/node', Type: 'container', Action: 'die', Actor: actor };
  expect(parseEvent({ ...event, scope: 'local', time: 1700000000, timeNano: 1 })).toEqual(expected);
});

test('API 1.52', () => {
  expect(parseEvent({ Type: 'container', Action: 'die', Actor: actor, time: 1700000000 })).toEqual(expected);
});

test('an event without attributes', () => {
  expect(parseEvent({ Type: 'image', Action: 'delete', Actor: { ID: 'a', Attributes: null } })).toEqual({
    type: 'image',
    action: 'delete',
    id: 'a',
    attributes: {},
    time: 0,
  });
});

test.each([[{ Type: 'daemon', Action: 'reload', Actor: { ID: 'x' } }], [{}], [null], ['text']])(
  '%j is not watched',
  (line) => {
    expect(parseEvent(line)).toBeUndefined();
  },
);
