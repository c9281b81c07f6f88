import { queryOptions, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "@tanstack/react-router";
import IconCircleCheck from "@tabler/icons-react/dist/esm/icons/IconCircleCheck.mjs";
import type { FulfillmentView, TenderInput } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useFocus } from "../common/use-focus.ts";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox, useOutboxState } from "../outbox/register-outbox.ts";
import { dropDeclinedOf, forgetParts, markSent, paymentOf } from "../pay/payment.ts";
import { PointsNote } from "../receipt/points-note.tsx";
import { textOf } from "../common/text.ts";
import { t } from "../t.ts";
import { ChangeWayOf } from "./change-way.tsx";
import { isOrderNumber, proofOf } from "./desk.ts";
import { FoundOrder } from "./found-order.tsx";
import { MoveSlot } from "./move-slot.tsx";
import { OrderUnits, type StayingUnits } from "./order-units.tsx";
import { Receiver } from "./receiver.tsx";
import { TakeDue } from "./take-due.tsx";
import { useWork } from "./work.ts";
import styles from "./collections.module.css";

type HandOverSheetProps = { readonly code: string | undefined; readonly fulfillmentId: string | undefined; readonly onClose: () => void };

const byCodeQuery = (code: string) =>
  queryOptions({
    queryKey: ["collection-code", code],
    queryFn: ({ signal }) => api.ask("fulfillments.byCode", { params: { code }, signal }),
    retry: false,
    staleTime: 0,
  });

/** One order, to be handed over: by its scanned code at once, else by the code, card or order number that the customer shows. */
export function HandOverSheet({ code, fulfillmentId, onClose }: HandOverSheetProps) {
  const { register } = useTill();
  const queries = useQueryClient();
  const number = code !== undefined && isOrderNumber(code) ? code.trim().toUpperCase() : undefined;
  const byCode = useQuery({ ...byCodeQuery(code ?? ""), enabled: code !== undefined && number === undefined });
  const open = useWork(register.placeId, "open");
  const ready = useWork(register.placeId, "ready");
  const listed = [...(open.data?.items ?? []), ...(ready.data?.items ?? [])];
  const found =
    code === undefined
      ? listed.find(({ id }) => id === fulfillmentId)
      : number === undefined
        ? byCode.data
        : listed.find(({ orderNumber }) => orderNumber === number);
  // Taken off as a whole there is nothing left to hand over.
  const changed = (left: FulfillmentView): void => {
    if (left.state === "rejected") onClose();
    else if (code !== undefined) queries.setQueryData(byCodeQuery(code).queryKey, left);
  };
  return (
    <Sheet
      open
      onClose={onClose}
      title={
        found || number !== undefined
          ? t("till.collections.order", { number: found?.orderNumber ?? number ?? "" })
          : t("till.collections.hand_over")
      }
    >
      {found ? (
        <HandOver fulfillment={found} scanned={code} onClose={onClose} onChanged={changed} />
      ) : number !== undefined && open.isSuccess && ready.isSuccess ? (
        <FoundOrder number={number} />
      ) : byCode.isError ? (
        <ProblemNote error={byCode.error} onRetry={byCode.refetch} />
      ) : (
        <ScreenSkeleton />
      )}
    </Sheet>
  );
}

