// Fields for what a node may use at most.
import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bytesOf } from '../../../../shared/model/template/values';
import { useFormat } from '../../../parts/words';
import { useEngine } from '../../../stores/app-context';
import classes from './change.module.css';

export interface LimitTexts {
  /** Empty where nothing is said. */
  cpus: string;
  memory: string;
}

interface LimitFieldsProps {
  value: LimitTexts;
  onChange: (value: LimitTexts) => void;
  /** Bytes that the node uses now: less than that would stop programs on it. */
  inUse?: number | undefined;
}

/** Docker 28 (daemon/daemon_unix.go): at least 0.01 processors and 6 MB; a kubelet and its pods need far more than that. */
const leastMemory = 128 * 2 ** 20;

export function LimitFields({ value, onChange, inUse }: LimitFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = useMostCpus();
  const problems = limitProblems(value, most);
  const tight = inUse !== undefined && !problems.memory && value.memory !== '' && bytesOf(value.memory) < inUse;
  return (
    <div className={classes.row}>
      <NumberInput
        label={t('change.cpus')}
        description={t('change.cpusHint', { count: most })}
        placeholder={t('change.noLimit')}
        value={value.cpus}
        min={0.1}
        step={0.5}
        decimalScale={2}
        clampBehavior="none"
        error={problems.cpus && t('change.cpusBad', { count: most })}
        onChange={(cpus) => onChange({ ...value, cpus: String(cpus) })}
      />
      <TextInput
        label={t('change.memory')}
        description={tight ? t('change.memoryTight', { used: format.memory(inUse) }) : t('change.memoryHint')}
        placeholder={t('change.noLimit')}
        value={value.memory}
        spellCheck={false}
        error={problems.memory && t('change.memoryBad')}
        onChange={(event) => onChange({ ...value, memory: event.currentTarget.value })}
      />
    </div>
  );
}

/** The processors of the engine's computer. */
export function useMostCpus(): number {
  const engine = useEngine();
  return engine.state === 'connected' ? engine.info.cpus : 1024;
}

export function limitProblems({ cpus, memory }: LimitTexts, most: number): { cpus: boolean; memory: boolean } {
  const wanted = Number(cpus);
  return {
    cpus: cpus.trim() !== '' && !(wanted >= 0.01 && wanted <= most),
    memory: memory.trim() !== '' && !(bytesOf(memory.trim()) >= leastMemory),
  };
}

/** The limits that the texts say; undefined while one of them is wrong. */
export function limitsFrom(texts: LimitTexts, most: number): { cpus?: number; memory?: string } | undefined {
  const problems = limitProblems(texts, most);
  if (problems.cpus || problems.memory) return undefined;
  const [cpus, memory] = [texts.cpus.trim(), texts.memory.trim()];
  return { ...(cpus !== '' && { cpus: Number(cpus) }), ...(memory !== '' && { memory }) };
}
