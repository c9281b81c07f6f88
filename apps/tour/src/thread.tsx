import IconBell from "@tabler/icons-react/dist/esm/icons/IconBell.mjs";
import IconClock from "@tabler/icons-react/dist/esm/icons/IconClock.mjs";
import IconGift from "@tabler/icons-react/dist/esm/icons/IconGift.mjs";
import IconMessage from "@tabler/icons-react/dist/esm/icons/IconMessage.mjs";
import IconReceipt from "@tabler/icons-react/dist/esm/icons/IconReceipt.mjs";
import IconShoppingBag from "@tabler/icons-react/dist/esm/icons/IconShoppingBag.mjs";
import IconTag from "@tabler/icons-react/dist/esm/icons/IconTag.mjs";
import IconUser from "@tabler/icons-react/dist/esm/icons/IconUser.mjs";
import type { Icon } from "@tabler/icons-react";
import type { Facet } from "@weft/contracts/client";
import { hasMessage } from "@weft/ui/i18n/i18n.ts";
import type { Strand } from "./thread.ts";
import { t, type MessageKey } from "./t.ts";
import styles from "./tour.module.css";

const ICONS: Readonly<Record<Facet, Icon>> = {
  identity: IconUser,
  cart: IconShoppingBag,
  price: IconTag,
  promise: IconClock,
  order: IconReceipt,
  loyalty: IconGift,
  conversation: IconMessage,
  preferences: IconBell,
};

/** Between the two apps: what came along, and what broke and why. */
export function Thread({ strands }: { readonly strands: readonly Strand[] }) {
  return (
    <ul className={styles.thread} aria-label={t("tour.thread")} aria-live="polite">
      {strands.map(({ facet, state, because }) => {
        const Picture = ICONS[facet];
        return (
          <li key={facet} data-state={state}>
            <Picture size={20} aria-hidden />
            <span>
              {t(`tour.facet.${facet}`)}
              <small>{because === null ? stateText(state) : reasonOf(because)}</small>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A reason in words; one that a newer hub knows and this page does not is just lost. */
export function reasonOf(because: string): string {
  const key = `tour.because.${because}`;
  return hasMessage(key) ? t(key as MessageKey) : t("tour.state.lost"); // looked up in the line itself
}

/** What was not touched says nothing, and keeps the space. */
const stateText = (state: Strand["state"]): string => (state === "idle" ? "\u00a0" : t(`tour.state.${state}`));
