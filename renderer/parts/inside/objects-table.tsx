// Objects in rows of which only those in sight are drawn; arrows move through them, Enter looks at one closely, Space picks it, Delete asks whether to delete, a header orders them.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are not drawn are counted, which the elements of a table cannot say
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, memo, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, cellText, type ObjectRow } from '../../../shared/model/objects';
import classes from './inside.module.css';
import { byName, newsOf, type Order } from './listing';
import type { PickBy } from './pick';
import { useWindow } from './use-window';

const rowHeight = 36;

interface ObjectsTableProps {
  label: string;
  columns: readonly Column[];
  rows: readonly ObjectRow[];
  order: Order;
  onOrder: (order: Order) => void;
  /** The namespace is a column of its own: objects of several are shown. */
  withNamespace: boolean;
  active: string | undefined;
  onActive: (key: string) => void;
  onOpen: (row: ObjectRow) => void;
  onDelete: (row: ObjectRow) => void;
  /** Of those that are shown. */
  picked: ReadonlySet<string>;
  onPick: (key: string, by: PickBy) => void;
  /** All that are shown; none where all are. */
  onPickAll: () => void;
  now: number;
}

export const ObjectsTable = memo(function ObjectsTable(props: ObjectsTableProps) {
  const { label, columns, rows, withNamespace, active, onActive, onOpen, onDelete, picked, onPick, onPickAll, now } =
    props;
  const { t } = useTranslation();
  const id = useId();
  const view = useWindow(rows.length, rowHeight, rowHeight);
  const shown = useMemo(
    () => columns.flatMap((column, index) => (column.priority === 0 ? [{ column, index }] : [])),
    [columns],
  );
  const at = rows.findIndex(({ key }) => key === active);
  const template = [
    '18px',
    ...(withNamespace ? ['minmax(110px, 0.8fr)'] : []),
    ...shown.map(({ column }) => widthOf(column)),
  ];
  const style = { '--columns': template.join(' ') } as CSSProperties;

  function move(event: KeyboardEvent): void {
    const steps: Record<string, number> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: view.page,
      PageUp: -view.page,
      Home: -rows.length,
      End: rows.length,
    };
    const row = rows[at];
    if (event.key === 'Enter' && row) onOpen(row);
    if (event.key === 'Delete' && row) onDelete(row);
    if (event.key === ' ' && row) {
      event.preventDefault();
      onPick(row.key, event.shiftKey ? 'range' : 'one');
    }
    if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onPickAll();
    }
    const step = steps[event.key];
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(rows.length - 1, (at === -1 && step > 0 ? -1 : at) + step));
    const key = rows[next]?.key;
    if (key !== undefined) onActive(key);
    view.show(next);
  }

  return (
    <div
      ref={view.scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable
      aria-activedescendant={at >= view.first && at < view.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      className={classes.grid}
      style={style}
      onKeyDown={move}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row} tabIndex={-1}>
          <div role="columnheader" tabIndex={-1} className={classes.pick}>
            <PickBox
              label={t('inside.pickAll')}
              checked={rows.length > 0 && picked.size === rows.length}
              some={picked.size > 0 && picked.size < rows.length}
              tabIndex={0}
              onPick={onPickAll}
            />
          </div>
          {withNamespace && <Header {...props} name="Namespace" index={-1} />}
          {shown.map(({ column, index }) => (
            <Header key={column.name} {...props} name={column.name} index={index} />
          ))}
        </div>
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: rows.length * rowHeight }}>
        {rows.slice(view.first, view.end).map((row, offset) => (
          <RowView
            key={row.key}
            id={id}
            row={row}
            at={view.first + offset}
            columns={shown}
            withNamespace={withNamespace}
            active={row.key === active}
            picked={picked.has(row.key)}
            anyPicked={picked.size > 0}
            onPick={onPick}
            onActive={onActive}
            onOpen={onOpen}
            now={now}
          />
        ))}
      </div>
    </div>
  );
});

