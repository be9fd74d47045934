// Help where one is: what this screen is for, the page that says more, the keys.
import { ActionIcon, Anchor, Button, Popover, Text } from '@mantine/core';
import { IconHelp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './frame.module.css';
import { type HelpPage, hrefOf, type Route } from './route';
import { press } from './shortcuts/by-keys';
import { Keys } from './shortcuts/keys';
import { keys } from './shortcuts/shortcuts';

/** The page of each screen. */
export const pageOf: Record<Exclude<Route['screen'], 'help' | 'unknown'>, HelpPage> = {
  clusters: 'first-cluster',
  'new-cluster': 'first-cluster',
  cluster: 'first-cluster',
  templates: 'templates',
  'template-editor': 'templates',
  'template-import': 'templates',
  images: 'images',
  dev: 'dev-loop',
  kubeconfig: 'kubeconfig',
  inside: 'dashboard',
  logs: 'troubleshooting',
  doctor: 'troubleshooting',
  settings: 'install',
};

export function HelpButton({ route }: { route: Route }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const { screen } = route;
  const about = screen === 'help' || screen === 'unknown' ? 'clusters' : screen;
  const page = about === 'images' && route.screen === 'images' && route.tab !== 'engine' ? 'registry' : pageOf[about];
  const close = () => setOpened(false);
  return (
    <Popover position="bottom-end" width={380} trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t('help.title')}
          onClick={() => setOpened(!opened)}
        >
          <IconHelp aria-hidden size={19} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('help.title')}>
        <div className={classes.pillBody}>
          <Text size="sm">{t(`help.about.${about}`)}</Text>
          <Anchor size="sm" href={hrefOf({ screen: 'help', page })} onClick={close}>
            {t('help.more', { page: t(`help.page.${page}`) })}
          </Anchor>
          <Button
            variant="default"
            size="xs"
            rightSection={<Keys keys={keys.shortcuts} />}
            onClick={() => {
              close();
              press('shortcuts');
            }}
          >
            {t('shortcuts.title')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
