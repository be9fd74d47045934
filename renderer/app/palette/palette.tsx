// The palette: every action and every object by name. Fetched when it is first asked for.
import { createSpotlight, Spotlight, useSpotlight } from '@mantine/spotlight';
import {
  IconBolt,
  IconBox,
  IconHistory,
  IconInfinity,
  IconKey,
  IconLayoutSidebar,
  IconPackage,
  IconSearch,
  IconServer2,
  IconSettings,
  IconTemplate,
  type TablerIcon,
} from '@tabler/icons-react';
import { useDeferredValue, useEffect, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../shortcuts/keys';
import type { Entry, EntryGroup } from './entry';
import classes from './palette.module.css';
import { ranked } from './rank';
import { recentIds, rememberId } from './recent';
import { useDeeds } from './use-deeds';
import { useEntries } from './use-entries';

const [store, control] = createSpotlight();

const icons: Record<EntryGroup, TablerIcon> = {
  recent: IconHistory,
  actions: IconBolt,
  clusters: IconServer2,
  objects: IconBox,
  contexts: IconKey,
  templates: IconTemplate,
  images: IconPackage,
  projects: IconInfinity,
  screens: IconLayoutSidebar,
  settings: IconSettings,
};

interface PaletteProps {
  /** Counts how often it was asked for: each time it opens. */
  asked: number;
  onShortcuts: () => void;
}

export function Palette({ asked, onShortcuts }: PaletteProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const { perform, dialog } = useDeeds(onShortcuts);
  const list = useId();
  useEffect(() => {
    if (asked === 0) return;
    setText('');
    control.open();
  }, [asked]);

  function choose(entry: Entry): void {
    rememberId(entry.id);
    perform(entry.deed);
  }

  return (
    <>
      <Spotlight.Root
        store={store}
        shortcut={null}
        query={text}
        onQueryChange={setText}
        scrollable
        maxHeight={520}
        size={680}
        transitionProps={{ duration: 120 }}
        overlayProps={{ backgroundOpacity: 0.3, blur: 2 }}
        attributes={{ content: { 'aria-label': t('palette.title') } }}
      >
        <Spotlight.Search
          role="combobox"
          aria-label={t('palette.search')}
          aria-expanded
          aria-autocomplete="list"
          aria-controls={list}
          placeholder={t('palette.search')}
          leftSection={<IconSearch aria-hidden size={18} stroke={1.7} />}
        />
        <Found text={text} list={list} onChoose={choose} />
        <Spotlight.Footer className={classes.foot ?? ''}>
          <span>
            <Keys keys="↑ ↓" /> {t('palette.move')}
          </span>
          <span>
            <Keys keys="↵" /> {t('palette.choose')}
          </span>
          <span>
            <Keys keys="Esc" /> {t('palette.leave')}
          </span>
        </Spotlight.Footer>
      </Spotlight.Root>
      {dialog}
    </>
  );
}

interface FoundProps {
  text: string;
  list: string;
  onChoose: (entry: Entry) => void;
}

/** Only there while the palette is open: nothing is asked of the core before. */
function Found({ text, list, onChoose }: FoundProps) {
  const { t } = useTranslation();
  const wanted = useDeferredValue(text);
  const entries = useEntries(wanted);
  const [recent] = useState(recentIds);
  const groups = useMemo(() => ranked(entries, wanted, recent), [entries, wanted, recent]);
  const count = groups.reduce((all, group) => all + group.entries.length, 0);
  useSelection(list);
  return (
    <>
      <span role="status" className={classes.said}>
        {t('palette.count', { count })}
      </span>
      <Spotlight.ActionsList
        id={list}
        style={{ maxHeight: 'min(440px, 60vh)' }}
        role="listbox"
        aria-label={t('palette.title')}
      >
        {groups.map(({ group, entries: some }) => (
          <Spotlight.ActionsGroup
            key={group}
            label={t(`palette.group.${group}`)}
            role="group"
            aria-label={t(`palette.group.${group}`)}
          >
            {some.map((entry) => (
              <Line key={entry.id} entry={entry} group={group} onChoose={onChoose} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {count === 0 && <Spotlight.Empty>{t('palette.nothing', { text: wanted })}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </>
  );
}

/** Tells readers which line is chosen: the library marks it for the eye alone. */
function useSelection(list: string): void {
  const { selected, query } = useSpotlight(store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the library has marked after each of these
  useEffect(() => {
    const found = document.getElementById(list);
    const input = document.querySelector(`[aria-controls="${list}"]`);
    for (const [number, option] of (found?.querySelectorAll('[role="option"]') ?? []).entries()) {
      option.id = `${list}-${number}`;
      const chosen = option.hasAttribute('data-selected');
      option.setAttribute('aria-selected', String(chosen));
      if (chosen) input?.setAttribute('aria-activedescendant', option.id);
    }
  }, [list, selected, query]);
}

function Line({ entry, group, onChoose }: { entry: Entry; group: EntryGroup; onChoose: (entry: Entry) => void }) {
  const Icon = icons[group === 'recent' ? entry.group : group];
  return (
    <Spotlight.Action
      role="option"
      aria-selected={false}
      className={classes.line ?? ''}
      onClick={() => onChoose(entry)}
    >
      <Icon aria-hidden size={17} stroke={1.7} className={classes.icon} />
      <span className={classes.body}>
        <span className={classes.label}>
          {entry.label} {entry.about && <span className={classes.about}>{entry.about}</span>}
        </span>
        {entry.command && (
          <code className={classes.command} lang="en">
            {entry.command}
          </code>
        )}
      </span>
      {entry.keys && <Keys keys={entry.keys} />}
    </Spotlight.Action>
  );
}
