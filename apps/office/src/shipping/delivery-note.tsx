import { Button } from "@mantine/core";
import type { DeliveryAddressView, FulfillmentView } from "@weft/contracts/client";
import { createPortal } from "react-dom";
import { countryName, inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./delivery-note.module.css";

type Props = { readonly shipment: FulfillmentView; readonly address: DeliveryAddressView };

/** The note that lies in the parcel: on paper it is all there is, as many sheets as it needs; on the screen there is only the button that prints it. */
export function DeliveryNote({ shipment, address }: Props) {
  const { orderNumber, placeName, lines, delivery } = shipment;
  return (
    <>
      <Button variant="default" onClick={() => window.print()}>
        {t("office.shipping.print")}
      </Button>
      {createPortal(
        <section className={styles.note} aria-hidden>
          <p className={styles.from}>{placeName}</p>
          <address>
            {[address.name, address.line1, address.line2, `${address.postcode} ${address.city}`, countryName(address.country)]
              .filter(Boolean)
              .map((line) => (
                <div key={line}>{line}</div>
              ))}
          </address>
          <h1>{t("office.shipping.note", { number: orderNumber })}</h1>
          <p>{delivery ? inLanguage(delivery.methodName) : null}</p>
          <table>
            <tbody>
              {lines.map(({ orderLineId, quantity, name, sku }) => (
                <tr key={orderLineId}>
                  <td>{quantity} ×</td>
                  <td>{inLanguage(name)}</td>
                  <td>{sku}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>,
        document.body,
      )}
    </>
  );
}
