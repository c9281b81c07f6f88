import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { PlacePromiseView } from "@weft/contracts/client";
import { formatDistance } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { timeText } from "../collections/desk.ts";
import { useNow } from "../common/use-now.ts";
import { useTill } from "../device/till-context.ts";
import { SlotChoice, slotsQuery } from "../ticket/slots.tsx";
import { changeCart, useTicket } from "../ticket/ticket.ts";
import type { LineWay } from "../ticket/shape.ts";
import { useCart } from "../ticket/use-cart.ts";
import { t } from "../t.ts";
import { elsewhereQuery } from "./queries.ts";
import { SendHome } from "./send-home.tsx";
import { dayText, whyNotText } from "./way-text.ts";
import styles from "./elsewhere.module.css";

type Props = {
  readonly name: string;
  readonly sku: string;
  readonly quantity: number;
  /** What was chosen of it, as slots depend on the work on it. */
  readonly options?: readonly { readonly group: string; readonly value: string }[];
  readonly onClose: () => void;
  /** It is sold, and reaches its customer like this. */
  readonly onChoose: (way: LineWay) => void;
  /** The one action at the bottom, where there is one: it is in somebody's hand all the same. */
  readonly footer?: ReactNode;
};

type Step = { readonly kind: "choose" } | { readonly kind: "slot"; readonly place: PlacePromiseView } | { readonly kind: "address" };

const PLAIN: NonNullable<Props["options"]> = [];

/** What is not here, from where it is: another store hands it over, or it is sent home. Nearest first. */
export function ElsewhereSheet({ name, sku, quantity, options = PLAIN, onClose, onChoose, footer }: Props) {
  const { register } = useTill();
  const [step, setStep] = useState<Step>({ kind: "choose" });
  const found = useQuery(elsewhereQuery(register.placeId, sku, quantity));
  const { data: cart } = useCart();
  const { cart: held } = useTicket();
  const hasAddress = held !== null && (cart?.delivery?.hasAddress ?? false);
  const collect = (place: PlacePromiseView): void =>
    place.nextSlot === null ? onChoose({ kind: "collect", placeId: place.store.id }) : setStep({ kind: "slot", place });
  return (
    <Sheet open onClose={onClose} title={t("till.elsewhere.title", { what: name })} footer={step.kind === "choose" ? footer : undefined}>
      {found.isPending ? <ScreenSkeleton /> : null}
      {found.isError ? <ProblemNote error={found.error} onRetry={found.refetch} kept={t("till.elsewhere.needs_hub")} /> : null}
      {found.data && step.kind === "choose" ? (
        <Choices
          found={found.data}
          onCollect={collect}
          onBring={(placeId) => onChoose({ kind: "bring", placeId })}
          onSend={() => (hasAddress ? onChoose({ kind: "ship" }) : setStep({ kind: "address" }))}
        />
      ) : null}
      {step.kind === "slot" ? (
        <SlotStep
          place={step.place}
          goods={{ sku, quantity, options }}
          onChoose={(slotId) => onChoose({ kind: "collect", placeId: step.place.store.id, slotId })}
        />
      ) : null}
      {step.kind === "address" && found.data ? (
        <SendHome
          country={found.data.country}
          onSend={(address) => {
            changeCart({ kind: "setAddress", address });
            onChoose({ kind: "ship" });
          }}
        />
      ) : null}
    </Sheet>
  );
}

type ChoicesProps = {
  readonly found: {
    readonly places: readonly PlacePromiseView[];
    readonly shipping: { readonly promiseAt: string | null; readonly because: { readonly kind: string } | null } | null;
    readonly bring: PlacePromiseView["bring"];
  };
  readonly onBring: (placeId: string) => void;
  readonly onCollect: (place: PlacePromiseView) => void;
  readonly onSend: () => void;
};

function Choices({ found: { places, shipping, bring }, onBring, onCollect, onSend }: ChoicesProps) {
  const { timeZone } = useTill();
  const now = useNow();
  return (
    <ul className={styles.choices}>
      {shipping ? (
        <li>
          <span className={styles.what}>
            <b>{t("till.elsewhere.home")}</b>
            <small>
              {shipping.promiseAt === null
                ? whyNotText(shipping.because)
                : t("till.elsewhere.by", { day: dayText(shipping.promiseAt, timeZone, now) })}
            </small>
          </span>
          <Button disabled={shipping.promiseAt === null} onClick={onSend}>
            {t("till.elsewhere.send")}
          </Button>
        </li>
      ) : null}
      {bring ? (
        <li>
          <span className={styles.what}>
            <b>{t("till.elsewhere.here")}</b>
            <small>{t("till.elsewhere.here_by", { store: bring.place.name, day: dayText(bring.promiseAt, timeZone, now) })}</small>
          </span>
          <Button onClick={() => onBring(bring.place.id)}>{t("till.elsewhere.bring")}</Button>
        </li>
      ) : null}
      {places.map((place) => (
        <li key={place.store.id}>
          <span className={styles.what}>
            <b>{place.store.name}</b>
            <small>{placeFacts(place, now).join(" · ")}</small>
          </span>
          <Button
            disabled={place.promiseAt === null}
            aria-label={`${t("till.elsewhere.collect")}: ${place.store.name}`}
            onClick={() => onCollect(place)}
          >
            {t("till.elsewhere.collect")}
          </Button>
        </li>
      ))}
      {places.length === 0 ? <li role="status">{t("till.elsewhere.nowhere")}</li> : null}
    </ul>
  );
}

/** How far it is, how many are there, and when they can be fetched. */
function placeFacts({ store, available, promiseAt, nextSlot, because }: PlacePromiseView, now: Date): string[] {
  const at = nextSlot?.startsAt ?? promiseAt;
  return [
    store.distanceMeters === null ? "" : formatDistance(store.distanceMeters),
    available === null ? "" : t("till.elsewhere.units", { count: available }),
    // That it is too little the figure says.
    at === null && because?.kind === "stock_short" && available !== null
      ? ""
      : at === null
        ? whyNotText(because)
        : t("till.elsewhere.from", { time: timeText(at, store.timeZone, now) }),
  ].filter((fact) => fact !== "");
}

type SlotStepProps = {
  readonly place: PlacePromiseView;
  readonly goods: Required<Pick<Props, "sku" | "quantity" | "options">>;
  readonly onChoose: (slotId: string) => void;
};

function SlotStep({ place: { store }, goods: { sku, quantity, options }, onChoose }: SlotStepProps) {
  const chosenOf = options.map(({ group, value }) => `${group}:${value}`).join(",");
  const slots = useQuery(slotsQuery(store.id, { sku, quantity, ...(chosenOf !== "" && { options: chosenOf }) }));
  const [chosen, setChosen] = useState<string | null>(null);
  if (slots.isError) return <ProblemNote error={slots.error} onRetry={slots.refetch} />;
  if (slots.isPending) return <ScreenSkeleton />;
  const free = slots.data.items.filter(({ left }) => left > 0);
  const slot = free.find(({ id }) => id === chosen) ?? free[0];
  return (
    <div className={styles.step}>
      <p>{store.name}</p>
      {slot ? (
        <SlotChoice slots={free} timeZone={store.timeZone} value={slot.id} onChoose={setChosen} />
      ) : (
        <p role="status">{t("till.collect.full")}</p>
      )}
      <Button kind="primary" wide disabled={!slot} onClick={() => (slot ? onChoose(slot.id) : undefined)}>
        {t("till.elsewhere.collect_at", { store: store.name })}
      </Button>
    </div>
  );
}
