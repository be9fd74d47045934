// Objects in rows of which only those in sight are drawn; arrows move through them, Enter looks at one closely, Delete asks whether to delete it, a header orders them.
// biome-ignore-all lint/a11y/useSemanticElements: rows that are not drawn are counted, which the elements of a table cannot say
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type CSSProperties, type KeyboardEvent, memo, useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, cellText, type ObjectRow } from '../../../shared/model/objects';
import classes from './inside.module.css';
import { byName, newsOf, type Order } from './listing';
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
  now: number;
}

export const ObjectsTable = memo(function ObjectsTable(props: ObjectsTableProps) {
  const { label, columns, rows, withNamespace, active, onActive, onOpen, onDelete, now } = props;
  const id = useId();
  const view = useWindow(rows.length, rowHeight, rowHeight);
  const shown = useMemo(
    () => columns.flatMap((column, index) => (column.priority === 0 ? [{ column, index }] : [])),
    [columns],
  );
  const at = rows.findIndex(({ key }) => key === active);
  const template = [...(withNamespace ? ['minmax(110px, 0.8fr)'] : []), ...shown.map(({ column }) => widthOf(column))];
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
      aria-activedescendant={at >= view.first && at < view.end ? `${id}-${at}` : undefined}
      tabIndex={0}
      className={classes.grid}
      style={style}
      onKeyDown={move}
    >
      <div role="rowgroup" className={classes.head}>
        <div role="row" aria-rowindex={1} className={classes.row} tabIndex={-1}>
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

interface RowViewProps extends Pick<ObjectsTableProps, 'withNamespace' | 'onActive' | 'onOpen' | 'now'> {
  /** Of the grid. */
  id: string;
  row: ObjectRow;
  /** Among all rows. */
  at: number;
  columns: readonly ShownColumn[];
  active: boolean;
}

interface ShownColumn {
  column: Column;
  /** Of its cell. */
  index: number;
}

/** A scroll draws those that come into sight, and no others anew. */
const RowView = memo(function RowView(props: RowViewProps) {
  const { id, row, at, columns, withNamespace, active, onActive, onOpen, now } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid itself hears the keys
    <div
      id={`${id}-${at}`}
      role="row"
      aria-rowindex={at + 2}
      aria-selected={active}
      tabIndex={-1}
      className={classes.row}
      data-active={active || undefined}
      data-leaving={row.leaving || undefined}
      style={{ top: at * rowHeight }}
      onClick={() => {
        onActive(row.key);
        onOpen(row);
      }}
    >
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
