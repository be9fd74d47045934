// Lets the compiler know every key of the texts, so that a missing one is an error before it is ever seen.
import 'i18next';
import type en from './en.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
  }
}
