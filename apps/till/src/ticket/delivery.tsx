import { useState } from "react";
import type { CartView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { SelectField } from "@weft/ui/shop/select-field.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { textOf } from "../common/text.ts";
import { SendHome } from "../elsewhere/send-home.tsx";
import { t } from "../t.ts";
import { changeCart } from "./ticket.ts";
import styles from "./ticket.module.css";

/** What sending some of the ticket costs, by which way it goes, and where to. */
export function Delivery({ cart }: { readonly cart: CartView }) {
  const [isAsking, setAsking] = useState(false);
  const sent = cart.lines.find(({ elsewhere }) => elsewhere?.kind === "ship");
  const { delivery } = cart;
  if (!sent || !delivery) return null;
  const choose = (methodId: string): void => changeCart({ kind: "setElsewhere", lineId: sent.id, elsewhere: { kind: "ship", methodId } });
  return (
    <div className={styles.delivery}>
      <p className={styles.sum}>
        <span>{t("till.elsewhere.charge")}</span>
        <span>{cart.totals.delivery ? formatMoney(cart.totals.delivery) : "…"}</span>
      </p>
      {delivery.options.length > 1 ? (
        <SelectField label={t("till.elsewhere.method")} value={delivery.methodId ?? ""} onChoose={choose}>
          {delivery.options.map(({ methodId, name, price }) => (
            <option key={methodId} value={methodId}>
              {textOf(name)} · {formatMoney(price)}
            </option>
          ))}
        </SelectField>
      ) : null}
      <Button kind="quiet" onClick={() => setAsking(true)}>
        {t(delivery.hasAddress ? "till.elsewhere.address_change" : "till.elsewhere.address")}
      </Button>
      <Sheet open={isAsking} onClose={() => setAsking(false)} title={t("till.elsewhere.address")}>
        <SendHome
          country={delivery.country}
          onSend={(address) => {
            changeCart({ kind: "setAddress", address });
            setAsking(false);
          }}
        />
      </Sheet>
    </div>
  );
}