function widthOf({ name, type }: Column): string {
  if (name === 'Name') return 'minmax(180px, 2fr)';
  if (name === 'Status') return 'minmax(132px, 1fr)';
  if (name === 'Message') return 'minmax(200px, 3fr)';
  return type === 'date' || type === 'integer' ? 'minmax(64px, 0.5fr)' : 'minmax(84px, 1fr)';
}

interface RowViewProps extends Pick<ObjectsTableProps, 'withNamespace' | 'onActive' | 'onOpen' | 'onPick' | 'now'> {
  /** Of the grid. */
  id: string;
  row: ObjectRow;
  /** Among all rows. */
  at: number;
  columns: readonly ShownColumn[];
  active: boolean;
  picked: boolean;
  /** Then those that are picked count as selected, and not the one that is looked at. */
  anyPicked: boolean;
}

interface ShownColumn {
  column: Column;
  /** Of its cell. */
  index: number;
}

/** A scroll draws those that come into sight, and no others anew. */
const RowView = memo(function RowView(props: RowViewProps) {
  const { id, row, at, columns, withNamespace, active, picked, anyPicked, onPick, onActive, onOpen, now } = props;
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself hears the keys
    <div
      id={`${id}-${at}`}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={anyPicked ? picked : active}
      tabIndex={-1}
      className={classes.row}
      data-active={active || undefined}
      data-leaving={row.leaving || undefined}
      style={{ top: at * rowHeight }}
      onClick={(event) => {
        onActive(row.key);
        if (event.shiftKey) onPick(row.key, 'range');
        else if (event.ctrlKey || event.metaKey) onPick(row.key, 'one');
        else onOpen(row);
      }}
    >
      <div role="gridcell" tabIndex={-1} className={classes.pick}>
        <PickBox
          label={t('inside.pick', { name: row.name })}
          checked={picked}
          tabIndex={-1}
          onPick={(range) => onPick(row.key, range ? 'range' : 'one')}
        />
      </div>
      {withNamespace && (
        <div role="gridcell" tabIndex={-1} className={classes.cell}>
          {row.namespace}
        </div>
      )}
      {columns.map(({ column, index }) => (
        <CellView key={column.name} row={row} column={column} index={index} now={now} />
      ))}
    </div>
  );
});

interface PickBoxProps {
  label: string;
  checked: boolean;
  /** Some of all: neither checked nor not. */
  some?: boolean;
  tabIndex: number;
  onPick: (range: boolean) => void;
}

/** As plain as it can be: there is one in each row. */
function PickBox({ label, checked, some = false, tabIndex, onPick }: PickBoxProps) {
  return (
    <input
      type="checkbox"
      className={classes.pickBox}
      aria-label={label}
      checked={checked}
      tabIndex={tabIndex}
      ref={(box) => {
        if (box) box.indeterminate = some;
      }}
      // What is clicked is not looked at as well.
      onClick={(event) => {
        event.stopPropagation();
        onPick(event.shiftKey);
      }}
      onChange={() => {}}
    />
  );
}

function CellView({ row, column, index, now }: { row: ObjectRow; column: Column; index: number; now: number }) {
  const text = cellText(row.cells[index], column, now);
  return (
    <div role="gridcell" tabIndex={-1} className={classes.cell} data-news={newsOf(column, text)} title={text}>
      {text}
    </div>
  );
}

type HeaderProps = Pick<ObjectsTableProps, 'order' | 'onOrder'> & { name: string; index: number };

function Header({ name, index, order, onOrder }: HeaderProps) {
  const { t } = useTranslation();
  const chosen = order.column === index;
  const Icon = order.down ? IconChevronDown : IconChevronUp;
  const next = (): Order => {
    if (!chosen) return { column: index, down: false };
    return order.down ? byName : { column: index, down: true };
  };
  return (
    <div
      role="columnheader"
      tabIndex={-1}
      className={classes.cell}
      aria-sort={chosen ? (order.down ? 'descending' : 'ascending') : 'none'}
    >
      <button
        type="button"
        className={classes.order}
        title={t('inside.orderBy', { name })}
        onClick={() => onOrder(next())}
      >
        {name}
        {chosen && <Icon aria-hidden size={14} />}
      </button>
    </div>
  );
}
