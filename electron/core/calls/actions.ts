// The calls about what can be done with objects.
import type { Wiring } from './wiring';

export function actionsCalls({ api: { actions: api }, lasting, parts: { actions } }: Wiring) {
  return api.router({
    plan: api.plan.handler(({ input, signal }) => actions.plan(input, lasting(signal))),
    act: api.act.handler(({ input, signal }) => actions.act(input, lasting(signal))),
    planDeletion: api.planDeletion.handler(({ input, signal }) => actions.planDeletion(input, lasting(signal))),
    deleteSeveral: api.deleteSeveral.handler(({ input, signal }) => actions.deleteSeveral(input, lasting(signal))),
    revisions: api.revisions.handler(({ input, signal }) =>
      actions.revisions(input.context, input.object, lasting(signal)),
    ),
  });
}
