// Things that can be pasted: monospace, with a button that copies them.
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './copy.module.css';

/** The button alone; `what` names for screen readers what it copies. */
export function Copy({ text, what }: { text: string; what: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={text} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copy.copied') : t('copy.copy')}>
          <ActionIcon
            variant="subtle"
            color={copied ? 'harbour' : 'gray'}
            size="sm"
            aria-label={copied ? t('copy.copied') : t('copy.copyWhat', { what })}
            onClick={(event) => {
              event.stopPropagation();
              copy();
            }}
          >
            {copied ? <IconCheck aria-hidden size={15} /> : <IconCopy aria-hidden size={15} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** A short value in a line of text: a context, an address. */
export function CopyText({ text, what }: { text: string; what: string }) {
  return (
    <span className={classes.inline}>
      <span className="mono">{text}</span>
      <Copy text={text} what={what} />
    </span>
  );
}

/** A command on a line of its own. */
export function Command({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <div className={classes.command}>
      <code className={classes.code}>{text}</code>
      <Copy text={text} what={t('copy.command')} />
    </div>
  );
}

/** Several lines: YAML, evidence. Scrolls in itself. */
export function Pasteable({ text, label, height }: { text: string; label: string; height?: number | string }) {
  return (
    <div className={classes.block}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.lines} style={{ maxHeight: height }} tabIndex={0} aria-label={label}>
        <pre className={classes.pre}>{text}</pre>
      </section>
      <div className={classes.corner}>
        <Copy text={text} what={label} />
      </div>
    </div>
  );
}
