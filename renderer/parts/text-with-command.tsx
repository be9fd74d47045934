// A sentence in which the command, if it names one, stands out and can be copied.
import { useTranslation } from 'react-i18next';
import { commandIn } from './command-in';
import { Copy } from './copy';

export function TextWithCommand({ text }: { text: string }) {
  const { t } = useTranslation();
  const split = commandIn(text);
  if (!split) return text;
  return (
    <>
      {split.before}
      <code className="mono">{split.command}</code>
      <Copy text={split.command} what={t('copy.command')} />
      {split.after}
    </>
  );
}
