import IconCheck from "@tabler/icons-react/dist/esm/icons/IconCheck.mjs";
import type { OrderView } from "@weft/contracts/client";
import { useGlow } from "@weft/ui/live/glow.ts";
import { formatTime } from "@weft/ui/i18n/format.ts";
import { t } from "../t.ts";
import { stepsOf, type Step } from "./progress.ts";
import styles from "./order.module.css";

/** The way of the order, with the time of each step that is done. */
export function Progress({ order, step }: { readonly order: OrderView; readonly step: Step }) {
  const glow = useGlow<HTMLOListElement>(`order/${order.id}`, step);
  const steps = stepsOf(order);
  const reached = steps.indexOf(step);
  return (
    <ol ref={glow} className={styles.steps}>
      {steps.map((each, index) => (
        <li key={each} data-done={index <= reached || undefined} {...(index === reached && { "aria-current": "step" as const })}>
          <span className={styles.mark}>{index <= reached ? <IconCheck size={16} stroke={2.5} aria-hidden /> : null}</span>
          <span>{t(`shop.order.step.${each}`)}</span>
          {index <= reached ? <StepTime order={order} step={each} /> : null}
        </li>
      ))}
    </ol>
  );
}

function StepTime({ order, step }: { readonly order: OrderView; readonly step: Step }) {
  const at =
    step === "placed" ? order.placedAt : order.fulfillments.flatMap(({ history }) => history.filter(({ state }) => state === step))[0]?.at;
  return at === undefined ? null : <time dateTime={at}>{formatTime(at, { timeZone: order.timeZone })}</time>;
}
