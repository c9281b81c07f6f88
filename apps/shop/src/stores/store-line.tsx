import IconMapPin from "@tabler/icons-react/dist/esm/icons/IconMapPin.mjs";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { lazy, Suspense, useCallback, useState } from "react";
import { t } from "../t.ts";
import { useNow } from "../use-now.ts";
import { openText, paceText } from "./open-text.ts";
import { useStore } from "./stores.ts";
import styles from "./store-line.module.css";

const StorePicker = lazy(() => import("./screen.tsx").then((module) => ({ default: module.StorePicker })));

/** Where one buys, whether it is open, and the way to another store. */
export function StoreLine() {
  const now = useNow();
  const { store, isGuess, error } = useStore();
  const [isOpen, setIsOpen] = useState(false);
  const close = useCallback(() => setIsOpen(false), []);
  // The screen itself says that the hub cannot be reached; a second note would only repeat it.
  if (error && !store) return null;
  if (!store) return <Skeleton height="3.5rem" />;
  return (
    <>
      <button type="button" className={styles.line} onClick={() => setIsOpen(true)} aria-haspopup="dialog">
        <IconMapPin size={22} stroke={1.75} aria-hidden />
        <span className={styles.text}>
          <strong>{store.name}</strong>
          <span>{paceText(store) ?? openText(store, now)}</span>
        </span>
        <span className={styles.change}>{t(isGuess ? "shop.store.confirm" : "shop.store.change")}</span>
      </button>
      {isOpen ? (
        <Suspense fallback={null}>
          <StorePicker open onClose={close} />
        </Suspense>
      ) : null}
    </>
  );
}
