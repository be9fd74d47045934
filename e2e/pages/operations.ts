// Operations: their timelines wherever they are shown, and the panel at the bottom that holds what runs.
import type { Locator, Page } from '@playwright/test';

export class OperationView {
  readonly root: Locator;
  readonly cancel: Locator;
  readonly log: Locator;
  readonly logButton: Locator;
  readonly error: Locator;
  /** Folds and unfolds the timeline. */
  readonly fold: Locator;
  readonly timeline: Locator;

  constructor(root: Locator) {
    this.root = root;
    this.cancel = root.getByRole('button', { name: 'Cancel', exact: true });
    this.logButton = root.getByRole('button', { name: 'Log', exact: true });
    this.log = root.getByRole('region', { name: 'Log' });
    this.error = root.getByRole('alert');
    this.fold = root.getByRole('button', { name: /^Timeline: / });
    this.timeline = root.getByRole('list', { name: /^Timeline of / });
  }

  /** A step's bar; with a state, only once it has that state. */
  step(title: string, state?: 'Waiting' | 'Running' | 'Done' | 'Failed' | 'Cancelled' | 'Skipped'): Locator {
    return this.timeline.getByRole('button', { name: new RegExp(`^${title}, ${state ?? ''}`) });
  }
}

/** An operation by its sentence, such as `Creating shop` while it runs and `Ready in 22 s` after. */
export function operationCalled(within: Locator, title: string | RegExp): OperationView {
  return new OperationView(within.getByRole('region', { name: title }));
}

export class OperationsPanel {
  readonly root: Locator;
  readonly fold: Locator;
  readonly cancel: Locator;

  constructor(page: Page) {
    this.root = page.getByRole('region', { name: 'Operations' });
    this.fold = this.root.getByRole('button', { name: /running$|failed$/ });
    this.cancel = this.root.getByRole('button', { name: 'Cancel', exact: true });
  }

  operation(title: string | RegExp): OperationView {
    return operationCalled(this.root, title);
  }
}
