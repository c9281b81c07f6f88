import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { BodyOf, FulfillmentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ChoiceGroup } from "@weft/ui/shop/choice.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { isOverdue } from "./desk.ts";
import styles from "./collections.module.css";

/** What its customer does not want is taken off where it is handed over. */
type Reason = Exclude<BodyOf<"fulfillments.reject">["reason"], "not_wanted">;
const REASONS: readonly Reason[] = ["out_of_stock", "cannot_find", "damaged", "too_much_to_do", "other"];

type TroubleProps = { readonly fulfillment: FulfillmentView; readonly now: Date; readonly onClose: () => void };

/** Where it stands, what the store cannot serve of it, and what becomes of it when nobody comes. */
export function TroubleSheet({ fulfillment, now, onClose }: TroubleProps) {
  return (
    <Sheet open onClose={onClose} title={t("till.collections.order", { number: fulfillment.orderNumber })}>
      <div className={styles.give}>
        {isOverdue(fulfillment, now) ? <Overdue fulfillment={fulfillment} onClose={onClose} /> : null}
        {fulfillment.state === "ready" ? <Readiness fulfillment={fulfillment} onClose={onClose} /> : null}
        {fulfillment.state === "ready" ? <Shelf fulfillment={fulfillment} onClose={onClose} /> : null}
        <Refuse fulfillment={fulfillment} onClose={onClose} />
      </div>
    </Sheet>
  );
}

type PartProps = { readonly fulfillment: FulfillmentView; readonly onClose: () => void };

function useDone(onClose: () => void) {
  const queries = useQueryClient();
  return (said: string) => {
    void queries.invalidateQueries({ queryKey: ["work"] });
    showToast(said);
    onClose();
  };
}

/** Nobody came in time: it waits once more, or goes back and its money with it. */
function Overdue({ fulfillment, onClose }: PartProps) {
  const { timeZone } = useTill();
  const [key] = useState(newKey);
  const { id, collectUntil } = fulfillment;
  const done = useDone(onClose);
  const extend = useMutation({
    mutationFn: () => api.ask("fulfillments.extend", { params: { id } }),
    onSuccess: () => done(t("till.collections.waits_again")),
  });
  const end = useMutation({
    mutationFn: () =>
      api.ask("fulfillments.giveUp", { params: { id }, body: { reason: "not collected in time" }, headers: keyHeader(key) }),
    onSuccess: () => done(t("till.collections.ended")),
  });
  return (
    <section className={styles.part}>
      <h3>{t("till.collections.overdue", { since: formatDateTime(collectUntil ?? "", { timeZone }) })}</h3>
      <p>{t("till.collections.overdue_hint")}</p>
      {extend.error || end.error ? <ProblemNote error={extend.error ?? end.error} /> : null}
      <div className={styles.actions}>
        <Button busy={extend.isPending} onClick={() => extend.mutate()}>
          {t("till.collections.wait_again")}
        </Button>
        <Button kind="danger" busy={end.isPending} onClick={() => end.mutate()}>
          {t("till.collections.end")}
        </Button>
      </div>
    </section>
  );
}

/** Ready was pressed too early, or its customer did not see the message. */
function Readiness({ fulfillment: { id }, onClose }: PartProps) {
  const done = useDone(onClose);
  const again = useMutation({
    mutationFn: () => api.ask("messages.resendReady", { params: { id } }),
    onSuccess: ({ maskedTo }) => done(t("till.collections.told_again", { to: maskedTo })),
  });
  const takeBack = useMutation({
    mutationFn: () => api.ask("fulfillments.takeBackReady", { params: { id } }),
    onSuccess: () => done(t("till.collections.taken_back")),
  });
  const error = again.error ?? takeBack.error;
  return (
    <section className={styles.part}>
      <h3>{t("till.collections.ready_title")}</h3>
      {error ? <ProblemNote error={error} /> : null}
      <div className={styles.actions}>
        <Button busy={again.isPending} onClick={() => again.mutate()}>
          {t("till.collections.tell_again")}
        </Button>
        <Button busy={takeBack.isPending} onClick={() => takeBack.mutate()}>
          {t("till.collections.take_back")}
        </Button>
      </div>
    </section>
  );
}

function Shelf({ fulfillment, onClose }: PartProps) {
  const [shelf, setShelf] = useState(fulfillment.shelf ?? "");
  const done = useDone(onClose);
  const note = useMutation({
    mutationFn: () => api.ask("fulfillments.ready", { params: { id: fulfillment.id }, body: { shelf: shelf.trim() } }),
    onSuccess: () => done(t("till.collections.shelf_noted")),
  });
  return (
    <form
      className={styles.part}
      onSubmit={(event) => {
        event.preventDefault();
        if (shelf.trim() !== "") note.mutate();
      }}
    >
      <Field label={t("till.collections.shelf")} value={shelf} maxLength={40} onChange={({ target }) => setShelf(target.value)} />
      {note.error ? <ProblemNote error={note.error} /> : null}
      <Button type="submit" busy={note.isPending} disabled={shelf.trim() === ""}>
        {t("till.collections.note_shelf")}
      </Button>
    </form>
  );
}

/** Which units cannot be served, and why: the rest goes on. */
function Refuse({ fulfillment, onClose }: PartProps) {
  const [units, setUnits] = useState<Readonly<Record<string, number>>>({});
  const [reason, setReason] = useState<Reason>("out_of_stock");
  const [key] = useState(newKey);
  const done = useDone(onClose);
  const named = fulfillment.lines.flatMap(({ orderLineId }) => {
    const quantity = units[orderLineId] ?? 0;
    return quantity > 0 ? [{ orderLineId, quantity }] : [];
  });
  const refuse = useMutation({
    mutationFn: () =>
      api.ask("fulfillments.reject", { params: { id: fulfillment.id }, body: { reason, lines: named }, headers: keyHeader(key) }),
    onSuccess: ({ refused }) => {
      const elsewhere = refused.at(-1)?.movedToPlaceName ?? null;
      done(elsewhere === null ? t("till.collections.refused") : t("till.collections.moved", { store: elsewhere }));
    },
  });
  return (
    <section className={styles.part}>
      <h3>{t("till.collections.cannot_serve")}</h3>
      <ul className={styles.units}>
        {fulfillment.lines.map(({ orderLineId, name, quantity }) => (
          <li key={orderLineId}>
            <label>
              <span>{textOf(name)}</span>
              <select
                value={units[orderLineId] ?? 0}
                onChange={({ target }) => setUnits({ ...units, [orderLineId]: Number(target.value) })}
              >
                {Array.from({ length: Math.min(quantity, 100) + 1 }, (_, count) => (
                  <option key={count} value={count}>
                    {t("till.collections.of", { count, quantity })}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      <ChoiceGroup
        label={t("till.collections.why")}
        value={reason}
        onChange={setReason}
        choices={REASONS.map((value) => ({ value, label: t(`till.collections.reason.${value}`) }))}
      />
      <p>{t("till.collections.cannot_serve_hint")}</p>
      {refuse.error ? <ProblemNote error={refuse.error} /> : null}
      <Button kind="danger" busy={refuse.isPending} disabled={named.length === 0} onClick={() => refuse.mutate()}>
        {t("till.collections.refuse")}
      </Button>
    </section>
  );
}
