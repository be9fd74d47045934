// Do the clocks of this computer and of the engine's machine agree?
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

/** Seconds. Certificates of a new cluster are back-dated by five minutes: with a clock that is further behind none is valid yet. */
const noticeable = 5;
const harmful = 240;

const why =
  'Certificates and tokens carry times: to an engine whose clock is behind they are not valid yet, and to one that is ahead they end early.';
const advice =
  'Set the clock of the engine: restart Docker Desktop, run "wsl --shutdown" on WSL, or switch on time synchronisation (NTP) there.';

const words = {
  'clock-agrees': { title: 'The clocks of computer and engine agree', evidence: 'less than {{seconds}} s apart', why },
  'clock-behind': {
    title: "The engine's clock is behind this computer's",
    evidence: '{{seconds}} s behind',
    why,
    advice,
  },
  'clock-ahead': {
    title: "The engine's clock is ahead of this computer's",
    evidence: '{{seconds}} s ahead',
    why,
    advice,
  },
};
const finding = findingsOf('engine', words);

export const clockCheckup: Checkup = { words, examine, examineFor: examine };

async function examine({ facts }: Surroundings): Promise<Finding[]> {
  if (!facts?.clock) return [];
  const { ahead, uncertainty } = facts.clock;
  const seconds = (Math.abs(ahead) - uncertainty) / 1000;
  const id = 'clock';
  if (seconds < noticeable) {
    return [finding({ id, code: 'clock-agrees', verdict: 'ok', params: { seconds: noticeable } })];
  }
  const verdict = ahead < 0 && seconds >= harmful ? 'problem' : 'warning';
  const code = ahead < 0 ? 'clock-behind' : 'clock-ahead';
  return [finding({ id, code, verdict, params: { seconds: Math.round(seconds) } })];
}
