// The projects that were opened before, and one more by its folder.
import { ActionIcon, Anchor, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconFolderPlus, IconTemplate, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop } from '../../../shared/model/devloop/loop';
import type { RememberedProject } from '../../../shared/model/devloop/proposal';
import { applyFeed, emptyFeed, type Feed, type FeedState } from '../../../shared/model/feed';
import { hrefOf, navigate } from '../../app/route';
import { LoopBadge } from '../../parts/badge';
import { Command } from '../../parts/copy';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient, useLoops } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import { useChangeWords } from './change-words';
import classes from './dev.module.css';
import { FolderField, isWholePath, tidyPath } from './folder-field';
import { SampleDialog } from './sample-dialog';

export function useProjects(): RememberedProject[] | undefined {
  const feed = useTopic<Feed<RememberedProject>, FeedState<RememberedProject>>(
    'projects',
    (client, _subject, signal) => client.devloop.projects(undefined, { signal }),
    (before, message) => applyFeed(before ?? emptyFeed<RememberedProject>(), message, ({ dir }) => dir),
  );
  return feed && [...feed.items.values()].sort((one, other) => other.openedAt - one.openedAt);
}

export function ProjectList() {
  const { t } = useTranslation();
  const projects = useProjects();
  const [sampling, setSampling] = useState(false);
  const sample = (
    <Button variant="default" leftSection={<IconTemplate aria-hidden size={17} />} onClick={() => setSampling(true)}>
      {t('dev.sample')}
    </Button>
  );
  return (
    <Page title={t('nav.dev')} lead={t('dev.lead')} actions={sample}>
      {sampling && <SampleDialog onClose={() => setSampling(false)} />}
      <AddFolder />
      {!projects && <LoadingRows rows={2} height={56} />}
      {projects?.length === 0 && (
        <div>
          <Title order={2} className={classes.heading}>
            {t('dev.none')}
          </Title>
          <Text maw={640}>{t('dev.noneText')}</Text>
          <Command text="boathouse dev --check" />
        </div>
      )}
      {projects && projects.length > 0 && (
        <ul className={classes.projects} aria-label={t('dev.projects')}>
          {projects.map((project) => (
            <ProjectRow key={project.dir} project={project} />
          ))}
        </ul>
      )}
    </Page>
  );
}

function ProjectRow({ project: { dir, name, context, openedAt } }: { project: RememberedProject }) {
  const loops = useLoops().loops.filter((loop) => loop.dir === dir && loop.state !== 'ended');
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  return (
    <li className={classes.project}>
      <Anchor className={classes.name} href={hrefOf({ screen: 'dev', dir })}>
        {name}
      </Anchor>
      <span className="mono">{dir}</span>
      {loops.length === 0 ? (
        <>
          <span className={classes.quiet}>{context}</span>
          <span className={classes.quiet}>{t('dev.opened', { when: format.date(openedAt) })}</span>
        </>
      ) : (
        <ul className={classes.running}>
          {loops.map((loop) => (
            <LoopLine key={loop.id} loop={loop} />
          ))}
        </ul>
      )}
      <Tooltip label={t('dev.forget')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={running}
          aria-label={t('dev.forgetName', { name })}
          onClick={() => void run(() => client.devloop.forget({ dir }))}
        >
          <IconX aria-hidden size={16} />
        </ActionIcon>
      </Tooltip>
    </li>
  );
}

/** Where a loop runs, how it stands, and its last change. */
function LoopLine({ loop: { context, state, problems, changes } }: { loop: Loop }) {
  const words = useChangeWords();
  const [last] = changes;
  return (
    <li>
      <LoopBadge state={state} broken={problems.length > 0} /> <span>{context}</span>
      {last && <span className={classes.quiet}>{`#${last.number} ${words.what(last)} · ${words.end(last)}`}</span>}
    </li>
  );
}

function AddFolder() {
  const { t } = useTranslation();
  const [dir, setDir] = useState('');
  const [wrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const whole = isWholePath(dir);
    setWrong(!whole);
    if (whole) navigate({ screen: 'dev', dir: tidyPath(dir) });
  }

  return (
    <form onSubmit={submit}>
      <Group align="flex-start" gap="sm">
        <FolderField
          label={t('dev.folder')}
          description={t('dev.folderHelp')}
          error={wrong && t('dev.absolute')}
          value={dir}
          onChange={setDir}
        />
        <Button
          type="submit"
          mt={44}
          disabled={dir.trim() === ''}
          leftSection={<IconFolderPlus aria-hidden size={17} />}
        >
          {t('dev.add')}
        </Button>
      </Group>
    </form>
  );
}
