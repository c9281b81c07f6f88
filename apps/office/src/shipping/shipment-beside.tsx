import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { FulfillmentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDate, formatDateTime } from "@weft/ui/i18n/format.ts";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { PageLink } from "../common/page-link.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { DeliveryNote } from "./delivery-note.tsx";
import { addressQuery, isHere, nextStep, shipmentsQuery, type ShippingList } from "./queries.ts";
import { ShipmentBadge } from "./shipment-badge.tsx";

type Props = {
  readonly id: string;
  readonly placeId: string;
  readonly list: ShippingList;
  readonly query: string | undefined;
  readonly onClose: () => void;
};

const WORK = [["work"], ["orders"], ["order"]];

/** One parcel to pack: what goes into it, where to, and the step that comes next. Where it is after that step, it stays open. */
export function ShipmentBeside({ id, placeId, list, query, onClose }: Props) {
  const pages = useInfiniteQuery(shipmentsQuery(placeId, list, query)).data?.pages;
  const found = pages?.flatMap(({ items }) => items).find((one) => one.id === id);
  const [last, setLast] = useState<FulfillmentView>();
  const shipment = found ?? last;
  if (found && found !== last) setLast(found);
  if (!shipment)
    return (
      <Beside title={t("office.nav.shipping")} onClose={onClose}>
        <ScreenSkeleton />
      </Beside>
    );
  return (
    <Beside title={<Title shipment={shipment} />} onClose={onClose}>
      <Steps shipment={shipment} onDone={setLast} />
      <Contents shipment={shipment} />
    </Beside>
  );
}

function Title({ shipment: { orderId, orderNumber, state } }: { readonly shipment: FulfillmentView }) {
  return (
    <span>
      <PageLink to="/orders" search={{ open: orderId }}>
        {orderNumber}
      </PageLink>{" "}
      <ShipmentBadge state={state} />
    </span>
  );
}

type StepProps = { readonly shipment: FulfillmentView; readonly onDone: (shipment: FulfillmentView) => void };

function Steps({ shipment, onDone }: StepProps) {
  const may = useMay();
  const step = nextStep(shipment);
  const advance = useAct((): Promise<FulfillmentView> => {
    const params = { id: shipment.id };
    if (step === "accept") return api.ask("fulfillments.accept", { params });
    return step === "pack" ? api.ask("fulfillments.pack", { params }) : api.ask("fulfillments.deliver", { params });
  }, WORK);
  return (
    <>
      {step !== undefined && may(`fulfillments.${step}`) ? (
        <Button
          variant={shipment.state === "packed" ? "default" : "filled"}
          loading={advance.isPending}
          onClick={() => advance.mutate(undefined, { onSuccess: onDone })}
        >
          {t(`office.shipping.do.${step}`)}
        </Button>
      ) : null}
      {isHere(shipment) && may("fulfillments.dispatch") ? <Dispatch shipment={shipment} onDone={onDone} /> : null}
      {isHere(shipment) && may("fulfillments.reject") ? <Refuse shipment={shipment} onDone={onDone} /> : null}
    </>
  );
}

/** The parcel is handed to the carrier: its number goes to the customer at once. */
function Dispatch({ shipment: { id }, onDone }: StepProps) {
  const [carrier, setCarrier] = useState("");
  const [trackingNumber, setNumber] = useState("");
  const [trackingUrl, setUrl] = useState("");
  // One key for as long as the form stands: however often it is sent, the parcel leaves once.
  const [key] = useState(newKey);
  const dispatch = useAct(() => {
    const parcel = { carrier: carrier.trim(), trackingNumber: trackingNumber.trim(), trackingUrl: trackingUrl.trim() || null };
    return api.ask("fulfillments.dispatch", { params: { id }, body: { parcels: [parcel] }, headers: keyHeader(key) });
  }, WORK);
  return (
    <Part title={t("office.shipping.send")}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          dispatch.mutate(undefined, { onSuccess: onDone });
        }}
      >
        <div className={form.row}>
          <TextInput
            required
            maxLength={60}
            label={t("office.shipping.carrier")}
            value={carrier}
            onChange={(e) => setCarrier(e.currentTarget.value)}
          />
          <TextInput
            required
            maxLength={60}
            label={t("office.shipping.tracking")}
            value={trackingNumber}
            onChange={(e) => setNumber(e.currentTarget.value)}
          />
        </div>
        <TextInput
          type="url"
          pattern="https://.*"
          maxLength={300}
          label={t("office.shipping.tracking_url")}
          value={trackingUrl}
          onChange={(e) => setUrl(e.currentTarget.value)}
        />
        <Button type="submit" loading={dispatch.isPending} disabled={carrier.trim() === "" || trackingNumber.trim() === ""}>
          {t("office.shipping.do.dispatch")}
        </Button>
      </form>
    </Part>
  );
}

