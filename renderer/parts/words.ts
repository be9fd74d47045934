// Durations, sizes and dates in the user's language.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { spaceChinese } from '../text/spacing';

const sizeUnits = ['B', 'kB', 'MB', 'GB', 'TB'];

export interface Format {
  /** A duration in seconds: `3.2 s`, `22 s`, `1 min 4 s`. */
  duration(seconds: number): string;
  /** A stop watch: `0:14`. */
  clock(seconds: number): string;
  /** Bytes as memory is sold: `15.6 GB` (2^30 bytes each). */
  memory(bytes: number): string;
  /** With at most so many digits behind the point. */
  number(value: number, digits: number): string;
  /** Bytes as disks and images are counted: `182 MB` (10^6 bytes each). */
  size(bytes: number): string;
  percent(share: number): string;
  /** Milliseconds since the epoch, or RFC 3339. */
  date(moment: number | string): string;
  timeOfDay(moment: number): string;
  list(items: readonly string[]): string;
}

export function useFormat(): Format {
  const { t, i18n } = useTranslation();
  const language = i18n.language;
  return useMemo(() => {
    const exactly = (value: number, digits: number) =>
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);
    return {
      duration(seconds) {
        if (seconds < 9.95) return t('time.seconds', { value: exactly(seconds, 1) });
        const whole = Math.round(seconds);
        if (whole < 60) return t('time.seconds', { value: exactly(whole, 0) });
        if (whole % 60 === 0) return t('time.wholeMinutes', { minutes: whole / 60 });
        return t('time.minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
      },
      clock: (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`,
      memory: (bytes) => t('size.gigabytes', { value: exactly(bytes / 2 ** 30, 1) }),
      number: (value, digits) => new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value),
      size(bytes) {
        const power = Math.min(sizeUnits.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
        const value = bytes / 1000 ** power;
        const digits = value < 10 && power > 0 ? 1 : 0;
        return `${exactly(value, digits)} ${sizeUnits[power]}`;
      },
      percent: (share) => new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 }).format(share),
      date: (moment) =>
        new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(moment)),
      timeOfDay: (moment) => new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(new Date(moment)),
      list: (items) => spaceChinese(new Intl.ListFormat(language, { type: 'conjunction' }).format(items)),
    };
  }, [t, language]);
}
