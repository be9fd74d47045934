// YAML in CodeMirror: marks mistakes where they are, completes that of a template from the schema. Loaded when it is needed.
import { autocompletion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import { yaml } from '@codemirror/lang-yaml';
import { syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, lintGutter, setDiagnostics } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { basicSetup } from 'codemirror';
import { useEffect, useRef } from 'react';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { changeBetween } from './change-between';
import { placeIn, suggestionsAt } from './completion';
import { editorTheme } from './editor-theme';

interface YamlEditorProps {
  text: string;
  onChange: (text: string) => void;
  problems: readonly Pick<TemplateProblem, 'from' | 'to' | 'severity' | 'message'>[];
  label: string;
  /** Where to go; each new object is a new wish. */
  goTo: { from: number } | undefined;
  /** YAML of anything: the template's words are not offered. */
  plain?: boolean;
}

export function YamlEditor({ text, onChange, problems, label, goTo, plain = false }: YamlEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const changed = useRef(onChange);
  changed.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text it begins with; later ones are put in below
  useEffect(() => {
    if (!place.current) return;
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: text,
        extensions: [
          basicSetup,
          yaml(),
          syntaxHighlighting(classHighlighter),
          editorTheme,
          lintGutter(),
          ...(plain ? [] : [autocompletion({ override: [complete] })]),
          EditorView.contentAttributes.of({ 'aria-label': label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed.current(update.state.doc.toString());
          }),
        ],
      }),
    });
    // What scrolls can be reached by keyboard.
    editor.scrollDOM.tabIndex = 0;
    view.current = editor;
    return () => editor.destroy();
  }, [label]);

  useEffect(() => {
    const editor = view.current;
    const before = editor?.state.doc.toString();
    if (editor && before !== undefined && before !== text) editor.dispatch({ changes: changeBetween(before, text) });
  }, [text]);

  useEffect(() => {
    const editor = view.current;
    if (!editor) return;
    const { length } = editor.state.doc;
    const marks = problems.map(({ from, to, severity, message }): Diagnostic => {
      return { from: Math.min(from, length), to: Math.min(to, length), severity, message };
    });
    editor.dispatch(setDiagnostics(editor.state, marks));
  }, [problems]);

  useEffect(() => {
    const editor = view.current;
    if (!editor || !goTo) return;
    const anchor = Math.min(goTo.from, editor.state.doc.length);
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    editor.focus();
  }, [goTo]);

  return <div ref={place} />;
}

function complete(context: CompletionContext): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  const word = context.matchBefore(/[\w.${}/-]+/);
  const where = placeIn(before);
  if (!where || (!word && !context.explicit && where.kind === 'key')) return null;
  const options = suggestionsAt(where, context.state.doc.toString()).map(({ label, kind, description }) => ({
    label,
    type: kind === 'key' ? 'property' : 'enum',
    apply: kind === 'key' ? `${label}: ` : label,
    ...(description !== undefined && { info: description }),
  }));
  return options.length === 0 ? null : { from: word?.from ?? context.pos, options };
}
