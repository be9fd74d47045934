// @vitest-environment jsdom
// A part without its style sheet is drawn, and the sheet is asked for again; other faults stay faults.
import { expect, test } from 'vitest';
import { askForStylesAgain } from './styles-again';

function failure(message: string): Event {
  return Object.assign(new Event('vite:preloadError', { cancelable: true }), { payload: new Error(message) });
}

test('a style sheet that did not come is asked for again, and nothing else', () => {
  askForStylesAgain(window);
  const sheet = failure('Unable to preload CSS for http://127.0.0.1:1/assets/part.css');
  window.dispatchEvent(sheet);
  expect(sheet.defaultPrevented).toBe(true);
  const asked = [...document.head.querySelectorAll<HTMLLinkElement>('link[rel=stylesheet]')].map(({ href }) => href);
  expect(asked).toEqual(['http://127.0.0.1:1/assets/part.css']);
  const code = failure('Failed to fetch dynamically imported module: http://127.0.0.1:1/assets/part.js');
  window.dispatchEvent(code);
  expect(code.defaultPrevented).toBe(false);
});
