// Quiet shapes where rows will be, so that nothing jumps when they arrive.
import { useTranslation } from 'react-i18next';
import classes from './loading-rows.module.css';

/** `height` in pixels: that of the rows to come. */
export function LoadingRows({ rows = 3, height = 78 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('loading')} className={classes.rows}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <div key={row} className={classes.row} style={{ height }} />
      ))}
    </div>
  );
}
