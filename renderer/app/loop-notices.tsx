// Tells those who do not look at it that a dev loop broke or healed: by the system where the window is away, else in its corner.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type LoopMoods, type LoopTurn, turnsOf } from '../../shared/model/devloop/turns';
import { errorWords } from '../parts/error-words';
import { notify } from '../parts/notify';
import { useLoops } from '../stores/app-context';
import { navigate, type Route } from './route';

export function LoopNotices({ route }: { route: Route }) {
  const { loops } = useLoops();
  const tell = useTell(route);
  const moods = useRef<LoopMoods>(new Map());
  useEffect(() => {
    const next = turnsOf(moods.current, loops);
    moods.current = next.moods;
    for (const turn of next.turns) tell(turn);
  }, [loops, tell]);
  return null;
}

function useTell(route: Route): (turn: LoopTurn) => void {
  const { t, i18n } = useTranslation();
  return ({ loop, turn }) => {
    const { id, dir, name, problems } = loop;
    const [problem] = problems;
    const title = t(`dev.notice.${turn}`, { name });
    const message = problem ? errorWords(i18n, problem.error).text : t('dev.notice.servedAgain');
    if (isAway()) systemNotice(title, message, id, () => navigate({ screen: 'dev', dir }));
    else if (!(route.screen === 'dev' && route.dir === dir)) {
      notify({ kind: turn === 'broke' ? 'bad' : 'good', title, message });
    }
  };
}

function isAway(): boolean {
  return document.visibilityState === 'hidden' || !document.hasFocus();
}

function systemNotice(title: string, body: string, tag: string, open: () => void): void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return;
  // The same loop's notice before it is replaced.
  const notice = new Notification(title, { body, tag: `loop-${tag}` });
  notice.onclick = () => {
    window.focus();
    open();
    notice.close();
  };
}
