// The look of the text editor: the product's colours, which follow its theme by themselves.
import { EditorView } from '@codemirror/view';

const soft = 'color-mix(in srgb, var(--bh-accent-solid) 30%, transparent)';

export const editorTheme = EditorView.theme({
  '&': { height: 'calc(100vh - 330px)', minHeight: '320px', fontSize: '0.8125rem', color: 'var(--bh-text)' },
  '&.cm-focused': { outline: '2px solid var(--bh-accent-solid)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--bh-text)' },
  '.cm-cursor': { borderLeftColor: 'var(--bh-text)' },
  '.cm-gutters': {
    borderRight: '1px solid var(--bh-line)',
    backgroundColor: 'var(--bh-sunken)',
    color: 'var(--bh-quiet)',
  },
  '.cm-activeLine, .cm-activeLineGutter': {
    backgroundColor: 'color-mix(in srgb, var(--bh-accent-solid) 8%, transparent)',
  },
  '.cm-selectionBackground': { backgroundColor: soft },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': { backgroundColor: soft },
  '.cm-tooltip, .cm-panels': {
    border: '1px solid var(--bh-line)',
    backgroundColor: 'var(--bh-surface)',
    color: 'var(--bh-text)',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--bh-accent-soft)',
    color: 'var(--bh-accent-text)',
  },
  '.tok-propertyName, .tok-definition': { color: 'var(--bh-accent-text)' },
  '.tok-comment': { color: 'var(--bh-quiet)' },
  '.tok-string, .tok-literal': { color: 'var(--bh-good-text)' },
  '.tok-number, .tok-bool, .tok-keyword, .tok-atom': { color: 'var(--bh-paused-text)' },
});
