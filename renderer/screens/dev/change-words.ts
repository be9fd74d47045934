// How a change is told in a few words: which files or what else caused it, and what came of it.
import { useTranslation } from 'react-i18next';
import type { Change } from '../../../shared/model/devloop/loop';
import { useFormat } from '../../parts/words';

export interface ChangeWords {
  /** `web/server.js and 2 more files`, or why it was made. */
  what(change: Change): string;
  /** `served after 1.5 s`, `failed`. */
  end(change: Change): string;
}

export function useChangeWords(): ChangeWords {
  const { t } = useTranslation();
  const format = useFormat();
  return {
    what({ cause, files: [first], fileCount }) {
      if (cause !== 'files' || !first) return t(`dev.cause.${cause}`);
      return fileCount > 1 ? `${first.path} ${t('dev.more', { count: fileCount - 1 })}` : first.path;
    },
    end({ state, way, servedAfter }) {
      if (state !== 'done') return t(`dev.changeState.${state}`);
      if (way === 'nothing') return t('dev.nothing');
      return servedAfter === undefined
        ? t('dev.changeState.done')
        : t('dev.served', { time: format.duration(servedAfter / 1000) });
    },
  };
}
