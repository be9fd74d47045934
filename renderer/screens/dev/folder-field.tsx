// The path of a folder: completed by the folders that there are as one types, or chosen in the system's dialog where there is one.
import { Autocomplete, Button } from '@mantine/core';
import { IconFolderCode, IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useAsked } from '../../parts/use-asked';
import { useCall } from '../../parts/use-call';
import { useClient, useStores } from '../../stores/app-context';
import classes from './dev.module.css';

interface FolderFieldProps {
  label: string;
  description: string;
  value: string;
  onChange: (path: string) => void;
  error?: string | false;
}

export function FolderField({ label, description, value, onChange, error = false }: FolderFieldProps) {
  const { t } = useTranslation();
  const { answer } = useAsked({ path: value }, (client, input, signal) => client.devloop.folders(input, { signal }));
  const projects = new Set(answer?.filter(({ project }) => project).map(({ path }) => path));
  return (
    <>
      <Autocomplete
        className={classes.folder}
        classNames={{ input: 'mono', option: 'mono' }}
        label={label}
        description={description}
        placeholder="/home/ana/shop"
        error={error}
        spellCheck={false}
        data={answer?.map(({ path }) => path) ?? []}
        filter={({ options }) => options}
        maxDropdownHeight={300}
        renderOption={({ option }) => (
          <>
            {option.value}
            {projects.has(option.value) && (
              <IconFolderCode role="img" aria-label={t('dev.isProject')} className={classes.isProject} size={17} />
            )}
          </>
        )}
        value={value}
        onChange={onChange}
      />
      <Choose onChosen={onChange} />
    </>
  );
}

/** Only a desktop has such a dialog. */
function Choose({ onChosen }: { onChosen: (path: string) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const shell = useStore(useStores().about, ({ value }) => value?.shell);
  if (shell !== 'desktop') return null;
  const choose = async () => {
    const { dir } = await client.devloop.chooseFolder();
    if (dir !== undefined) onChosen(dir);
  };
  return (
    <Button
      variant="default"
      mt={44}
      loading={running}
      leftSection={<IconFolderOpen aria-hidden size={17} />}
      onClick={() => void run(choose)}
    >
      {t('dev.choose')}
    </Button>
  );
}

/** Whether a path is whole; one of Windows begins with its drive. */
export function isWholePath(path: string): boolean {
  return /^(\/|~[\\/]|[a-z]:[\\/]|\\\\)/i.test(path.trim());
}

/** Without what stands around it, and without the slash that asks for what is in it. */
export function tidyPath(path: string): string {
  const bare = path.trim();
  return bare.length > 1 ? bare.replace(/[\\/]+$/, '') : bare;
}
