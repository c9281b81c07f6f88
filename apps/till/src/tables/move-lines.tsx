import { useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { CartLineView, TablesView, TicketTabView } from "@weft/contracts/client";
import { newId, type CartId, type LineId } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { unitsOf } from "../../../../hub/src/modules/till/domain/index.ts";
import { textOf } from "../common/text.ts";
import { UnitsChoice } from "../common/units-choice.tsx";
import { useTill } from "../device/till-context.ts";
import { usePayment } from "../pay/payment.ts";
import { useTicket } from "../ticket/ticket.ts";
import { weightText } from "../weigh/weight.ts";
import { t } from "../t.ts";
import { mayPart, unitsToMove } from "./moving.ts";
import { tablesQuery } from "./query.ts";
import { tabText } from "./tab-text.ts";
import { useMoveLines } from "./use-move-lines.ts";
import styles from "./move-lines.module.css";

type MoveLinesProps = {
  readonly tab: TicketTabView;
  readonly lines: readonly CartLineView[];
  /** `isEmpty`: nothing is left on the ticket, so it has left its table. */
  readonly onDone: (isEmpty: boolean) => void;
};

/** Some of what is on the ticket goes to another one: who pays for whom, and who sits where. */
export function MoveLines(props: MoveLinesProps) {
  const { register } = useTill();
  const { isCut } = useTicket();
  const tables = useQuery({ ...tablesQuery(register.placeId), enabled: !isCut });
  if (isCut) return <p role="status">{t("till.tables.move_needs_hub")}</p>;
  if (!tables.data) return tables.isError ? <ProblemNote error={tables.error} onRetry={tables.refetch} /> : <ScreenSkeleton />;
  return <MoveForm {...props} tables={tables.data} />;
}

/** The choice of a ticket that is not there yet. */
const NEW = "new";
type Guests = { readonly table: string; readonly name: string };

function MoveForm({ tab, lines, tables, onDone }: MoveLinesProps & { readonly tables: TablesView }) {
  const open = useOpenUnits();
  const { newCartId, partIdOf } = useIds();
  const move = useMoveLines(onDone);
  const [chosen, setChosen] = useState<Readonly<Record<string, number>>>({});
  const [target, setTarget] = useState<string>();
  const [guests, setGuests] = useState<Guests>({ table: tab.table, name: "" });
  const moving = lines.flatMap((line) => ((chosen[line.id] ?? 0) > 0 ? [{ line, units: chosen[line.id] ?? 0 }] : []));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const name = guests.name.trim();
    move.mutate({
      lines: moving.map(({ line, units }) => ({
        lineId: line.id,
        quantity: mayPart(line) ? units : line.quantity,
        partId: partIdOf(line.id),
      })),
      toCartId: target === undefined || target === NEW ? newCartId : target,
      opens: target === NEW ? { table: guests.table, name: name === "" ? null : name } : null,
    });
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <section aria-labelledby="move-what">
        <h3 id="move-what">{t("till.tables.move_what")}</h3>
        <UnitsChoice
          lines={lines.map((line) => ({
            id: line.id,
            name: textOf(line.name),
            note: noteOf(line, open(line)),
            open: open(line),
            chosen: chosen[line.id] ?? 0,
          }))}
          onChoose={(id, units) => setChosen({ ...chosen, [id]: units })}
        />
        <Button wide onClick={() => setChosen(Object.fromEntries(lines.map((line) => [line.id, open(line)])))}>
          {t("till.tables.move_all")}
        </Button>
      </section>
      <Targets tables={tables} target={target} onChoose={setTarget} />
      {target === NEW ? <NewGuests guests={guests} tables={tables} onChange={setGuests} /> : null}
      {move.error ? <ProblemNote error={move.error} /> : null}
      <Button type="submit" kind="primary" wide busy={move.isPending} disabled={target === undefined || moving.length === 0}>
        {t("till.tables.move_do", { count: moving.reduce((sum, { units }) => sum + units, 0) })}
      </Button>
    </form>
  );
}

/** How many of a line can be chosen: what somebody has paid for is theirs. */
function useOpenUnits(): (line: CartLineView) => number {
  const { key } = useTicket();
  const { parts } = usePayment(key);
  const paid = parts.flatMap(({ items }) => items);
  return (line) => Math.max(0, unitsToMove(line) - unitsOf(paid, line.id));
}

/** Ids that are made once: sent again after a cut, the same things go to the same ticket. */
function useIds() {
  const [newCartId] = useState(() => newId<CartId>());
  const [partIds] = useState(() => new Map<string, LineId>());
  const partIdOf = (lineId: string): LineId => {
    const id = partIds.get(lineId) ?? newId<LineId>();
    partIds.set(lineId, id);
    return id;
  };
  return { newCartId, partIdOf };
}

type TargetsProps = { readonly tables: TablesView; readonly target: string | undefined; readonly onChoose: (target: string) => void };

/** The other tickets of the store, and a new one; what another till has open is that till's. */
function Targets({ tables, target, onChoose }: TargetsProps) {
  const { cart } = useTicket();
  const others = tables.tabs.filter(({ cartId }) => cartId !== cart?.id);
  return (
    <ChoiceGroup
      label={t("till.tables.move_to")}
      value={target}
      onChange={onChoose}
      choices={[
        ...others.map((one) => ({
          value: one.cartId,
          label: tabText(one, t),
          note: one.isWaiting ? formatMoney(one.total) : t("till.tables.elsewhere", { till: one.deviceName }),
          disabled: !one.isWaiting,
        })),
        { value: NEW, label: t("till.tables.move_new") },
      ]}
    />
  );
}

type NewGuestsProps = { readonly guests: Guests; readonly tables: TablesView; readonly onChange: (guests: Guests) => void };

/** Where a new ticket is, and whose. */
function NewGuests({ guests, tables, onChange }: NewGuestsProps) {
  const known = new Set([...tables.zones.flatMap((zone) => zone.tables.map(({ name }) => name)), guests.table]);
  return (
    <>
      <SelectField label={t("till.tables.at")} value={guests.table} onChoose={(table) => onChange({ ...guests, table })}>
        {[...known].map((table) => (
          <option key={table} value={table}>
            {t("till.tables.table", { table })}
          </option>
        ))}
      </SelectField>
      <Field
        label={t("till.tables.name")}
        hint={t("till.tables.name_hint")}
        maxLength={40}
        autoComplete="off"
        value={guests.name}
        onChange={({ target }) => onChange({ ...guests, name: target.value })}
      />
    </>
  );
}

function noteOf(line: CartLineView, open: number): string {
  const paid = open === 0 ? t("till.split.paid") : t("till.tables.move_open", { count: open });
  const amount = line.elsewhere ? t("till.tables.move_stays") : line.unit === "gram" && open > 0 ? weightText(line.quantity) : paid;
  return [amount, ...line.options.map((option) => textOf(option.name))].join(" · ");
}