function HandOver({
  fulfillment,
  scanned,
  onClose,
  onChanged,
}: {
  readonly fulfillment: FulfillmentView;
  readonly scanned: string | undefined;
  readonly onClose: () => void;
  readonly onChanged: (left: FulfillmentView) => void;
}) {
  const { shift } = useTill();
  const queries = useQueryClient();
  const focus = useFocus();
  const [shown, setShown] = useState("");
  const [stays, setStays] = useState<readonly StayingUnits[]>([]);
  const [receiver, setReceiver] = useState("");
  const { due, id, orderId } = fulfillment;
  const give = useMutation({
    mutationFn: async (tenders: readonly TenderInput[]) => {
      const proved = scanned ?? shown.trim();
      const answer = await registerOutbox().perform("collection.hand_over", {
        shiftId: shift.id,
        fulfillmentId: id,
        code: proved,
        proof: proofOf(proved),
        tenders: [...tenders],
        ...(stays.length > 0 && { lines: takenNow(fulfillment, stays) }),
        ...(receiver.trim() !== "" && { receivedBy: receiver.trim() }),
      });
      return unwrapAnswer(answer);
    },
    onMutate: () => {
      if (paymentOf(id).parts.length > 0) markSent(id, true);
    },
    onSuccess: () => forgetParts(id),
    onError: (error, tenders) => {
      const { parts } = paymentOf(id);
      if (parts.length === 0) return;
      markSent(id, false);
      dropDeclinedOf(
        id,
        error,
        tenders.find((tender) => !parts.some((part) => part.tender === tender)),
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["work"] }),
  });
  if (give.isSuccess)
    return (
      <EmptyState title={t("till.collections.done")} picture={<IconCircleCheck size={56} color="var(--color-good)" aria-hidden />}>
        <PointsNote orderId={orderId} />
        <Link to="/receipt/$id" params={{ id: orderId }}>
          {t("till.paid.receipt")}
        </Link>
        <Button kind="primary" onClick={onClose}>
          {t("ui.close")}
        </Button>
      </EmptyState>
    );
  const canGive = scanned !== undefined || shown.trim().length >= 4;
  return (
    <div className={styles.give}>
      <p>
        {fulfillment.customerName ?? t("till.collections.nameless")}
        {fulfillment.shelf === null ? null : ` · ${t("till.collections.on_shelf", { shelf: fulfillment.shelf })}`}
      </p>
      {fulfillment.collector?.name ? <p role="status">{t("till.collections.sent", { name: fulfillment.collector.name })}</p> : null}
      <MoveSlot fulfillment={fulfillment} onMoved={onChanged} />
      <OtherWay fulfillment={fulfillment} />
      {stays.length === 0 ? (
        <OrderUnits key={fulfillment.version} fulfillment={fulfillment} onChanged={onChanged} onPart={setStays} />
      ) : (
        <div className={styles.part}>
          <ul className={styles.lines}>
            {fulfillment.lines.flatMap(({ orderLineId, name, quantity }) => {
              const count = quantity - unitsOf(stays, orderLineId);
              return count === 0
                ? []
                : [
                    <li key={orderLineId}>
                      <b>{count}</b> {textOf(name)}
                    </li>,
                  ];
            })}
          </ul>
          <p>{t("till.collections.part_chosen", { count: stays.reduce((sum, { quantity }) => sum + quantity, 0) })}</p>
          <Button kind="quiet" onClick={() => setStays([])}>
            {t("till.collections.part_undo")}
          </Button>
        </div>
      )}
      {scanned === undefined ? (
        <Field
          label={t("till.collections.proof")}
          hint={t("till.collections.proof_hint")}
          id={focus}
          autoComplete="off"
          value={shown}
          onChange={({ target }) => setShown(target.value)}
        />
      ) : null}
      {fulfillment.collector?.name ? null : <Receiver name={receiver} onChange={setReceiver} />}
      {give.error ? <ProblemNote error={give.error} /> : null}
      {give.isPending ? <Asking /> : null}
      {due.amount > 0 ? (
        <TakeDue fulfillment={fulfillment} canGive={canGive} isBusy={give.isPending} onGive={give.mutate} />
      ) : (
        <Button data-tour="give" kind="primary" wide disabled={!canGive} busy={give.isPending} onClick={() => give.mutate([])}>
          {t("till.collections.give")}
        </Button>
      )}
    </div>
  );
}

/** Elsewhere, or by parcel: asked of the order only when somebody wants that. */
function OtherWay({ fulfillment: { orderId, state } }: { readonly fulfillment: FulfillmentView }) {
  const [isOpen, setOpen] = useState(false);
  if (!UNBEGUN.has(state)) return null;
  if (isOpen) return <ChangeWayOf orderId={orderId} />;
  return (
    <Button kind="quiet" onClick={() => setOpen(true)}>
      {t("till.collections.other_way")}
    </Button>
  );
}

const UNBEGUN: ReadonlySet<string> = new Set(["planned", "assigned", "accepted"]);

const unitsOf = (stays: readonly StayingUnits[], line: string): number =>
  stays.reduce((sum, { orderLineId, quantity }) => (orderLineId === line ? sum + quantity : sum), 0);

/** What is handed over when some of it stays for later. */
function takenNow({ lines }: FulfillmentView, stays: readonly StayingUnits[]): StayingUnits[] {
  return lines.flatMap(({ orderLineId, quantity }) => {
    const count = quantity - unitsOf(stays, orderLineId);
    return count > 0 ? [{ orderLineId, quantity: count }] : [];
  });
}

/** The card's answer is late: what is happening, and that nobody needs to charge it again. */
function Asking() {
  const { trouble } = useOutboxState();
  return trouble === "asking_provider" ? <p role="status">{t("till.pay.waiting_terminal")}</p> : null;
}
