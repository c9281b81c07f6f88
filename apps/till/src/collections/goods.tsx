import type { FulfillmentView } from "@weft/contracts/client";
import { textOf } from "../common/text.ts";
import styles from "./collections.module.css";

/** What is prepared or packed: how many of what, and how it is wanted. */
export function Goods({ lines }: { readonly lines: FulfillmentView["lines"] }) {
  return (
    <ul className={styles.lines}>
      {lines.map(({ orderLineId, quantity, name, options, note }) => (
        <li key={orderLineId}>
          <b>{quantity}</b> {textOf(name)}
          {options.length > 0 ? <small> {options.map((option) => textOf(option.name)).join(", ")}</small> : null}
          {note === undefined ? null : <em> {note}</em>}
        </li>
      ))}
    </ul>
  );
}
