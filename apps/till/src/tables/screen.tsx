import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent } from "react";
import IconPlus from "@tabler/icons-react/dist/esm/icons/IconPlus.mjs";
import type { TablesView, TableTabView } from "@weft/contracts/client";
import { useLive } from "@weft/ui/api/context.tsx";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useFocus } from "../common/use-focus.ts";
import { useNow } from "../common/use-now.ts";
import { useTill } from "../device/till-context.ts";
import { useAway } from "../local/use-away.ts";
import { useResume, useTakeOverTab } from "../ticket/parked.ts";
import { ticket, useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { tabText } from "./tab-text.ts";
import { TabButton } from "./tab-button.tsx";
import { tablesQuery } from "./query.ts";
import { useChangeTab, useSeat } from "./tab.ts";
import styles from "./tables.module.css";

/** The tables of the store by zone, with who sits there. A tap on a free one seats the ticket there, a tap on guests goes on with theirs. */
export function TablesScreen({ isMoving }: { readonly isMoving: boolean }) {
  const { register } = useTill();
  const isAway = useAway();
  useLive(isAway ? undefined : `tables/${register.placeId}`);
  const tables = useQuery({ ...tablesQuery(register.placeId), enabled: !isAway });
  if (isAway) return <EmptyState heading="h1" title={t("till.tables.title")} text={t("till.tables.away")} />;
  if (!tables.data) return tables.isError ? <ProblemNote error={tables.error} onRetry={tables.refetch} /> : <ScreenSkeleton />;
  if (tables.data.zones.length === 0 && tables.data.tabs.length === 0)
    return <EmptyState heading="h1" title={t("till.tables.none")} text={t("till.tables.none_text")} />;
  return <Tables tables={tables.data} isMoving={isMoving} />;
}

function Tables({ tables, isMoving }: { readonly tables: TablesView; readonly isMoving: boolean }) {
  const navigate = useNavigate();
  const { tab } = useTicket();
  const toTicket = (): void => void navigate({ to: "/" });
  const seat = useSeat(toTicket);
  const move = useChangeTab(toTicket);
  const resume = useResume(toTicket);
  const [another, setAnother] = useState<string | null>(null);
  const [elsewhere, setElsewhere] = useState<TableTabView | null>(null);
  const goOn = (one: TableTabView): void => {
    if (ticket().cart?.id === one.cartId) toTicket();
    else if (one.isWaiting) resume.mutate(one.cartId);
    else setElsewhere(one);
  };
  const isBusy = seat.isPending || move.isPending || resume.isPending;
  const error = seat.error ?? move.error ?? resume.error;
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <h1>{isMoving && tab ? t("till.tables.where_to", { who: tabText(tab, t) }) : t("till.tables.title")}</h1>
        {isMoving ? (
          <Button onClick={toTicket}>{t("till.back")}</Button>
        ) : (
          <p role="status">{t("till.tables.open", { count: tables.tabs.length })}</p>
        )}
      </header>
      {error ? <ProblemNote error={error} /> : null}
      {zonesOf(tables).map(({ name, tables: inZone }) => (
        <section key={name} className={styles.zone} aria-label={name}>
          <h2>{name}</h2>
          <ul>
            {inZone.map((table) => (
              <TableCard
                key={table.name}
                table={table}
                tabs={tables.tabs.filter((one) => one.table === table.name)}
                isBusy={isBusy}
                onTable={isMoving && tab ? () => move.mutate({ table: table.name }) : undefined}
                onSeat={() => seat.mutate({ table: table.name, name: null })}
                onAnother={() => setAnother(table.name)}
                onTab={goOn}
              />
            ))}
          </ul>
        </section>
      ))}
      <Sheet
        open={elsewhere !== null}
        onClose={() => setElsewhere(null)}
        title={t("till.tables.elsewhere", { till: elsewhere?.deviceName ?? "" })}
      >
        {elsewhere ? <TakeOver tab={elsewhere} onDone={toTicket} /> : null}
      </Sheet>
      <Sheet open={another !== null} onClose={() => setAnother(null)} title={t("till.tables.another", { table: another ?? "" })}>
        {another === null ? null : (
          <AnotherForm
            isBusy={seat.isPending}
            error={seat.error}
            onSeat={(name) => seat.mutate({ table: another, name }, { onSuccess: () => setAnother(null) })}
          />
        )}
      </Sheet>
    </div>
  );
}

