// Fields of the editor's form: each shows the value at a path of the text, changes it there, and tells what is wrong with it.
import { Checkbox, Select, TextInput } from '@mantine/core';
import { createContext, useContext } from 'react';
import type { Document } from 'yaml';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { textWith, valueAt, type YamlPath } from '../yaml-edit';

export interface Editing {
  text: string;
  document: Document;
  problems: readonly TemplateProblem[];
  onChange: (text: string) => void;
}

const Context = createContext<Editing | undefined>(undefined);
export const EditingProvider = Context.Provider;

export function useEditing(): Editing {
  const editing = useContext(Context);
  if (!editing) throw new Error('A field was used outside of the form');
  return editing;
}

function useField(path: YamlPath) {
  const { text, document, problems, onChange } = useEditing();
  const problem = problems.find((each) => each.severity === 'error' && each.path.join() === path.join());
  return {
    value: valueAt(document, path),
    error: problem?.message,
    change: (value: unknown) => onChange(textWith(text, path, value)),
  };
}

interface FieldProps {
  label: string;
  path: YamlPath;
}

/** `number`: what looks like a whole number is written as one; a parameter may stand in its place. */
export function TextField({
  label,
  path,
  number = false,
  placeholder,
}: FieldProps & { number?: boolean; placeholder?: string }) {
  const { value, error, change } = useField(path);
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      value={typeof value === 'object' || value === undefined || value === null ? '' : String(value)}
      error={error}
      spellCheck={false}
      onChange={({ currentTarget: { value: typed } }) =>
        change(typed === '' ? undefined : number && /^\d+$/.test(typed) ? Number(typed) : typed)
      }
    />
  );
}

/** `choices[0]` is the default: choosing it takes the field out of the text. */
export function ChoiceField({ label, path, choices }: FieldProps & { choices: readonly string[] }) {
  const { value, error, change } = useField(path);
  const shown = value === undefined || value === null ? choices[0] : String(value);
  return (
    <Select
      label={label}
      data={[...new Set([...choices, ...(shown === undefined ? [] : [shown])])]}
      value={shown ?? null}
      error={error}
      allowDeselect={false}
      onChange={(chosen) => change(chosen === choices[0] && value === undefined ? undefined : chosen)}
    />
  );
}

export function YesField({ label, path }: FieldProps) {
  const { value, change } = useField(path);
  return (
    <Checkbox
      label={label}
      checked={value === true}
      indeterminate={typeof value === 'string'}
      onChange={(event) => change(event.currentTarget.checked ? true : undefined)}
    />
  );
}
