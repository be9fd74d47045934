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
import { type RefObject, useDeferredValue, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Keys } from '../shortcuts/keys';
import type { Entry, EntryGroup } from './entry';
import classes from './palette.module.css';
import { type Group, ranked } from './rank';
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
  /** Whether another line than the first was gone to. */
  const moved = useRef(false);
  useEffect(() => {
    if (asked === 0) return;
    moved.current = false;
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
        centered={false}
        query={text}
        onQueryChange={(wanted) => {
          moved.current = false;
          setText(wanted);
        }}
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
          onKeyDown={(event) => {
            if (event.key.startsWith('Arrow')) moved.current = true;
          }}
          leftSection={<IconSearch aria-hidden size={18} stroke={1.7} />}
        />
        <Found text={text} list={list} moved={moved} onChoose={choose} />
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
  moved: RefObject<boolean>;
  onChoose: (entry: Entry) => void;
}

/** Only there while the palette is open: nothing is asked of the core before. */
function Found({ text, list, moved, onChoose }: FoundProps) {
  const { t } = useTranslation();
  const wanted = useDeferredValue(text);
  const entries = useEntries(wanted);
  const [recent] = useState(recentIds);
  const groups = useMemo(() => ranked(entries, wanted, recent), [entries, wanted, recent]);
  const count = groups.reduce((all, group) => all + group.entries.length, 0);
  useSelection(list, groups, moved);
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

/**
 * Keeps a line chosen: the first, whatever is found late, until somebody has moved on from it. Tells readers which it is: the library
 * marks it for the eye alone.
 */
function useSelection(list: string, groups: readonly Group[], moved: RefObject<boolean>): void {
  const { selected, query } = useSpotlight(store);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the library has marked after each of these
  useEffect(() => {
    const options = [...(document.getElementById(list)?.querySelectorAll('[role="option"]') ?? [])];
    const before = options.findIndex((option) => option.hasAttribute('data-selected'));
    const chosen = moved.current && before >= 0 ? before : 0;
    const input = document.querySelector(`[aria-controls="${list}"]`);
    input?.removeAttribute('aria-activedescendant');
    for (const [number, option] of options.entries()) {
      option.id = `${list}-${number}`;
      option.toggleAttribute('data-selected', number === chosen);
      option.setAttribute('aria-selected', String(number === chosen));
      if (number === chosen) input?.setAttribute('aria-activedescendant', option.id);
    }
    if (selected !== chosen) store.updateState((state) => ({ ...state, selected: chosen }));
  }, [list, selected, query, groups]);
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