type Zone = TablesView["zones"][number];

/** The zones, and who sits at a table that was taken out of the store since. */
function zonesOf({ zones, tabs }: TablesView): readonly Zone[] {
  const known = new Set(zones.flatMap(({ tables }) => tables.map(({ name }) => name)));
  const lost = [...new Set(tabs.map(({ table }) => table))].filter((table) => !known.has(table));
  return lost.length === 0 ? zones : [...zones, { name: t("till.tables.other"), tables: lost.map((name) => ({ name, seats: 0 })) }];
}

type CardProps = {
  readonly table: Zone["tables"][number];
  readonly tabs: readonly TableTabView[];
  readonly isBusy: boolean;
  /** The ticket moves to it; else its guests are served. */
  readonly onTable: (() => void) | undefined;
  readonly onSeat: () => void;
  readonly onAnother: () => void;
  readonly onTab: (tab: TableTabView) => void;
};

function TableCard({ table, tabs, isBusy, onTable, onSeat, onAnother, onTab }: CardProps) {
  const now = useNow();
  const title = t("till.tables.table", { table: table.name });
  const seats = table.seats > 0 ? <small>{t("till.tables.seats", { count: table.seats })}</small> : null;
  if (onTable || tabs.length === 0)
    return (
      <li className={styles.card} data-taken={tabs.length > 0 || undefined}>
        <button type="button" className={styles.free} disabled={isBusy} onClick={onTable ?? onSeat}>
          <strong>{title}</strong>
          {seats}
          <span>{tabs.length === 0 ? t("till.tables.free") : t("till.tables.open", { count: tabs.length })}</span>
        </button>
      </li>
    );
  return (
    <li className={styles.card} data-taken>
      <div className={styles.title}>
        <strong>{title}</strong>
        {seats}
        <IconButton label={t("till.tables.another", { table: table.name })} icon={IconPlus} disabled={isBusy} onClick={onAnother} />
      </div>
      {tabs.map((tab) => (
        <TabButton key={tab.cartId} tab={tab} now={now} isBusy={isBusy} onTap={() => onTab(tab)} />
      ))}
    </li>
  );
}

/** Another till has it open: it may have been left, or have come to harm. */
function TakeOver({ tab: { cartId }, onDone }: { readonly tab: TableTabView; readonly onDone: () => void }) {
  const takeOver = useTakeOverTab(onDone);
  return (
    <div className={styles.form}>
      <p>{t("till.tables.take_over_text")}</p>
      {takeOver.error ? <ProblemNote error={takeOver.error} /> : null}
      <Button kind="primary" wide busy={takeOver.isPending} onClick={() => takeOver.mutate(cartId)}>
        {t("till.tables.take_over")}
      </Button>
    </div>
  );
}

type AnotherProps = { readonly isBusy: boolean; readonly error: unknown; readonly onSeat: (name: string) => void };

/** Further guests at a table: they have a name, so that one knows whose ticket is whose. */
function AnotherForm({ isBusy, error, onSeat }: AnotherProps) {
  const focus = useFocus();
  const [name, setName] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSeat(name.trim());
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t("till.tables.name")}
        hint={t("till.tables.name_hint")}
        id={focus}
        required
        maxLength={40}
        autoComplete="off"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      {error ? <ProblemNote error={error} /> : null}
      <Button type="submit" kind="primary" wide busy={isBusy}>
        {t("till.tables.seat")}
      </Button>
    </form>
  );
}
