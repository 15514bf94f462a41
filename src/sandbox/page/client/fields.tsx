import { useState } from 'react';
import type { JsonObject } from '../../slack/json.ts';
import { inputMoment, inputTime } from '../times.ts';
import { type FormValue, groupsOf, type OptionShown, textOf } from './form-value.ts';
import { useReader } from './person-context.ts';

export interface FieldProps {
  element: JsonObject;
  value: FormValue;
  /** What a screen reader says; undefined where a label element names it by `id`. */
  label?: string | undefined;
  id?: string | undefined;
  describedBy?: string | undefined;
  enter(value: FormValue): void;
}

const TYPED: Record<string, string> = {
  plain_text_input: 'text',
  email_text_input: 'email',
  url_text_input: 'url',
  number_input: 'number',
  datepicker: 'date',
  timepicker: 'time',
  datetimepicker: 'datetime-local',
  external_select: 'text',
};

/** Whether something can be entered into this element here. */
export const isField = ({ type }: JsonObject): boolean =>
  String(type) in TYPED ||
  /^(?:multi_)?(?:static|users|channels|conversations)_select$|^(?:checkboxes|radio_buttons|rich_text_input)$/.test(
    String(type),
  );

/** An element that holds what is entered, as the browser's own control. */
export function Field(props: FieldProps) {
  const { element } = props;
  const type = String(element.type);
  if (type === 'checkboxes' || type === 'radio_buttons') return <Choices {...props} />;
  if (type.endsWith('_select') && type !== 'external_select') return <Select {...props} />;
  return <Typed {...props} />;
}

function Typed({ element, value, label, id, describedBy, enter }: FieldProps) {
  const type = String(element.type);
  const { tz } = useReader();
  const shared = {
    id,
    'aria-label': label,
    'aria-describedby': describedBy,
    placeholder: textOf(element.placeholder),
  };
  if (element.multiline === true || type === 'rich_text_input')
    return (
      <textarea
        {...shared}
        rows={4}
        defaultValue={String(value ?? '')}
        onChange={(event) => enter(event.target.value)}
      />
    );
  return (
    <input
      {...shared}
      type={TYPED[type] ?? 'text'}
      step={type === 'number_input' && element.is_decimal_allowed === true ? 'any' : undefined}
      defaultValue={
        type === 'datetimepicker' && typeof value === 'number' ? inputTime(value, tz) : String(value ?? '')
      }
      onChange={({ target }) => enter(entered(type, target.value, tz))}
    />
  );
}

function entered(type: string, text: string, timeZone: string): FormValue {
  if (text === '') return null;
  if (type === 'number_input') return Number(text);
  return type === 'datetimepicker' ? inputMoment(text, timeZone) : text;
}

function Select({ element, value, label, id, describedBy, enter }: FieldProps) {
  const groups = useGroups(element);
  const several = String(element.type).startsWith('multi_');
  const [chosen, setChosen] = useState(Array.isArray(value) ? value : String(value ?? ''));
  const choose = (next: string[] | string) => {
    setChosen(next);
    enter(next === '' ? null : next);
  };
  return (
    <select
      id={id}
      aria-label={label}
      aria-describedby={describedBy}
      multiple={several}
      value={several && !Array.isArray(chosen) ? [] : chosen}
      onChange={({ target }) =>
        choose(several ? [...target.selectedOptions].map((option) => option.value) : target.value)
      }
    >
      {!several && <option value="">{textOf(element.placeholder) || 'Choose an option'}</option>}
      {groups.map(([name, options]) =>
        name === null ? (
          options.map(asOption)
        ) : (
          <optgroup key={name} label={name}>
            {options.map(asOption)}
          </optgroup>
        ),
      )}
    </select>
  );
}

const asOption = ({ value, label }: OptionShown) => (
  <option key={value} value={value}>
    {label}
  </option>
);

function useGroups(element: JsonObject): [string | null, OptionShown[]][] {
  const { names } = useReader();
  const type = String(element.type);
  const option = ({ id, name }: { id: string; name: string }) => ({
    value: id,
    label: name,
    description: '',
  });
  if (type.includes('users')) return [[null, names.users.map(option)]];
  if (type.includes('channels') || type.includes('conversations'))
    // Direct messages have no names to choose by.
    return [[null, names.channels.filter(({ id }) => !id.startsWith('D')).map(option)]];
  return groupsOf(element);
}

function Choices({ element, value, label, describedBy, enter }: FieldProps) {
  const several = element.type === 'checkboxes';
  const [chosen, setChosen] = useState<string[]>(
    Array.isArray(value) ? value : value === null ? [] : [String(value)],
  );
  const choose = (option: string, on: boolean) => {
    const next = several ? [...chosen.filter((one) => one !== option), ...(on ? [option] : [])] : [option];
    setChosen(next);
    enter(several ? next : option);
  };
  return (
    <fieldset className="choices" aria-describedby={describedBy}>
      {label && <legend className="for-readers">{label}</legend>}
      {groupsOf(element).flatMap(([, options]) =>
        options.map((option) => (
          <label key={option.value}>
            <input
              type={several ? 'checkbox' : 'radio'}
              name={String(element.action_id)}
              checked={chosen.includes(option.value)}
              onChange={({ target }) => choose(option.value, target.checked)}
            />
            <span>
              {option.label}
              {option.description && <small>{option.description}</small>}
            </span>
          </label>
        )),
      )}
    </fieldset>
  );
}
