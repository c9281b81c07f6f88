import type { CartLineView } from "@weft/contracts/client";
import { whyPrice } from "../app/why-price.ts";
import { currentLocale } from "../i18n/i18n.ts";
import { t } from "../t.ts";
import styles from "./why-price.module.css";

/** How each line of a cart came to its price, for who wants to know. */
export function WhyPrice({ lines }: { readonly lines: readonly CartLineView[] }) {
  if (lines.length === 0) return null;
  return (
    <details className={styles.why}>
      <summary>{t("ui.why.title")}</summary>
      <dl>
        {lines.map((line) => (
          <div key={line.id}>
            <dt>{line.name[currentLocale()] ?? line.name.en}</dt>
            {whyPrice(line).map((sentence) => (
              <dd key={sentence}>{sentence}</dd>
            ))}
          </div>
        ))}
      </dl>
    </details>
  );
}
