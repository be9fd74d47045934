// One project: what its folder is read as, why it cannot be, or what it could be.
import { Anchor, Button, Title } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop } from '../../../shared/model/devloop/loop';
import type { Reading } from '../../../shared/model/devloop/project';
import { hrefOf } from '../../app/route';
import { Command, CopyText } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { type Asked, useAsked } from '../../parts/use-asked';
import { useClient, useLoops } from '../../stores/app-context';
import classes from './dev.module.css';
import { Problems, UnsupportedList } from './findings';
import { LoopView } from './loop-view';
import { useProjects } from './project-list';
import { ProjectView } from './project-view';
import { ProposalView } from './proposal-view';
import { StartPanel } from './start-panel';

export function ProjectScreen({ dir }: { dir: string }) {
  const { t } = useTranslation();
  const known = useProjects()?.find((project) => project.dir === dir);
  const [chosen, setChosen] = useState<string[]>();
  const profiles = chosen ?? known?.profiles ?? [];
  const { answer, error, asking, again } = useAsked({ dir, profiles }, (client, input, signal) =>
    client.devloop.read(input, { signal }),
  );
  useRemembered(dir, answer, profiles);
  const loops = useLoops().loops.filter((loop) => loop.dir === dir);
  useReadAgain(loops, answer, again);
  const name = answer?.kind === 'project' ? answer.project.name : (known?.name ?? (dir.split(/[\\/]/).at(-1) || dir));
  return (
    <Page
      title={name}
      lead={<CopyText text={dir} what={t('dev.folder')} />}
      actions={
        <>
          <Anchor href={hrefOf({ screen: 'dev' })} mr="sm" mt={6}>
            {t('dev.list')}
          </Anchor>
          <Button
            variant="default"
            loading={asking}
            leftSection={<IconRefresh aria-hidden size={16} />}
            onClick={() => void again()}
          >
            {t('dev.again')}
          </Button>
        </>
      }
    >
      {loops.map((loop) => (
        <LoopView key={loop.id} loop={loop} />
      ))}
      {error && <ErrorNotice error={error} />}
      {!answer && !error && <LoadingRows rows={3} />}
      {answer && !error && (
        <>
          {answer.kind === 'project' && (
            <StartPanel
              dir={dir}
              name={name}
              profiles={profiles}
              another={loops.some(({ state }) => state !== 'ended')}
            />
          )}
          <Content reading={answer} onProfiles={setChosen} onSaved={() => void again()} />
          <Command text={['boathouse dev', dir, ...profiles.flatMap((one) => ['-p', one])].join(' ')} />
        </>
      )}
    </Page>
  );
}

interface ContentProps {
  reading: Reading;
  onProfiles: (profiles: string[]) => void;
  onSaved: () => void;
}

function Content({ reading, onProfiles, onSaved }: ContentProps) {
  const { t } = useTranslation();
  if (reading.kind === 'project') return <ProjectView project={reading.project} onProfiles={onProfiles} />;
  if (reading.kind === 'none') return <ProposalView dir={reading.dir} onSaved={onSaved} />;
  return (
    <section role="alert">
      <Title order={2} className={classes.heading}>
        {t('dev.broken')}
      </Title>
      <Problems dir={reading.dir} problems={reading.problems} />
      {reading.unsupported.length > 0 && <UnsupportedList dir={reading.dir} unsupported={reading.unsupported} />}
    </section>
  );
}

/** A loop that changed for a file of the project says that there is something else to be read. */
function useReadAgain(loops: readonly Loop[], reading: Reading | undefined, again: Asked<Reading>['again']): void {
  const files = reading?.kind === 'project' ? reading.project.files : reading?.kind === 'broken' ? reading.files : [];
  const latest = loops
    .flatMap(({ id, dir, changes }) =>
      changes
        .filter((change) => change.files.some(({ path }) => files.includes(`${dir}/${path}`)))
        .slice(0, 1)
        .map(({ number }) => `${id} ${number}`),
    )
    .join(',');
  const seen = useRef(latest);
  useEffect(() => {
    if (latest === '' || seen.current === latest) return;
    seen.current = latest;
    void again();
  }, [latest, again]);
}

/** What was read as a project is kept in the list, with the profiles that were chosen for it. */
function useRemembered(dir: string, reading: Reading | undefined, profiles: readonly string[]): void {
  const client = useClient();
  const name = reading?.kind === 'project' && reading.project.dir === dir ? reading.project.name : undefined;
  const key = profiles.join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: the profiles are in the key
  useEffect(() => {
    if (name === undefined) return;
    client.devloop.remember({ dir, name, profiles: [...profiles] }).catch(() => {}); // It is read all the same.
  }, [client, dir, name, key]);
}
