// Parts of the app that are fetched when they are first shown, or before that, when there is nothing else to do.
import { Button, Text } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchTwice } from './fetch-twice';
import { LoadingRows } from './loading-rows';
import { Notice } from './notice';
import { Page, PageToCome } from './page';

/** Milliseconds between the tries for what has no place to say that it did not come; doubled up to the longest. */
const firstRetry = 1000;
const longestRetry = 30_000;

type Load<Props> = () => Promise<ComponentType<Props>>;

interface Failure {
  error: unknown;
  onAgain: () => void;
}

/** Code on its way, or there. */
interface Source<Props> {
  there: ComponentType<Props> | undefined;
  fetch: Load<Props>;
}

const ahead: { fetch: () => Promise<unknown> }[] = [];

/** A screen whose code is not among what the app begins with. One that does not come says so in its place, and is fetched anew on demand. */
export function later<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const source = sourceOf(() => fetchTwice(load));
  ahead.push(source);
  return shown(source, <PageToCome />, ScreenNotThere);
}

/**
 * A part of a screen that few need, or that is large: fetched when it is first shown, not before.
 * @param meanwhile what stands in its place until it is there
 */
export function laterInside<Props extends object>(
  load: Load<Props>,
  meanwhile: ReactNode = <LoadingRows />,
): ComponentType<Props> {
  return shown(
    sourceOf(() => fetchTwice(load)),
    meanwhile,
    NotThere,
  );
}

/** What is nowhere to be seen at first, such as the palette. It has no place to say that it did not come: it is tried for until it does. */
export function laterUnseen<Props extends object>(load: Load<Props>): ComponentType<Props> {
  const source = sourceOf(() => untilThere(load));
  ahead.push(source);
  return shown(source, null, () => null);
}

/** Fetches all but what is inside of screens: the next screen is there at once, also when the host has gone by then. */
export async function loadAll(): Promise<void> {
  await Promise.allSettled(ahead.map(({ fetch }) => fetch()));
}

function sourceOf<Props extends object>(load: Load<Props>): Source<Props> {
  const source: Source<Props> = {
    there: undefined,
    async fetch() {
      source.there ??= await load();
      return source.there;
    },
  };
  return source;
}

async function untilThere<Props>(load: Load<Props>, retry = firstRetry): Promise<ComponentType<Props>> {
  try {
    return await load();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, retry));
    return untilThere(load, Math.min(2 * retry, longestRetry));
  }
}

function shown<Props extends object>(
  source: Source<Props>,
  meanwhile: ReactNode,
  Failed: ComponentType<Failure>,
): ComponentType<Props> {
  return function Later(props: Props) {
    const onAgain = () => setPart(() => toCome());
    // React keeps what `lazy` came to, failures too: each try is one of its own.
    const toCome = (): ComponentType<Props> =>
      lazy<ComponentType<Props>>(() =>
        source.fetch().then(
          (Part) => ({ default: Part }),
          (error: unknown) => ({ default: () => <Failed error={error} onAgain={onAgain} /> }),
        ),
      );
    // What is there already is drawn at once, without a moment of placeholders; it stays the same component then.
    const [Part, setPart] = useState(() => source.there ?? toCome());
    return (
      <Suspense fallback={meanwhile}>
        <Part {...props} />
      </Suspense>
    );
  };
}

function ScreenNotThere(failure: Failure) {
  const { t } = useTranslation();
  return (
    <Page title={t('notThere.title')}>
      <NotThere {...failure} />
    </Page>
  );
}

/** In the place of what could not be fetched. */
export function NotThere({ error, onAgain }: Failure) {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <Notice title={t('notThere.what')}>
        <Text size="sm">{t('notThere.text')}</Text>
        <Text size="sm" c="dimmed" className="mono" lang="en">
          {error instanceof Error ? error.message : String(error)}
        </Text>
        <div>
          <Button size="xs" variant="default" onClick={onAgain}>
            {t('action.tryAgain')}
          </Button>
          <Button size="xs" variant="subtle" onClick={() => window.location.reload()}>
            {t('broken.reload')}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
