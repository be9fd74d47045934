// What stands in place of a screen that cannot be drawn, so that the rest of the window goes on.
import { Button, Text } from '@mantine/core';
import { Component, type ErrorInfo, type PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../parts/page';

interface Props {
  /** Where the user is: elsewhere, drawing is tried anew. */
  at: string;
}

interface State {
  at: string;
  error?: Error | undefined;
}

export class UnlessBroken extends Component<PropsWithChildren<Props>, State> {
  override state: State = { at: this.props.at };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ at }: Props, before: State): State | null {
    return at === before.at ? null : { at, error: undefined };
  }

  override componentDidCatch(error: Error, { componentStack }: ErrorInfo): void {
    console.error(error, componentStack);
  }

  override render() {
    const { error } = this.state;
    return error ? <Broken error={error} onAgain={() => this.setState({ error: undefined })} /> : this.props.children;
  }
}

function Broken({ error, onAgain }: { error: Error; onAgain: () => void }) {
  const { t } = useTranslation();
  return (
    <Page title={t('broken.title')}>
      <Text role="alert">{t('broken.text')}</Text>
      <Text size="sm" c="dimmed" className="mono" lang="en">
        {error.message}
      </Text>
      <div>
        <Button variant="default" onClick={onAgain}>
          {t('action.tryAgain')}
        </Button>
        <Button variant="subtle" onClick={() => window.location.reload()}>
          {t('broken.reload')}
        </Button>
      </div>
    </Page>
  );
}
