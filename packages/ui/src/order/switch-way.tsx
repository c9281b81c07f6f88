import { useQuery } from "@tanstack/react-query";
import type { BodyOf, OrderChangePreviewView } from "@weft/contracts/client";
import { useState, type ReactNode } from "react";
import { ProblemError, problemCode } from "../api/problem-error.ts";
import { reasonText } from "../app/problem-text.ts";
import { formatDateTime } from "../i18n/format.ts";
import { Button } from "../shop/button.tsx";
import { ChoiceGroup } from "../shop/choice.tsx";
import { Dialog } from "../shop/dialog.tsx";
import { ProblemNote } from "../shop/problem-note.tsx";
import { SelectField } from "../shop/select-field.tsx";
import { t } from "../t.ts";
import { isClosed, mayChange, orderActionsQuery, Outcome, waysFor, type ChangeOrderProps } from "./change-order.tsx";
import { LINK_HOURS, LinkHours, useOfferChange, type LinkHour } from "./change-link.tsx";
import { useChange } from "./use-change.ts";
import styles from "./change-order.module.css";

type Way = NonNullable<BodyOf<"orders.change">["way"]>;
type WayProps = Pick<ChangeOrderProps, "api" | "order" | "ways" | "headers" | "reason" | "offersLink">;

/** A store at which an order can be fetched. */
export type CollectStore = { readonly id: string; readonly name: string };

type StoresProps = WayProps & { readonly stores: readonly CollectStore[] };

/** Fetches at a store what was to be sent, until somebody has begun with it; afterwards it says since when that is over. */
export const CollectInstead = (props: StoresProps) => <CollectAt {...props} kind="collect" />;

/** Fetches at another store what waits to be fetched at one, until somebody has begun with it. */
export function CollectElsewhere({ stores, ...props }: StoresProps) {
  const now = props.order.fulfillments.filter(({ kind, state }) => kind !== "ship" && OPEN.has(state)).map(({ placeId }) => placeId);
  return <CollectAt {...props} kind="collect_elsewhere" stores={stores.filter(({ id }) => now.length > 1 || !now.includes(id))} />;
}

/** While nobody has begun with it. */
const OPEN: ReadonlySet<string> = new Set(["planned", "assigned", "accepted"]);

const ACTIONS = { collect: "collect_instead", collect_elsewhere: "collect_elsewhere" } as const;

