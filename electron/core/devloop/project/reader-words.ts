// What is wrong with a project's files, as sentences with a code: English here, other languages by the code.

import type { Blanks } from '../../../../shared/model/sentence';
import { type Said, sayFrom } from '../../templates/problem-words';

export const readerWords = {
  'alias-unknown': '*{{name}} stands for nothing: there is no &{{name}} before it',
  'aliases-many': 'with its aliases written out, the text has more than {{most}} values',
  'key-twice': 'the same key is there twice',
  'file-long': 'the file has {{length}} characters, and {{most}} are the most',
  'file-empty': 'the file is empty; it begins with "apiVersion: {{version}}"',
  'no-mapping': 'a configuration is a mapping that begins with "apiVersion: {{version}}"',
  'no-version': "apiVersion is missing: it says which version of skaffold's schema this is, such as {{version}}",
  'version-foreign': "apiVersion must be one of skaffold's, such as {{newest}}, and not {{version}}",
  'version-old':
    '{{version}} is older than v2beta29, the oldest that is read; "skaffold fix --overwrite" writes the file anew as {{newest}}',
  'version-new': '{{version}} is newer than {{newest}}, the newest that is read',
  'version-unknown': "{{version}} is no version of skaffold's",
  'version-unknown-meant': "{{version}} is no version of skaffold's, did you mean {{meant}}?",
  'no-release': 'there is no release {{name}}',
  'release-no-chart': 'a release has either chartPath or remoteChart',
  'release-two-charts': 'a release has either chartPath or remoteChart, and not both',
  'port-lacks': 'a port needs {{missing, and}} too, and is not forwarded without',
  'built-twice': 'an image is built in one way, and here are {{ways, and}}',
  'not-filled': '{{template}} stays as it stands, since {{name}} is not in the environment, nor in skaffold.env',
  'patch-fails': 'the patch cannot be applied: {{why}}',
  'gone-folder': 'there is no folder {{file}}',
  'gone-dockerfile': 'there is no Dockerfile {{file}}',
  'gone-file': 'there is no file {{file}}',
  'gone-manifest': 'there is no manifest {{file}}',
  'gone-chart': 'there is no chart {{file}}',
  'gone-values': 'there is no values file {{file}}',
  'profiles-differ': 'it is required with profiles "{{before}}" and "{{now}}", and can only have the same each time',
  'no-file': 'there is no file {{file}}',
  'no-config': '{{file}} has no {{name}}',
  'no-profile-in': 'there is no profile {{name}} in {{file}}',
  'called-too': 'a configuration in {{file}} is called {{name}}, too',
  'called-too-here': 'a configuration in this file is called {{name}}, too',
  'no-profile-meant': 'there is no profile {{name}}, did you mean {{meant}}?',
  'no-profile-of': 'there is no profile {{name}}; there are {{known, list}}',
  'no-profile-none': 'there is no profile {{name}}; the file has none',
  'nothing-to-do': 'there is nothing to build and nothing to deploy in this file',
};
export type ReaderCode = keyof typeof readerWords;

/** One of them with its blanks filled. */
export function say(code: ReaderCode, params?: Blanks): Said {
  return sayFrom(readerWords, code, params);
}
