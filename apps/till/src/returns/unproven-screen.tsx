import { keepPreviousData, queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState, type FormEvent } from "react";
import type { TillCustomerView, UnprovenOfferView, UnprovenUnitsView } from "@weft/contracts/client";
import { newId, type Id } from "@weft/kernel";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { CustomerSheet } from "../customer/customer-sheet.tsx";
import { useTill } from "../device/till-context.ts";
import { GoodsPicker } from "../goods/picker.tsx";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { useTicket } from "../ticket/ticket.ts";
import { PinField } from "../common/pin-field.tsx";
import { t } from "../t.ts";
import { GivenBack } from "./given-back.tsx";
import { change, pick, unprovenUnits, type UnprovenLine } from "./unproven.ts";
import { UnprovenRow } from "./unproven-row.tsx";
import styles from "./returns.module.css";

type Asked = {
  readonly placeId: string;
  readonly returnId: string;
  readonly customerId: string;
  readonly lines: readonly UnprovenUnitsView[];
};

/** What would be given for the goods now. The last answer stands until the next is there. */
const offerQuery = ({ placeId, returnId, customerId, lines }: Asked) =>
  queryOptions({
    queryKey: ["unproven-offer", placeId, returnId, customerId, lines],
    enabled: customerId !== "" && lines.length > 0,
    queryFn: ({ signal }) => api.ask("returns.offerUnproven", { body: { placeId, returnId, customerId, lines: [...lines] }, signal }),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 0,
  });

/** Goods of which nobody has a receipt: what comes back on the left, who gets how much store credit for it on the right. */
export function Unproven({ onDone }: { readonly onDone: () => void }) {
  const { register, shift } = useTill();
  const { customer } = useTicket();
  const [returnId] = useState(() => newId<Id<"return">>());
  const [lines, setLines] = useState<readonly UnprovenLine[]>([]);
  const units = unprovenUnits(lines);
  const asked = { placeId: register.placeId, returnId, customerId: customer?.customerId ?? "", lines: units };
  const found = useQuery(offerQuery(asked));
  const offer = customer && units.length > 0 ? found.data : undefined;
  const approve = useMutation({ mutationFn: (pin: string) => api.ask("returns.offerUnproven", { body: { ...asked, lines: units, pin } }) });
  const approval = approve.data && approve.data.total.amount === offer?.total.amount ? approve.data.approval : null;
  const take = useMutation({
    mutationFn: async ({ total }: UnprovenOfferView) =>
      unwrapAnswer(
        await registerOutbox().perform("return.take_unproven", {
          shiftId: shift.id,
          returnId,
          customerId: asked.customerId,
          lines: units,
          expectedTotal: total.amount,
          ...(approval !== null && { approval }),
        }),
      ),
    onError: () => void found.refetch(),
  });
  if (take.isSuccess) return <GivenBack returnId={returnId} onNext={onDone} />;
  const isReady = offer !== undefined && !found.isPlaceholderData && !(offer.needsApproval && approval === null);
  return (
    <div className={styles.columns}>
      <section className={styles.lines} aria-labelledby="unproven-title">
        <header>
          <h2 id="unproven-title">{t("till.unproven.title")}</h2>
          <p>{t("till.unproven.text")}</p>
        </header>
        <GoodsPicker onPick={(picked) => setLines((before) => pick(before, picked))} />
        {lines.length === 0 ? <p className={styles.quiet}>{t("till.unproven.scan")}</p> : null}
        <ul>
          {lines.map((line) => (
            <UnprovenRow
              key={line.sku}
              line={line}
              total={offer?.lines.find(({ sku }) => sku === line.sku)?.total}
              onChange={(wanted) => setLines((before) => change(before, line.sku, wanted))}
            />
          ))}
        </ul>
        <footer>
          <Button onClick={onDone}>{t("till.unproven.back")}</Button>
        </footer>
      </section>
      <section className={styles.back} aria-labelledby="back-title">
        <h2 id="back-title">{t("till.returns.goes_back")}</h2>
        <WhoGetsIt customer={customer} />
        {offer ? (
          <>
            <output className={styles.total} aria-live="polite">
              {formatMoney(offer.total)}
            </output>
            <p className={styles.quiet}>{t("till.unproven.left", { most: formatMoney(offer.most), left: formatMoney(offer.left) })}</p>
          </>
        ) : null}
        {offer?.needsApproval && approval === null ? (
          <Approve error={approve.error} isPending={approve.isPending} onApprove={(pin) => approve.mutate(pin)} />
        ) : null}
        {approval === null ? null : <p role="status">{t("till.unproven.approved")}</p>}
        {take.error || found.error ? <ProblemNote error={take.error ?? found.error} /> : null}
        <Button
          kind="primary"
          wide
          className={styles.take}
          disabled={!isReady}
          busy={take.isPending}
          onClick={() => (offer ? take.mutate(offer) : undefined)}
        >
          {offer ? t("till.returns.take", { amount: formatMoney(offer.total) }) : t("till.returns.take_nothing")}
        </Button>
      </section>
    </div>
  );
}

/** Store credit has an owner: the customer of the ticket, chosen here where there is none. */
function WhoGetsIt({ customer }: { readonly customer: TillCustomerView | null }) {
  const [isFinding, setFinding] = useState(false);
  const name = [customer?.givenName, customer?.familyInitial].filter(Boolean).join(" ");
  return (
    <>
      <p>{customer ? t("till.unproven.who", { name: name || t("till.collections.nameless") }) : t("till.unproven.nobody")}</p>
      <Button onClick={() => setFinding(true)}>{customer ? t("till.unproven.other") : t("till.unproven.choose")}</Button>
      <CustomerSheet open={isFinding} onClose={() => setFinding(false)} />
    </>
  );
}

type ApproveProps = { readonly error: unknown; readonly isPending: boolean; readonly onApprove: (pin: string) => void };

/** More than is taken without a manager: their PIN. */
function Approve({ error, isPending, onApprove }: ApproveProps) {
  const [pin, setPin] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onApprove(pin);
    setPin("");
  };
  return (
    <form onSubmit={submit}>
      {error ? <ProblemNote error={error} /> : null}
      <PinField label={t("till.unproven.pin")} hint={t("till.unproven.pin_hint")} value={pin} onChange={setPin} />
      <Button type="submit" wide busy={isPending}>
        {t("till.unproven.approve")}
      </Button>
    </form>
  );
}