function CollectAt({ kind, stores, ...props }: StoresProps & { readonly kind: keyof typeof ACTIONS }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const [slotId, setSlotId] = useState("");
  const placeId = stores.find(({ id }) => id === chosen)?.id ?? stores[0]?.id;
  if (placeId === undefined) return null;
  const choose = (id: string): void => {
    setChosen(id);
    setSlotId("");
  };
  return (
    <Switch
      {...props}
      action={ACTIONS[kind]}
      title={t(`ui.way.${kind}`)}
      confirm={t("ui.way.collect_confirm")}
      way={{ kind, placeId, ...(slotId !== "" && { slotId }) }}
    >
      {stores.length > 1 ? (
        <SelectField label={t("ui.way.store")} value={placeId} onChoose={choose}>
          {stores.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : (
        <p>{stores[0]?.name}</p>
      )}
      <SlotField {...props} kind={kind} placeId={placeId} value={slotId} onChoose={setSlotId} />
    </Switch>
  );
}

type SlotFieldProps = WayProps & {
  readonly kind: keyof typeof ACTIONS;
  readonly placeId: string;
  readonly value: string;
  readonly onChoose: (slotId: string) => void;
};

/** When it is fetched, at a store with slots: as soon as it is ready, or in one of those that have room for it. */
function SlotField({ api, order, headers, kind, placeId, value, onChoose }: SlotFieldProps) {
  const { id: orderId, timeZone, version } = order;
  const slots = useQuery({
    queryKey: ["slots", placeId, orderId, kind, version],
    queryFn: ({ signal }) =>
      api.ask("slots.list", { params: { id: placeId }, query: { orderId, way: kind }, signal, ...(headers && { headers }) }),
  }).data;
  const free = slots?.offered ? slots.items.filter(({ left }) => left > 0) : [];
  if (free.length === 0) return null;
  return (
    <SelectField label={t("ui.way.when")} value={value} onChoose={onChoose}>
      <option value="">{t("ui.way.soon")}</option>
      {free.map(({ id, startsAt }) => (
        <option key={id} value={id}>
          {formatDateTime(startsAt, { timeZone, style: "short" })}
        </option>
      ))}
    </SelectField>
  );
}

type ShipProps = WayProps & {
  /** Asks where it goes; `onSend` is called with an address that looks right. */
  readonly renderAddressForm: (onSend: (address: Extract<Way, { kind: "ship" }>["address"]) => void) => ReactNode;
};

/** Sends what was to be fetched, by the first way of shipping there. */
export function ShipInstead({ renderAddressForm, ...props }: ShipProps) {
  const [way, setWay] = useState<Way | null>(null);
  return (
    <Switch
      {...props}
      action="ship_instead"
      title={t("ui.way.ship")}
      confirm={t("ui.way.ship_confirm")}
      way={way}
      onClosed={() => setWay(null)}
    >
      {way === null ? renderAddressForm((address) => setWay({ kind: "ship", methodId: null, address })) : null}
      {way?.kind === "ship" ? (
        <p>{[way.address.name, way.address.line1, `${way.address.postcode} ${way.address.city}`].join(", ")}</p>
      ) : null}
    </Switch>
  );
}

type SwitchProps = WayProps & {
  readonly action: "collect_instead" | "collect_elsewhere" | "ship_instead";
  readonly title: string;
  readonly confirm: string;
  /** Null until it is said how. */
  readonly way: Way | null;
  readonly onClosed?: () => void;
  readonly children: ReactNode;
};

function Switch(props: SwitchProps) {
  const { order, action, title, onClosed } = props;
  const [isOpen, setIsOpen] = useState(false);
  const actions = useQuery(orderActionsQuery(props)).data;
  const rule = mayChange(actions, action);
  if (!actions || !rule || order.state !== "placed") return null;
  const since = rule.because?.data["since"];
  if (!rule.allowed)
    return rule.because?.code === "order.change_closed" && typeof since === "string" && !isClosed(actions) ? (
      <p className={styles.quiet}>{t(`ui.way.closed.${action}`, { since: formatDateTime(since, { timeZone: order.timeZone }) })}</p>
    ) : null;
  const close = (): void => {
    setIsOpen(false);
    onClosed?.();
  };
  return (
    <>
      <Button kind="quiet" onClick={() => setIsOpen(true)}>
        {title}
      </Button>
      {isOpen ? <SwitchDialog {...props} onClose={close} /> : null}
    </>
  );
}

function SwitchDialog({
  action,
  api,
  order,
  headers,
  reason,
  title,
  confirm,
  way,
  children,
  onClose,
  offersLink = false,
  ...given
}: SwitchProps & { readonly onClose: () => void }) {
  // What is sent leaves paid.
  const ways = waysFor(order, given.ways).filter(({ tender }) => action !== "ship_instead" || tender.kind !== "due_at_collection");
  const [paying, setPaying] = useState(0);
  const [hours, setHours] = useState<LinkHour>(LINK_HOURS[1]);
  const preview = useQuery({
    queryKey: ["order", order.id, "way", order.version, way],
    queryFn: ({ signal }) =>
      api.ask("orders.previewChange", { params: { id: order.id }, body: { way }, signal, ...(headers && { headers }) }),
    enabled: way !== null,
    retry: false,
  });
  const change = useChange({ api, order, headers, onChanged: onClose });
  const offer = useOfferChange({ api, order, onOffered: onClose });
  const seen = way === null ? undefined : preview.data;
  const costsMore = seen !== undefined && seen.difference.amount > 0;
  const isByLink = costsMore && offersLink && paying === ways.length;
  const send = ({ version, difference }: OrderChangePreviewView): void => {
    const wish = { ...(way && { way }), ...(reason !== undefined && { reason }), expectedDifference: difference };
    if (isByLink) return offer.mutate({ ...wish, hours });
    change.mutate({ version, body: { ...wish, tenders: costsMore && ways[paying] ? [ways[paying].tender] : [] } });
  };
  const problem = change.error ?? offer.error ?? (way === null ? null : preview.error);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.change.keep")}</Button>
          <Button
            kind="primary"
            busy={change.isPending || offer.isPending}
            disabled={!seen || preview.isFetching}
            onClick={() => seen && send(seen)}
          >
            {isByLink ? t("ui.change.link.make") : confirm}
          </Button>
        </>
      }
    >
      <div className={styles.way}>
        {children}
        {seen ? <Outcome preview={seen} timeZone={order.timeZone} ready={t(`ui.way.ready.${action}`)} /> : null}
        {costsMore && ways.length + Number(offersLink) > 1 ? (
          <ChoiceGroup
            label={t("ui.change.pay")}
            value={String(paying)}
            onChange={(chosen) => setPaying(Number(chosen))}
            choices={[
              ...ways.map(({ label }, index) => ({ value: String(index), label })),
              ...(offersLink ? [{ value: String(ways.length), label: t("ui.change.pay.link") }] : []),
            ]}
          />
        ) : null}
        {isByLink ? <LinkHours hours={hours} onChoose={setHours} /> : null}
        {problem ? <WayProblem error={problem} /> : null}
      </div>
    </Dialog>
  );
}

/** Why not in that way: the reason of the hub in words where there are some. */
function WayProblem({ error }: { readonly error: unknown }) {
  const because = error instanceof ProblemError && problemCode(error) === "order.way_refused" ? kindOf(error.problem) : undefined;
  return because === undefined ? (
    <ProblemNote error={error} kept={t("ui.change.kept")} />
  ) : (
    <p role="alert">{reasonText({ kind: `order.way.${because}` })}</p>
  );
}

function kindOf(problem: object): string | undefined {
  const because: unknown = Reflect.get(problem, "because");
  const kind: unknown = because !== null && typeof because === "object" ? Reflect.get(because, "kind") : undefined;
  return typeof kind === "string" ? kind : undefined;
}