const REASONS = ["out_of_stock", "damaged", "cannot_find", "too_much_to_do", "other"] as const;

/** It cannot be sent from here, all of it or so many units: other places send what they have, the rest is canceled and paid back. */
function Refuse({ shipment: { id, lines: held }, onDone }: StepProps) {
  const [reason, setReason] = useState<(typeof REASONS)[number]>("out_of_stock");
  const [missing, setMissing] = useState<Readonly<Record<string, number>>>({});
  const [key] = useState(newKey);
  const units = held.map(({ orderLineId, quantity }) => ({ orderLineId, quantity: missing[orderLineId] ?? quantity }));
  const lines = units.filter(({ quantity }) => quantity > 0);
  const refuse = useAct(() => api.ask("fulfillments.reject", { params: { id }, body: { reason, lines }, headers: keyHeader(key) }), WORK);
  return (
    <details>
      <summary>{t("office.shipping.cannot")}</summary>
      <div className={form.form}>
        <p className={form.quiet}>{t("office.shipping.cannot_text")}</p>
        <NativeSelect
          label={t("office.order.reason")}
          value={reason}
          data={REASONS.map((value) => ({ value, label: t(`office.shipping.reason.${value}`) }))}
          onChange={({ currentTarget }) => setReason(REASONS.find((one) => one === currentTarget.value) ?? "other")}
        />
        {held.map(({ orderLineId, quantity, name }) => (
          <NumberInput
            key={orderLineId}
            label={t("office.shipping.cannot_units", { name: inLanguage(name) })}
            min={0}
            max={quantity}
            clampBehavior="strict"
            allowDecimal={false}
            value={missing[orderLineId] ?? quantity}
            onChange={(typed) => setMissing((before) => ({ ...before, [orderLineId]: Number(typed) }))}
          />
        ))}
        <Button
          color="red.9"
          loading={refuse.isPending}
          disabled={lines.length === 0}
          onClick={() => refuse.mutate(undefined, { onSuccess: onDone })}
        >
          {t("office.shipping.do.reject")}
        </Button>
      </div>
    </details>
  );
}

function Contents({ shipment }: { readonly shipment: FulfillmentView }) {
  const { id, lines, delivery, promisedAt } = shipment;
  const may = useMay();
  const address = useQuery({ ...addressQuery(id), enabled: may("fulfillments.address") }).data;
  return (
    <>
      <Part title={t("office.shipping.goods")}>
        <ul className={form.rows}>
          {lines.map(({ orderLineId, quantity, name, sku }) => (
            <li key={orderLineId}>
              <span className={form.grow}>
                {quantity} × {inLanguage(name)} <small>{sku}</small>
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={t("office.shipping.to")}>
        {address ? (
          <address style={{ fontStyle: "normal" }}>
            {[address.name, address.line1, address.line2, `${address.postcode} ${address.city}`, address.country]
              .filter(Boolean)
              .map((line) => (
                <div key={line}>{line}</div>
              ))}
          </address>
        ) : (
          <p className={form.quiet}>{delivery?.country}</p>
        )}
        {promisedAt === null ? null : <small>{t("office.shipping.promised", { day: formatDate(promisedAt, { style: "day" }) })}</small>}
        {address ? <DeliveryNote shipment={shipment} address={address} /> : null}
      </Part>
      {delivery && delivery.parcels.length > 0 ? (
        <Part title={t("office.shipping.parcels")}>
          <ul className={form.rows}>
            {delivery.parcels.map((parcel) => (
              <li key={parcel.id}>
                <span className={form.grow}>
                  {parcel.carrier} {parcel.trackingNumber}
                </span>
                <time dateTime={parcel.at}>{formatDateTime(parcel.at)}</time>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
    </>
  );
}
