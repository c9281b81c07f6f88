import { useQuery } from "@tanstack/react-query";
import type { BodyOf, OrderChangePreviewView } from "@weft/contracts/client";
import { useState, type ReactNode } from "react";
import { ProblemError, problemCode } from "../api/problem-error.ts";
import { reasonText } from "../app/problem-text.ts";
import { formatDateTime } from "../i18n/format.ts";
import { Button } from "../shop/button.tsx";
import { Dialog } from "../shop/dialog.tsx";
import { ProblemNote } from "../shop/problem-note.tsx";
import { SelectField } from "../shop/select-field.tsx";
import { t } from "../t.ts";
import { mayChange, orderActionsQuery, Outcome, type ChangeOrderProps } from "./change-order.tsx";
import { useChange } from "./use-change.ts";
import styles from "./change-order.module.css";

type Way = NonNullable<BodyOf<"orders.change">["way"]>;
type WayProps = Pick<ChangeOrderProps, "api" | "order" | "ways" | "headers" | "reason">;

/** A store at which an order can be fetched. */
export type CollectStore = { readonly id: string; readonly name: string };

/** Fetches at a store what was to be sent, until somebody has begun with it; afterwards it says since when that is over. */
export function CollectInstead({ stores, ...props }: WayProps & { readonly stores: readonly CollectStore[] }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const placeId = stores.find(({ id }) => id === chosen)?.id ?? stores[0]?.id;
  if (placeId === undefined) return null;
  return (
    <Switch
      {...props}
      action="collect_instead"
      title={t("ui.way.collect")}
      confirm={t("ui.way.collect_confirm")}
      way={{ kind: "collect", placeId }}
    >
      {stores.length > 1 ? (
        <SelectField label={t("ui.way.store")} value={placeId} onChoose={setChosen}>
          {stores.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      ) : (
        <p>{stores[0]?.name}</p>
      )}
    </Switch>
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
  readonly action: "collect_instead" | "ship_instead";
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
  const rule = mayChange(useQuery(orderActionsQuery(props)).data, action);
  if (!rule || order.state !== "placed") return null;
  const since = rule.because?.data["since"];
  if (!rule.allowed)
    return rule.because?.code === "order.change_closed" && typeof since === "string" ? (
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
  ways,
  headers,
  reason,
  title,
  confirm,
  way,
  children,
  onClose,
}: SwitchProps & { readonly onClose: () => void }) {
  const preview = useQuery({
    queryKey: ["order", order.id, "way", order.version, way],
    queryFn: ({ signal }) =>
      api.ask("orders.previewChange", { params: { id: order.id }, body: { way }, signal, ...(headers && { headers }) }),
    enabled: way !== null,
    retry: false,
  });
  const change = useChange({ api, order, headers, onChanged: onClose });
  const send = ({ version, difference }: OrderChangePreviewView): void =>
    change.mutate({
      version,
      body: {
        ...(way && { way }),
        expectedDifference: difference,
        tenders: difference.amount > 0 && ways[0] ? [ways[0].tender] : [],
        ...(reason !== undefined && { reason }),
      },
    });
  const seen = way === null ? undefined : preview.data;
  const problem = change.error ?? (way === null ? null : preview.error);
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      actions={
        <>
          <Button onClick={onClose}>{t("ui.change.keep")}</Button>
          <Button kind="primary" busy={change.isPending} disabled={!seen || preview.isFetching} onClick={() => seen && send(seen)}>
            {confirm}
          </Button>
        </>
      }
    >
      <div className={styles.way}>
        {children}
        {seen ? <Outcome preview={seen} timeZone={order.timeZone} ready={t(`ui.way.ready.${action}`)} /> : null}
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
