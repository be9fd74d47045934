// The parameters of a template as fields: text, a number with its bounds, yes or no, a choice.
import { Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../shared/model/template';
import { type Parameter, type ParameterValue, type ParameterValues, parameterProblem } from './parameters';
import classes from './parameters.module.css';

interface ParameterFieldsProps {
  parameters: readonly Parameter[];
  values: ParameterValues;
  onChange: (values: ParameterValues) => void;
}

export function ParameterFields({ parameters, values, onChange }: ParameterFieldsProps) {
  const { t } = useTranslation();
  if (parameters.length === 0) return null;
  function change({ name, default: usual }: Parameter, value: ParameterValue): void {
    const { [name]: _before, ...others } = values;
    onChange(value === usual ? others : { ...others, [name]: value });
  }
  return (
    <section className={classes.parameters} aria-label={t('newCluster.parameters')}>
      <h3 className={classes.heading}>{t('newCluster.parameters')}</h3>
      {parameters.map((parameter) => (
        <ParameterField
          key={parameter.name}
          parameter={parameter}
          value={values[parameter.name]}
          onChange={(value) => change(parameter, value)}
        />
      ))}
    </section>
  );
}

interface ParameterFieldProps {
  parameter: Parameter;
  value: ParameterValue | undefined;
  onChange: (value: ParameterValue) => void;
}

function ParameterField({ parameter, value: given, onChange }: ParameterFieldProps) {
  const { t, i18n } = useTranslation();
  const label = parameter.title ? wordsIn(parameter.title, i18n.language) : parameter.name;
  const description = parameter.description && wordsIn(parameter.description, i18n.language);
  const problem = parameterProblem(parameter, given);
  // A field that nobody has touched is not told off; the button says what is missing.
  const error = problem && given !== undefined && t(`newCluster.parameter.${problem.code}`, { ...problem });
  const common = { label, description, error };
  const value = given ?? parameter.default;
  if (parameter.type === 'boolean') {
    return (
      <Checkbox
        label={label}
        description={description}
        checked={value === true}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    );
  }
  if (parameter.allowed) {
    const choices: (string | number)[] = parameter.allowed;
    return (
      <Select
        {...common}
        data={choices.map(String)}
        value={value === undefined ? null : String(value)}
        allowDeselect={false}
        onChange={(chosen) => {
          if (chosen !== null) onChange(parameter.type === 'integer' ? Number(chosen) : chosen);
        }}
      />
    );
  }
  if (parameter.type === 'integer') {
    return (
      <NumberInput
        {...common}
        value={typeof value === 'boolean' ? '' : (value ?? '')}
        allowDecimal={false}
        clampBehavior="none"
        {...(parameter.minimum !== undefined && { min: parameter.minimum })}
        {...(parameter.maximum !== undefined && { max: parameter.maximum })}
        onChange={onChange}
      />
    );
  }
  return (
    <TextInput
      {...common}
      value={String(value ?? '')}
      required={parameter.default === undefined}
      spellCheck={false}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
