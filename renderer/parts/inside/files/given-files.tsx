// Where files come from: chosen or dropped here, or a path of the computer that Boathouse runs on.
import { ActionIcon, Button, FileButton, Text, VisuallyHidden } from '@mantine/core';
import { IconFiles, IconX } from '@tabler/icons-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostGiven } from '../../../../shared/model/pod-files';
import { useFormat } from '../../words';
import classes from './files.module.css';
import { chosenFiles, type GatheredFile, gather } from './gather';

interface GivenFilesProps {
  files: readonly GatheredFile[];
  onFiles: (files: readonly GatheredFile[]) => void;
  /** The field for a path, while there are none. */
  children: ReactNode;
}

/** Files that are dropped onto it or chosen take the place of a path. */
export function GivenFiles({ files, onFiles, children }: GivenFilesProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const [tooMany, setTooMany] = useState(false);
  const take = (some: readonly GatheredFile[] | undefined) => {
    setTooMany(some === undefined || some.length > mostGiven);
    if (some && some.length <= mostGiven) onFiles(some);
  };

  function drop(event: DragEvent): void {
    event.preventDefault();
    // Else the list takes it for a manifest, and the window for an archive of images.
    event.stopPropagation();
    setOver(false);
    void gather(event.dataTransfer.items, mostGiven).then(take);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button does the same by keyboard
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      {files.length > 0 ? <Chosen files={files} onClear={() => onFiles([])} /> : children}
      <div className={classes.give}>
        <FileButton multiple onChange={(some) => take(chosenFiles(some))}>
          {(button) => (
            <Button {...button} size="xs" variant="default" leftSection={<IconFiles aria-hidden size={15} />}>
              {t('podFiles.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="xs" c="dimmed">
          {t('podFiles.drop')}
        </Text>
      </div>
      {tooMany && (
        <Text size="xs" role="alert" className={classes.bad}>
          {t('podFiles.tooMany', { count: mostGiven })}
        </Text>
      )}
    </div>
  );
}

function Chosen({ files, onClear }: { files: readonly GatheredFile[]; onClear: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const size = files.reduce((sum, { file }) => sum + file.size, 0);
  return (
    <div className={classes.chosen}>
      <div className={classes.chosenHead}>
        <Text size="sm" role="status">
          {t('podFiles.chosen', { count: files.length, size: format.size(size) })}
        </Text>
        <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('podFiles.clear')} onClick={onClear}>
          <IconX aria-hidden size={14} />
        </ActionIcon>
      </div>
      <VisuallyHidden>{t('podFiles.here')}</VisuallyHidden>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys too */}
      <ul className={classes.names} tabIndex={0} aria-label={t('podFiles.here')}>
        {files.map(({ path }) => (
          <li key={path} className="mono">
            {path}
          </li>
        ))}
      </ul>
    </div>
  );
}
